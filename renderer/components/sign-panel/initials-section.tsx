import { MARK_CORNERS, USUAL_INITIALS } from "../../../shared/mark-design.ts";
import type { InitialsDesign } from "../../../shared/mark-design.ts";
import { parsePageRanges } from "../../../shared/page-ranges.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { TextInput } from "../controls/text-input.tsx";
import { OnOff } from "../controls/tick-box.tsx";
import { PaperPreview } from "../mark-drawing/paper-preview.tsx";
import { PictureChoice } from "../mark-editor/picture-choice.tsx";
import styles from "./sign-panel.module.css";

/** Initials on or off, on which pages, and what they are. */
export function InitialsSection() {
  const { view, dispatch } = useWindow();
  const { initials } = view.mark;
  const change = (part: Partial<InitialsDesign>): void =>
    dispatch({ kind: "mark", change: { initials: { ...(initials ?? USUAL_INITIALS), ...part } } });
  return (
    <section className={styles["section"]}>
      <OnOff
        isSelected={initials !== null}
        onChange={(on) => dispatch({ kind: "mark", change: { initials: on ? USUAL_INITIALS : null } })}
      >
        {text("marks.initials")}
      </OnOff>
      <p className={styles["help"]}>{text("marks.initials-help")}</p>
      {initials === null ? null : (
        <>
          <div className={styles["stack"]}>
            <TextInput
              label={text("marks.initials-pages")}
              value={initials.pages}
              maximumLength={500}
              onChange={(pages) => change({ pages })}
            />
            <p className={parsePageRanges(initials.pages) === null ? styles["warning"] : styles["help"]}>
              {text(
                parsePageRanges(initials.pages) === null ? "marks.initials-wrong-pages" : "marks.initials-pages-help",
              )}
            </p>
          </div>
          <Choice
            label={text("marks.corner")}
            value={initials.corner}
            options={MARK_CORNERS.map((corner) => ({ value: corner, label: text(`marks.corner.${corner}`) }))}
            onChange={(corner) => change({ corner })}
          />
          <TextInput
            label={text("marks.initials-text")}
            placeholder={text("marks.initials-placeholder")}
            value={initials.text}
            maximumLength={60}
            onChange={(line) => change({ text: line })}
          />
          <PictureChoice picture={initials.picture} onChange={(picture) => change({ picture })} />
          <PaperPreview what={{ kind: "initials", design: initials }} width={initials.width} height={initials.height} />
        </>
      )}
    </section>
  );
}
