import { Input, Label, TextField } from "react-aria-components";
import styles from "./controls.module.css";

interface TextInputProps {
  readonly label: string;
  readonly value: string;
  readonly maximumLength: number;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

export function TextInput({ label, value, maximumLength, placeholder = "", onChange }: TextInputProps) {
  return (
    <TextField className={styles["field"] ?? ""} value={value} maxLength={maximumLength} onChange={onChange}>
      <Label className={styles["label"] ?? ""}>{label}</Label>
      <Input className={styles["input"] ?? ""} placeholder={placeholder} />
    </TextField>
  );
}
