import type { Failure } from "../../../shared/failure.ts";
import type { CommandInput } from "../../../shared/ipc.ts";
import type { MarkPreview } from "../../../shared/mark-drawing.ts";
import type { MarkText } from "../../../shared/mark-lines.ts";
import { success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { composeInitials, composeMark } from "../../pades/appearance/compose-mark.ts";
import { decodeMarkImage } from "../../pades/appearance/decode-mark-image.ts";
import type { MarkFont } from "../../pades/appearance/mark-font.ts";
import type { PictureStore } from "../../storage/picture-store.ts";

export interface PreviewParts {
  readonly pictures: PictureStore;
  readonly font: () => Promise<MarkFont>;
  readonly now: () => number;
  readonly practice: boolean;
}

/** Any digest gives a QR code of the same size; the real one is known only when the file has been read. */
const SAMPLE_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** The mark as it would be drawn now, laid out by the same code as the document's, with its glyphs as outlines. */
export async function previewMark(
  parts: PreviewParts,
  input: CommandInput<"marks.preview">,
): Promise<Result<MarkPreview, Failure>> {
  const { what } = input;
  const font = await parts.font();
  const claimedTime = new Date(parts.now());
  const text: MarkText = {
    signerName: input.name,
    claimedTime,
    utcOffsetMinutes: -claimedTime.getTimezoneOffset(),
    reason: input.reason,
    location: input.location,
    provider: input.provider,
    organisation: null,
    serial: null,
    practice: parts.practice,
  };
  const size = { width: input.width, height: input.height };
  const wanted = what.kind === "mark" && what.design.layout === "text" ? null : what.design.picture;
  const bytes = wanted === null ? null : parts.pictures.get(wanted);
  const image = bytes === null ? null : decodeMarkImage(bytes);
  const picture = image?.ok === true ? image.value : null;
  const common = { text, words: undefined, picture };
  const drawing =
    what.kind === "mark"
      ? composeMark({ ...common, design: what.design, documentDigest: SAMPLE_DIGEST }, size, font)
      : composeInitials({ ...common, design: what.design }, size, font);
  const lacking = drawing.lines.some((line) => font.lacks(line.text));
  return success({
    ...drawing,
    lines: drawing.lines.map((line) => ({ ...line, outline: font.outline(line.text) })),
    unitsPerEm: font.unitsPerEm,
    notes: lacking ? [...drawing.notes, "characters-missing"] : drawing.notes,
  });
}
