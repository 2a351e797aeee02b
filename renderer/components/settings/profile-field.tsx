import type { FieldProblem, FormField, FormValues } from "../../../shared/profiles.ts";
import { usualValue } from "../../../shared/profile-form.ts";
import { problemOf, withValue } from "../../state/profile-draft.ts";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { LinesInput } from "../controls/lines-input.tsx";
import { TextInput } from "../controls/text-input.tsx";
import { TickBox } from "../controls/tick-box.tsx";
import { AuthoritiesField } from "./authorities-field.tsx";
import { ClientCertificateField } from "./client-certificate-field.tsx";
import { fieldLabel } from "./field-props.ts";
import type { FieldProps } from "./field-props.ts";
import { SecretField } from "./secret-field.tsx";
import styles from "./settings.module.css";

/** More than may be sent: what is too long is told, not cut off unseen. */
const ROOM = 100;

/** One field of a form, whatever its kind. */
export function ProfileField({
  field,
  problems,
  ...rest
}: Omit<FieldProps, "problem"> & { readonly problems: readonly FieldProblem[] }) {
  const wrong = problemOf(problems, field.name);
  const problem = wrong === null ? null : text(wrong.sentence, wrong.params);
  return (
    <div data-field={field.name}>
      <Control field={field} problem={problem} {...rest} />
    </div>
  );
}

function Control({ field, draft, problem, onChange }: FieldProps) {
  const value = draft.values[field.name] ?? usualValue(field);
  const change = (next: FormValues[string]): void => onChange((before) => withValue(before, field.name, next));
  const label = fieldLabel(field);
  const help = text(field.help);
  switch (field.kind) {
    case "text":
      return (
        <TextInput
          label={label}
          help={help}
          value={typeof value === "string" ? value : ""}
          kind="name"
          maximumLength={field.maximum + ROOM}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
          problem={problem}
          onChange={change}
        />
      );
    case "lines":
      return (
        <LinesInput
          label={label}
          help={help}
          lines={typeof value === "object" ? value : []}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
          problem={problem}
          onChange={change}
        />
      );
    case "json":
      return (
        <LinesInput
          label={label}
          help={help}
          lines={typeof value === "string" && value !== "" ? value.split("\n") : []}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
          problem={problem}
          isCode
          onChange={(lines) => change(lines.join("\n"))}
        />
      );
    case "choice":
      return (
        <>
          <Choice
            label={label}
            help={help}
            value={typeof value === "string" ? value : ""}
            options={field.options.map((option) => ({ value: option.value, label: text(option.label) }))}
            onChange={change}
          />
          {problem === null ? null : <p className={styles["problem"]}>{problem}</p>}
        </>
      );
    case "choices":
      return <Several field={field} draft={draft} problem={problem} onChange={onChange} />;
    case "switch":
      return (
        <div className={styles["stack"]}>
          <TickBox isSelected={value === true} onChange={change}>
            {label}
          </TickBox>
          <p className={styles["muted"]}>{help}</p>
        </div>
      );
    case "certificates":
      return <AuthoritiesField field={field} draft={draft} problem={problem} onChange={onChange} />;
    case "secret":
      return <SecretField field={field} draft={draft} problem={problem} onChange={onChange} />;
    case "client-certificate":
      return <ClientCertificateField field={field} draft={draft} problem={problem} onChange={onChange} />;
  }
}

function Several({ field, draft, problem, onChange }: FieldProps<Extract<FormField, { kind: "choices" }>>) {
  const value = draft.values[field.name];
  const chosen = typeof value === "object" ? value : field.usual;
  const change = (option: string, on: boolean): void =>
    onChange((before) =>
      withValue(
        before,
        field.name,
        // In the form's order: the first one counts as the usual one.
        field.options.map((one) => one.value).filter((one) => (one === option ? on : chosen.includes(one))),
      ),
    );
  return (
    <div role="group" aria-label={fieldLabel(field)} className={styles["stack"]}>
      <p className={styles["label"]}>{fieldLabel(field)}</p>
      {field.options.map((option) => (
        <TickBox
          key={option.value}
          isSelected={chosen.includes(option.value)}
          onChange={(on) => change(option.value, on)}
        >
          {text(option.label)}
        </TickBox>
      ))}
      <p className={styles["muted"]}>{text(field.help)}</p>
      {problem === null ? null : <p className={styles["problem"]}>{problem}</p>}
    </div>
  );
}
