import { Label, TextArea, TextField } from "react-aria-components";
import { MARK_DATE_FORMATS, MAXIMUM_MARK_LINES } from "../../../shared/mark-design.ts";
import type { MarkDesign } from "../../../shared/mark-design.ts";
import { PLACEHOLDERS, unknownPlaceholders } from "../../../shared/mark-lines.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import controls from "../controls/controls.module.css";
import { TickBox } from "../controls/tick-box.tsx";
import styles from "./mark-editor.module.css";

interface LinesChoiceProps {
  readonly design: MarkDesign;
  readonly onChange: (part: Partial<MarkDesign>) => void;
}

/** The usual mark, written as a person would: where own lines begin. */
const FIRST_LINES = ["{name}", "{provider}", "{date} {time}", "{reason}"];

/** The usual lines or one's own, and how they write dates. */
export function LinesChoice({ design, onChange }: LinesChoiceProps) {
  const { app } = useWindow();
  const { lines } = design;
  return (
    <>
      <TickBox isSelected={lines !== null} onChange={(own) => onChange({ lines: own ? FIRST_LINES : null })}>
        {text("marks.own-lines")}
      </TickBox>
      {lines === null ? null : (
        <div className={styles["group"]}>
          <TextField
            className={controls["field"] ?? ""}
            value={lines.join("\n")}
            onChange={(value) => onChange({ lines: linesOf(value) })}
          >
            <Label className={controls["label"] ?? ""}>{text("marks.lines")}</Label>
            <TextArea className={`${controls["input"]} ${styles["lines"]}`} rows={4} />
          </TextField>
          <p className={styles["help"]}>
            {text("marks.lines-help", { placeholders: PLACEHOLDERS.map((name) => `{${name}}`).join(" ") })}
          </p>
          {lines.flatMap(unknownPlaceholders).map((name, index) => (
            <p key={`${index}-${name}`} className={styles["warning"]} role="status">
              {text("marks.unknown-placeholder", { name: `{${name}}` })}
            </p>
          ))}
        </div>
      )}
      {app.app.environment === "production" ? null : <p className={styles["help"]}>{text("marks.practice-stays")}</p>}
      <Choice
        label={text("marks.date")}
        value={design.dateFormat}
        options={MARK_DATE_FORMATS.map((format) => ({ value: format, label: text(`marks.date.${format}`) }))}
        onChange={(dateFormat) => onChange({ dateFormat })}
      />
    </>
  );
}

const LONGEST_LINE = 200;

/** As many and as long as a mark can have; an empty line at the end stays, so that one can go on writing. */
const linesOf = (value: string): readonly string[] =>
  value
    .split("\n")
    .slice(0, MAXIMUM_MARK_LINES)
    .map((line) => line.slice(0, LONGEST_LINE));
