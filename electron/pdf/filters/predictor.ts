import { PdfProblem } from "../pdf-problem.ts";

export interface PredictorParameters {
  /** 1 none, 2 TIFF, 10 to 15 PNG. */
  readonly predictor: number;
  readonly colors: number;
  readonly bitsPerComponent: number;
  readonly columns: number;
}

/** Undoes the prediction of Flate and LZW data (ISO 32000-2 7.4.4.4). */
export function undoPredictor(bytes: Uint8Array, parameters: PredictorParameters): Uint8Array {
  const { predictor, colors, bitsPerComponent, columns } = parameters;
  if (predictor === 1) {
    return bytes;
  }
  const rowBits = colors * bitsPerComponent * columns;
  if (
    ![1, 2, 4, 8, 16].includes(bitsPerComponent) ||
    !(Number.isInteger(colors) && colors >= 1 && colors <= 256) ||
    !(Number.isInteger(columns) && columns >= 1) ||
    !(rowBits <= 2 ** 31)
  ) {
    throw new PdfProblem("filter-broken", "The predictor's parameters make no sense.");
  }
  const rowBytes = Math.ceil(rowBits / 8);
  const pixelBytes = Math.max(1, (colors * bitsPerComponent) >> 3);
  if (predictor === 2) {
    return undoTiff(bytes, parameters, rowBytes);
  }
  if (predictor >= 10 && predictor <= 15) {
    return undoPng(bytes, rowBytes, pixelBytes);
  }
  throw new PdfProblem("filter-unsupported", "The predictor is unknown.");
}

function undoPng(bytes: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (rowBytes + 1));
  const result = new Uint8Array(Math.max(0, bytes.length - rows));
  for (let row = 0; row < rows; row += 1) {
    const from = row * (rowBytes + 1);
    const to = row * rowBytes;
    const type = bytes[from] ?? 0;
    const length = Math.min(rowBytes, bytes.length - from - 1);
    for (let index = 0; index < length; index += 1) {
      const left = index >= pixelBytes ? (result[to + index - pixelBytes] ?? 0) : 0;
      const up = row > 0 ? (result[to + index - rowBytes] ?? 0) : 0;
      const upLeft = row > 0 && index >= pixelBytes ? (result[to + index - rowBytes - pixelBytes] ?? 0) : 0;
      result[to + index] = (bytes[from + 1 + index] ?? 0) + predicted(type, left, up, upLeft);
    }
  }
  return result;
}

function predicted(type: number, left: number, up: number, upLeft: number): number {
  switch (type) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const estimate = left + up - upLeft;
      const toLeft = Math.abs(estimate - left);
      const toUp = Math.abs(estimate - up);
      const toUpLeft = Math.abs(estimate - upLeft);
      return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }
    default:
      throw new PdfProblem("filter-broken", "A row names a predictor that does not exist.");
  }
}

function undoTiff(bytes: Uint8Array, { colors, bitsPerComponent }: PredictorParameters, rowBytes: number): Uint8Array {
  if (bitsPerComponent !== 8) {
    throw new PdfProblem("filter-unsupported", "TIFF prediction is supported for 8 bits only.");
  }
  const result = Uint8Array.from(bytes);
  for (let row = 0; row < result.length; row += rowBytes) {
    const end = Math.min(result.length, row + rowBytes);
    for (let index = row + colors; index < end; index += 1) {
      result[index] = (result[index] ?? 0) + (result[index - colors] ?? 0);
    }
  }
  return result;
}
