import { dict, name } from "../../pdf/objects.ts";
import type { PdfObject } from "../../pdf/objects.ts";
import { real } from "../pdf-values.ts";

/**
 * Calibrated colours instead of DeviceGray and DeviceRGB: PDF/A (ISO 19005-1 6.2.3, ISO 19005-2 6.2.4) allows device
 * colours only where the file has a fitting output intent; CIE-based spaces are allowed in every file. Gray has the
 * white point of equal energy: with that of daylight poppler 22.12 shows its white as (255, 249, 244).
 */
export const calibratedGray = (): PdfObject => [name("CalGray"), dict({ WhitePoint: [1, 1, 1], Gamma: real(2.2) })];

/** sRGB's primaries (IEC 61966-2-1) with a plain 2.2 gamma. */
export const calibratedRgb = (): PdfObject => [
  name("CalRGB"),
  dict({
    WhitePoint: D65(),
    Gamma: [real(2.2), real(2.2), real(2.2)],
    Matrix: [0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505].map((value) => real(value)),
  }),
];

const D65 = (): PdfObject => [real(0.9505), 1, real(1.089)];
