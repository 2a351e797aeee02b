import { decodePng } from "../../../electron/pades/appearance/png-image.ts";

/** How dark each cell of a grid over the picture is, 0 to 1: row by row. */
export function darkness(png: Uint8Array, columns: number, rows: number): readonly number[] {
  const decoded = decodePng(png);
  if (!decoded.ok) {
    throw new Error(decoded.failure);
  }
  const { width, height, colours, data } = decoded.value;
  const parts = colours === "gray" ? 1 : 3;
  const sums = Array.from({ length: columns * rows }, () => 0);
  const counts = Array.from({ length: columns * rows }, () => 0);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
      const at = (y * width + x) * parts;
      const light = parts === 1 ? data.bytes[at]! : (data.bytes[at]! + data.bytes[at + 1]! + data.bytes[at + 2]!) / 3;
      sums[cell] = sums[cell]! + 1 - light / 255;
      counts[cell] = counts[cell]! + 1;
    }
  }
  return sums.map((sum, index) => sum / Math.max(1, counts[index]!));
}

/** Pearson's coefficient: 1 for the same picture, about 0 for two that have nothing to do with one another. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanOne, meanOther] = [mean(one), mean(other)];
  let [product, squareOne, squareOther] = [0, 0, 0];
  for (const [index, value] of one.entries()) {
    const [a, b] = [value - meanOne, other[index]! - meanOther];
    product += a * b;
    squareOne += a * a;
    squareOther += b * b;
  }
  return product / Math.sqrt(squareOne * squareOther);
}
