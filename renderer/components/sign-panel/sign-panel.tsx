import { useWindow } from "../../state/window-context.tsx";
import { CertificateSection } from "./certificate-section.tsx";
import { InitialsSection } from "./initials-section.tsx";
import { MarkSection } from "./mark-section.tsx";
import { OptionsSection } from "./options-section.tsx";
import { OutputSection } from "./output-section.tsx";
import { ProviderSection } from "./provider-section.tsx";
import { SignButton } from "./sign-button.tsx";
import styles from "./sign-panel.module.css";

/** The right pane's first tab: how the selected documents will be signed. */
export function SignPanel() {
  const { app } = useWindow();
  return (
    <div className={styles["panel"]}>
      {/* Scrolls; all of its content can be reached by keyboard. */}
      <div className={styles["scroll"]}>
        <ProviderSection />
        {app.settings.provider === "certificate" ? <CertificateSection /> : null}
        <MarkSection />
        <InitialsSection />
        <OptionsSection />
        <OutputSection />
      </div>
      <SignButton />
    </div>
  );
}
