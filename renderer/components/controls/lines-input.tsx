import { FieldError, Label, Text, TextArea, TextField } from "react-aria-components";
import styles from "./controls.module.css";

interface LinesInputProps {
  readonly label: string;
  readonly lines: readonly string[];
  readonly placeholder?: string;
  readonly onChange: (lines: readonly string[]) => void;
  readonly help: string;
  /** What is wrong with it; read together with the field. */
  readonly problem: string | null;
  /** One text with a grammar of its own: letters of one width, and more of it in sight. */
  readonly isCode?: boolean;
}

const MOST_ROWS = 5;
const MOST_ROWS_OF_CODE = 14;

/** Several short values, one a line. */
export function LinesInput({
  label,
  lines,
  placeholder = "",
  onChange,
  help,
  problem,
  isCode = false,
}: LinesInputProps) {
  return (
    <TextField
      className={styles["field"] ?? ""}
      value={lines.join("\n")}
      onChange={(text) => onChange(text === "" ? [] : text.split("\n"))}
      isInvalid={problem !== null}
      validationBehavior="aria"
      autoComplete="off"
      spellCheck="false"
    >
      <Label className={styles["label"] ?? ""}>{label}</Label>
      <TextArea
        className={`${styles["input"]} ${styles["lines"]} ${isCode ? styles["code"] : ""}`}
        placeholder={placeholder}
        rows={Math.min(isCode ? MOST_ROWS_OF_CODE : MOST_ROWS, Math.max(2, lines.length + 1))}
      />
      <Text slot="description" className={styles["help"] ?? ""}>
        {help}
      </Text>
      {problem === null ? null : <FieldError className={styles["problem"] ?? ""}>{problem}</FieldError>}
    </TextField>
  );
}
