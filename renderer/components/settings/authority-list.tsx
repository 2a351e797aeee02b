import type { TrustAnchorView } from "../../../shared/app-state.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { CertificateFacts } from "./certificate-facts.tsx";
import styles from "./settings.module.css";

interface AuthorityListProps {
  /** Of the title, unique in the window. */
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** Words of the button that adds one. */
  readonly add: string;
  readonly authorities: readonly TrustAnchorView[];
  /** The administrator has laid the list down. */
  readonly isFixed: boolean;
  readonly onAdd: () => void;
  readonly onRemove: (sha256: string) => void;
}

/** Certificates that say whom the program believes; each can be removed but those of the administrator. */
export function AuthorityList({ id, title, help, add, authorities, isFixed, onAdd, onRemove }: AuthorityListProps) {
  return (
    <section className={styles["section"]} aria-labelledby={id}>
      <h3 className={styles["title"]} id={id}>
        {title}
      </h3>
      <p className={styles["muted"]}>{help}</p>
      {authorities.length === 0 ? (
        <p>{text("settings.trust-none")}</p>
      ) : (
        <ul className={styles["list"]} aria-labelledby={id}>
          {authorities.map((authority) => (
            <li key={authority.sha256} className={styles["row"]}>
              <CertificateFacts facts={authority.facts} />
              {authority.isFixed ? (
                <p className={styles["muted"]}>{text("policy.set-by-administrator")}</p>
              ) : (
                <ActionButton
                  size="small"
                  look="quiet"
                  aria-label={text("settings.remove-named", { name: authority.facts.subject })}
                  onPress={() => onRemove(authority.sha256)}
                >
                  {text("settings.remove")}
                </ActionButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {isFixed ? (
        <p className={styles["muted"]}>{text("settings.trust-fixed")}</p>
      ) : (
        <div className={styles["buttons"]}>
          <ActionButton size="small" onPress={onAdd}>
            {add}
          </ActionButton>
        </div>
      )}
    </section>
  );
}
