import { useWindow } from "../../state/window-context.tsx";
import { hasOwnMark } from "../../state/sign-request.ts";
import { BankIdSection } from "../bankid-order/bankid-section.tsx";
import { FourthlineSection } from "../fourthline-order/fourthline-section.tsx";
import { IdnowSection } from "../idnow-order/idnow-section.tsx";
import { CertificateSection } from "./certificate-section.tsx";
import { ForeignMarkSection } from "./foreign-mark-section.tsx";
import { InitialsSection } from "./initials-section.tsx";
import { MarkSection } from "./mark-section.tsx";
import { OptionsSection } from "./options-section.tsx";
import { OutputSection } from "./output-section.tsx";
import { ProviderSection } from "./provider-section.tsx";
import { SignButton } from "./sign-button.tsx";
import { text } from "../../text/text.ts";
import { providerName } from "../../text/provider-name.ts";
import styles from "./sign-panel.module.css";

/** The right pane's first tab: how the selected documents will be signed. */
export function SignPanel() {
  const { app, provider } = useWindow();
  return (
    <div className={styles["panel"]}>
      {/* Scrolls; all of its content can be reached by keyboard. */}
      <div className={styles["scroll"]}>
        <ProviderSection />
        {app.settings.provider === "certificate" ? <CertificateSection /> : null}
        {provider === undefined || provider.idnow === null ? null : <IdnowSection offered={provider.idnow} />}
        {provider === undefined || provider.bankid === null ? null : <BankIdSection usual={provider.bankid} />}
        {provider?.fourthline ? <FourthlineSection offered={provider.fourthline} /> : null}
        <MarkPart />
        <OptionsSection />
        <OutputSection />
      </div>
      <SignButton />
    </div>
  );
}

/** The visible mark, as far as anything about it can be chosen. */
function MarkPart() {
  const { provider } = useWindow();
  if (provider?.takesPlace === false) {
    return (
      <section className={styles["section"]}>
        <p className={styles["help"]}>{text("mark.none-to-choose", { provider: providerName(provider.id) })}</p>
      </section>
    );
  }
  if (provider?.drawsMark === true) return <ForeignMarkSection provider={provider.id} />;
  return hasOwnMark(provider) ? (
    <>
      <MarkSection />
      <InitialsSection />
    </>
  ) : null;
}
