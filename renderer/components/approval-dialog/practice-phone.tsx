import type { TransactionView } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Icon } from "../icon/icon.tsx";

/** In practice mode the phone is a window of this program. */
export function PracticePhone({ run }: { readonly run: TransactionView }) {
  const { actions } = useWindow();
  if (!run.practice) return null;
  return (
    <ActionButton onPress={() => void actions.openPhone()}>
      <Icon name="phone" />
      {text("practice.open-phone")}
    </ActionButton>
  );
}
