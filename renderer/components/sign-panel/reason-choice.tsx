import type { FieldWishes } from "../../state/field-wishes.ts";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { TextInput } from "../controls/text-input.tsx";
import styles from "./sign-panel.module.css";

interface ReasonChoiceProps {
  readonly wishes: FieldWishes;
  readonly reason: string;
  readonly onChange: (reason: string) => void;
}

const NONE = "none";
const keyOf = (index: number): string => `reason-${index}`;

/** Any reason, or one of those that the author of the chosen field lists. */
export function ReasonChoice({ wishes: { reasons, reasonRequired }, reason, onChange }: ReasonChoiceProps) {
  if (reasons === null) {
    return (
      <TextInput
        label={text("options.reason")}
        placeholder={text("options.reason-placeholder")}
        value={reason}
        maximumLength={200}
        onChange={onChange}
      />
    );
  }
  if (reasons.length === 0) return <p className={styles["help"]}>{text("options.reason-not-allowed")}</p>;
  const chosen = reasons.indexOf(reason);
  return (
    <Choice
      label={text(reasonRequired ? "options.reason-required" : "options.reason-offered")}
      value={chosen === -1 ? NONE : keyOf(chosen)}
      options={[
        { value: NONE, label: text(reasonRequired ? "options.reason-choose" : "common.none") },
        ...reasons.map((label, index) => ({ value: keyOf(index), label })),
      ]}
      onChange={(key) => onChange(reasons.find((_, index) => keyOf(index) === key) ?? "")}
    />
  );
}
