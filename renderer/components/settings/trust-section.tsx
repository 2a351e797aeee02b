import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { CertificateFacts } from "./certificate-facts.tsx";
import styles from "./settings.module.css";

/** Whose signatures count: the authorities that signatures are judged against. */
export function TrustSection() {
  const { app, actions } = useWindow();
  const { trustAnchors } = app.settings;
  return (
    <section className={styles["section"]} aria-labelledby="settings-trust">
      <h3 className={styles["title"]} id="settings-trust">
        {text("settings.trust")}
      </h3>
      <p className={styles["muted"]}>{text("settings.trust-help")}</p>
      {trustAnchors.length === 0 ? (
        <p>{text("settings.trust-none")}</p>
      ) : (
        <ul className={styles["list"]} aria-labelledby="settings-trust">
          {trustAnchors.map(({ sha256, facts, isFixed }) => (
            <li key={sha256} className={styles["row"]}>
              <CertificateFacts facts={facts} />
              {isFixed ? (
                <p className={styles["muted"]}>{text("policy.set-by-administrator")}</p>
              ) : (
                <ActionButton
                  size="small"
                  look="quiet"
                  aria-label={text("settings.remove-named", { name: facts.subject })}
                  onPress={() => void actions.removeTrustAnchor(sha256)}
                >
                  {text("settings.remove")}
                </ActionButton>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className={styles["buttons"]}>
        <ActionButton size="small" onPress={() => void actions.addTrustAnchors()}>
          {text("settings.trust-add")}
        </ActionButton>
      </div>
    </section>
  );
}
