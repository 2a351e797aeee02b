import { useRef } from "react";
import type { FormField } from "../../../shared/profiles.ts";
import { showsStored, withDropping, withReplacing } from "../../state/profile-draft.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { SecretInput } from "../controls/secret-input.tsx";
import { fieldLabel } from "./field-props.ts";
import type { FieldProps } from "./field-props.ts";
import styles from "./settings.module.css";

type Field = Extract<FormField, { kind: "secret" }>;

const MAXIMUM_LENGTH = 2_000;

/** A secret: once stored, the window knows that it is there and nothing more. */
export function SecretField({ field, draft, problem, onChange }: FieldProps<Field>) {
  const input = useRef<HTMLInputElement>(null);
  const { name, required } = field;
  const label = fieldLabel(field);
  const isStored = draft.stored[name] !== undefined && !draft.missing.includes(name);
  if (showsStored(draft, name)) {
    return (
      <div role="group" aria-label={label} className={styles["stack"]}>
        <p className={styles["label"]}>{label}</p>
        <div className={styles["box"]}>
          <p>{text("settings.stored")}</p>
          <div className={styles["buttons"]}>
            <ActionButton size="small" onPress={() => onChange((before) => withReplacing(before, name, true))}>
              {text("settings.replace")}
            </ActionButton>
            {required ? null : (
              <ActionButton
                size="small"
                look="quiet"
                onPress={() => onChange((before) => withDropping(before, name, true))}
              >
                {text("settings.drop")}
              </ActionButton>
            )}
          </div>
        </div>
        {problem === null ? null : <p className={styles["problem"]}>{problem}</p>}
      </div>
    );
  }
  const isReplacing = draft.replacing.includes(name);
  return (
    <div data-secret={name} className={styles["stack"]}>
      <SecretInput
        label={label}
        help={text(field.help)}
        input={input}
        maximumLength={MAXIMUM_LENGTH}
        takesFocus={isReplacing}
        problem={problem}
      />
      {draft.missing.includes(name) ? <p className={styles["problem"]}>{text("settings.secret-gone")}</p> : null}
      {isStored ? (
        <div className={styles["buttons"]}>
          <ActionButton
            size="small"
            look="quiet"
            onPress={() => onChange((before) => withDropping(withReplacing(before, name, false), name, false))}
          >
            {text("settings.keep-stored")}
          </ActionButton>
        </div>
      ) : null}
    </div>
  );
}
