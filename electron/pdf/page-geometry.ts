import { isArray, numberOf, type PdfObject } from "./objects.ts";

/** [left, bottom, right, top] in user space units. */
export type Box = readonly [number, number, number, number];

/** What readers assume when no page says how large it is. */
export const LETTER: Box = [0, 0, 612, 792];

/** A rectangle whose corners may come in any order (ISO 32000-2 7.9.5), normalised; undefined when it is none. */
export function boxOf(object: PdfObject, resolve: (object: PdfObject | undefined) => PdfObject): Box | undefined {
  if (!isArray(object) || object.length < 4) {
    return undefined;
  }
  const [a, b, c, d] = object.slice(0, 4).map((item) => numberOf(resolve(item)));
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    return undefined;
  }
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** The crop box cut to the media box (ISO 32000-2 14.11.2.1); the media box when nothing is left of it. */
export function clipBox(crop: Box, media: Box): Box {
  const clipped: Box = [
    Math.max(crop[0], media[0]),
    Math.max(crop[1], media[1]),
    Math.min(crop[2], media[2]),
    Math.min(crop[3], media[3]),
  ];
  return clipped[0] < clipped[2] && clipped[1] < clipped[3] ? clipped : media;
}

/** /Rotate as 0, 90, 180 or 270: any multiple of 90 is allowed, negative ones too; anything else counts as 0. */
export function rotationOf(degrees: number | undefined): 0 | 90 | 180 | 270 {
  const turned = (((degrees ?? 0) % 360) + 360) % 360;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}
