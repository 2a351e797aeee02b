import type { DocumentView } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";

interface UnlockButtonProps {
  readonly document: DocumentView;
  readonly look?: "primary" | "plain" | "quiet";
  readonly size?: "small" | "normal" | "large";
}

/** Shows the document and asks for its password. */
export function UnlockButton({ document, look = "plain", size = "small" }: UnlockButtonProps) {
  const { dispatch } = useWindow();
  const owner = document.inspection.refusal?.code === "document.signing-not-permitted";
  return (
    <ActionButton
      look={look}
      size={size}
      aria-label={text(owner ? "unlock.open-owner-named" : "unlock.open-named", { name: document.name })}
      onPress={() => dispatch({ kind: "unlock", document: document.id })}
    >
      {text(owner ? "unlock.open-owner" : "unlock.open")}
    </ActionButton>
  );
}
