import type { MarkPreview } from "../../../shared/mark-drawing.ts";
import { text } from "../../text/text.ts";
import { MarkDrawing } from "./mark-drawing.tsx";
import styles from "./mark-drawing.module.css";
import { useMarkPreview } from "./use-mark-preview.ts";
import type { Previewed } from "./use-mark-preview.ts";
import { usePicture } from "./use-picture.ts";

/** Higher marks are shown smaller, so that what stands below stays in reach. */
const HIGHEST_REM = 11;

interface PaperPreviewProps {
  readonly what: Previewed;
  /** Points, as seen. */
  readonly width: number;
  readonly height: number;
}

/** The mark on a piece of paper, with what the person should know about it. */
export function PaperPreview({ what, width, height }: PaperPreviewProps) {
  const drawing = useMarkPreview(what, width, height);
  const picture = usePicture(what.design.picture);
  return (
    <div>
      <div className={styles["paper"]}>
        <div
          className={styles["fitted"]}
          style={{ aspectRatio: `${width} / ${height}`, width: `min(100%, ${(HIGHEST_REM * width) / height}rem)` }}
        >
          {drawing === null ? null : <MarkDrawing drawing={drawing} picture={picture} label={spoken(drawing)} />}
        </div>
      </div>
      {drawing === null
        ? null
        : drawing.notes.map((note) => (
            <p key={note} className={styles["notes"]} role="status">
              {text(`marks.note.${note}`)}
            </p>
          ))}
    </div>
  );
}

/** The drawing in words, for those who cannot see it. */
export function spoken(drawing: MarkPreview): string {
  const said = drawing.lines.map((line) => line.text).join(" ");
  return [
    said === "" ? text("marks.preview-empty") : text("marks.preview-says", { text: said }),
    ...(drawing.picture === null ? [] : [text("marks.with-picture")]),
    ...(drawing.qr === null ? [] : [text("marks.with-qr")]),
  ].join(" ");
}
