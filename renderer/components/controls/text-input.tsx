import { FieldError, Input, Label, Text, TextField } from "react-aria-components";
import styles from "./controls.module.css";
import { whenReleased } from "./when-released.ts";

interface TextInputProps {
  readonly label: string;
  readonly value: string;
  readonly maximumLength: number;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
  /** Once the mouse button is up, if that is how it was left. */
  readonly onLeave?: () => void;
  /** "off" keeps the system from spelling and capitals, and from offering what somebody else typed. */
  readonly kind?: "text" | "name" | "email" | "tel" | "digits";
  readonly help?: string;
  /** What is wrong with it; read together with the field. */
  readonly problem?: string | null;
}

export function TextInput(props: TextInputProps) {
  const {
    label,
    value,
    maximumLength,
    placeholder = "",
    onChange,
    onLeave,
    kind = "text",
    help,
    problem = null,
  } = props;
  return (
    <TextField
      className={styles["field"] ?? ""}
      value={value}
      maxLength={maximumLength}
      onChange={onChange}
      {...(onLeave === undefined ? {} : { onBlur: () => whenReleased(onLeave) })}
      {...KINDS[kind]}
      isInvalid={problem !== null}
      validationBehavior="aria"
    >
      <Label className={styles["label"] ?? ""}>{label}</Label>
      <Input className={styles["input"] ?? ""} placeholder={placeholder} />
      {help === undefined ? null : (
        <Text slot="description" className={styles["help"] ?? ""}>
          {help}
        </Text>
      )}
      {problem === null ? null : <FieldError className={styles["problem"] ?? ""}>{problem}</FieldError>}
    </TextField>
  );
}

/** Type "email" would let the browser change what is typed (it trims, and turns domains into punycode); the rules are ours. */
const KINDS = {
  text: {},
  name: { autoComplete: "off", spellCheck: "false" },
  email: { autoComplete: "off", spellCheck: "false", inputMode: "email" },
  digits: { autoComplete: "off", spellCheck: "false", inputMode: "numeric" },
  tel: { autoComplete: "off", spellCheck: "false", inputMode: "tel", type: "tel" },
} as const;
