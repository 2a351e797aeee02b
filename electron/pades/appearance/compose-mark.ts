import { USUAL_MARK } from "../../../shared/mark-design.ts";
import type { InitialsDesign, MarkDesign } from "../../../shared/mark-design.ts";
import type { MarkDrawing } from "../../../shared/mark-drawing.ts";
import { ENGLISH_MARK_WORDS, initialsLines, markLines } from "../../../shared/mark-lines.ts";
import type { MarkText, MarkWords } from "../../../shared/mark-lines.ts";
import { layOutMark } from "./lay-out-mark.ts";
import { qrSymbol, qrText } from "./qr-symbol.ts";
import type { TextMeasure } from "./text-layout.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface MarkParts {
  readonly design: MarkDesign | undefined;
  readonly text: MarkText;
  readonly words: MarkWords | undefined;
  /** Size of the picture in pixels, or null. */
  readonly picture: Size | null;
  /** Of the original document; without one there is no digest to show, and so no QR code that needs it. */
  readonly documentDigest: string | undefined;
}

/** From design and facts to the drawing. The writer and the window's preview both come through here. Pure. */
export function composeMark(parts: MarkParts, size: Size, font: TextMeasure): MarkDrawing {
  const design = parts.design ?? USUAL_MARK;
  const { qr } = design;
  const symbol = qr === null ? null : qrSymbol(qrText(qr, parts.documentDigest ?? ""));
  const drawing = layOutMark(
    {
      lines: markLines(parts.text, design, parts.words ?? ENGLISH_MARK_WORDS),
      layout: design.layout,
      picture: parts.picture,
      qr: symbol,
    },
    size,
    font,
  );
  return qr !== null && symbol === null ? { ...drawing, notes: [...drawing.notes, "qr-long"] } : drawing;
}

export type InitialsParts = Pick<MarkParts, "text" | "words" | "picture"> & { readonly design: InitialsDesign };

/** A picture replaces the letters, unless both are asked for. */
export function composeInitials(parts: InitialsParts, size: Size, font: TextMeasure): MarkDrawing {
  const { design, picture } = parts;
  const lines = initialsLines(parts.text, design.text, parts.words ?? ENGLISH_MARK_WORDS);
  const letters =
    picture !== null && design.text.trim() === "" ? lines.filter(({ role }) => role === "practice") : lines;
  return layOutMark(
    {
      lines: letters,
      layout: "picture-above",
      picture,
      qr: null,
      largestText: Math.max(11, size.height * 0.6),
      centred: true,
    },
    size,
    font,
  );
}
