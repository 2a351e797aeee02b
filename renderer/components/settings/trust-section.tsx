import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { AuthorityList } from "./authority-list.tsx";

/** Whose signatures count: the authorities that signatures are judged against. */
export function TrustSection() {
  const { app, actions } = useWindow();
  return (
    <AuthorityList
      id="settings-trust"
      title={text("settings.trust")}
      help={text("settings.trust-help")}
      add={text("settings.trust-add")}
      authorities={app.settings.trustAnchors}
      isFixed={app.settings.fixed.includes("authorities")}
      onAdd={() => void actions.addTrustAnchors()}
      onRemove={(sha256) => void actions.removeTrustAnchor(sha256)}
    />
  );
}
