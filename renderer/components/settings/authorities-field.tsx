import type { FormField } from "../../../shared/profiles.ts";
import { pemsOf, withAuthorities, withoutAuthority } from "../../state/profile-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { CertificateFacts } from "./certificate-facts.tsx";
import { fieldLabel } from "./field-props.ts";
import type { FieldProps } from "./field-props.ts";
import styles from "./settings.module.css";

const UNKNOWN = { subject: "", issuer: "", validUntil: "" };

/** Certificates of authorities, from files. */
export function AuthoritiesField({
  field,
  draft,
  problem,
  onChange,
}: FieldProps<Extract<FormField, { kind: "certificates" }>>) {
  const { actions } = useWindow();
  const { name } = field;
  const pems = pemsOf(draft, name);
  const add = async (): Promise<void> => {
    const chosen = (await actions.chooseAuthorities()) ?? [];
    onChange((before) => withAuthorities(before, name, chosen));
  };
  return (
    <div role="group" aria-label={fieldLabel(field)} className={styles["stack"]}>
      <p className={styles["label"]}>{fieldLabel(field)}</p>
      {pems.length === 0 ? null : (
        <ul className={styles["list"]}>
          {pems.map((pem, index) => {
            const facts = draft.certificates[name]?.[index] ?? UNKNOWN;
            return (
              <li key={pem} className={styles["row"]}>
                <CertificateFacts facts={facts} />
                <ActionButton
                  size="small"
                  look="quiet"
                  aria-label={text("settings.remove-named", { name: facts.subject })}
                  onPress={() => onChange((before) => withoutAuthority(before, name, index))}
                >
                  {text("settings.remove")}
                </ActionButton>
              </li>
            );
          })}
        </ul>
      )}
      <div className={styles["buttons"]}>
        <ActionButton
          size="small"
          aria-label={text("settings.add-certificates-named", { label: text(field.label) })}
          onPress={() => void add()}
        >
          {text("settings.add-certificates")}
        </ActionButton>
      </div>
      <p className={styles["muted"]}>{text(field.help)}</p>
      {problem === null ? null : <p className={styles["problem"]}>{problem}</p>}
    </div>
  );
}
