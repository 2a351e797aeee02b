import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { AuthorityList } from "./authority-list.tsx";

/** For who verifies and does not sign with BankID: whom persons with BankID are judged against. */
export function BankIdRootsSection() {
  const { app, actions } = useWindow();
  const isFixed = app.settings.fixed.includes("authorities");
  return (
    <AuthorityList
      id="settings-bankid-roots"
      title={text("settings.bankid-roots")}
      help={text(isFixed ? "settings.bankid-roots-fixed" : "settings.bankid-roots-help")}
      add={text("settings.bankid-roots-add")}
      authorities={app.settings.bankidRoots}
      isFixed={isFixed}
      onAdd={() => void actions.addBankIdRoots()}
      onRemove={(sha256) => void actions.removeBankIdRoot(sha256)}
    />
  );
}
