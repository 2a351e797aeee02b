import { encodePng } from "../../../electron/pades/appearance/encode-png.ts";
import { MarkFont } from "../../../electron/pades/appearance/mark-font.ts";
import { previewMark } from "../../../electron/services/marks/preview-mark.ts";
import { USUAL_INITIALS, USUAL_MARK } from "../../../shared/mark-design.ts";
import type { InitialsDesign, MarkDesign } from "../../../shared/mark-design.ts";
import type { MarkPreview } from "../../../shared/mark-drawing.ts";
import { sha256Hex } from "../../../shared/ids.ts";
import { markFont } from "../../interop/pades/sign-as.ts";

const font = new MarkFont(await markFont());
export const PICTURE = sha256Hex("ab".repeat(32));

/** A pen stroke on nothing: as a scanned signature is. */
function penStroke(width: number, height: number): Uint8Array {
  const alpha = new Uint8Array(width * height);
  for (let x = 0; x < width; x += 1) {
    const middle = height / 2 + (height / 3) * Math.sin(x / 23) * Math.cos(x / 71);
    for (let y = 0; y < height; y += 1) {
      alpha[y * width + x] = Math.max(0, Math.min(255, 900 - 220 * Math.abs(y - middle)));
    }
  }
  const bytes = new Uint8Array(width * height * 3).map((_, index) => [20, 40, 150][index % 3] ?? 0);
  return encodePng({ width, height, colours: "rgb", data: { kind: "samples", bytes }, alpha });
}

export const PEN_STROKE = penStroke(300, 110);

/** What main would answer, by main's own code. */
async function preview(
  what:
    | { readonly kind: "mark"; readonly design: MarkDesign }
    | { readonly kind: "initials"; readonly design: InitialsDesign },
  width: number,
  height: number,
): Promise<MarkPreview> {
  const pictures = { put: () => PICTURE, get: () => PEN_STROKE, keepOnly: () => undefined };
  const drawn = await previewMark(
    { pictures, font: async () => font, now: () => Date.UTC(2026, 10, 22, 9, 15), practice: true },
    { what, width, height, name: "Your name, as itsme states it", provider: "itsme", reason: "", location: "" },
  );
  if (!drawn.ok) throw new Error(drawn.failure.code);
  return drawn.value;
}

export const RICH_MARK: MarkDesign = {
  ...USUAL_MARK,
  lines: ["{name}", "for Example Consulting BV", "{date}"],
  picture: PICTURE,
  layout: "picture-left",
  qr: { kind: "digest" },
};

export const USUAL_PREVIEW = await preview({ kind: "mark", design: USUAL_MARK }, 190, 64);
export const RICH_PREVIEW = await preview({ kind: "mark", design: RICH_MARK }, 190, 64);
export const INITIALS_PREVIEW = await preview({ kind: "initials", design: USUAL_INITIALS }, 44, 24);
