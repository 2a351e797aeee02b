import { brightnessOf } from "../../drawing/color.ts";

export type Color = readonly [red: number, green: number, blue: number];

/** Of the operators g, rg and k and of the entry /C; undefined when it is none of these. */
export function colorOf(numbers: readonly (number | undefined)[]): Color | undefined {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = numbers.map((value) =>
    value === undefined ? Number.NaN : Math.min(1, Math.max(0, value)),
  );
  const color: Color | undefined =
    numbers.length === 1
      ? [a, a, a]
      : numbers.length === 3
        ? [a, b, c]
        : numbers.length === 4
          ? [(1 - a) * (1 - d), (1 - b) * (1 - d), (1 - c) * (1 - d)]
          : undefined;
  return color?.every((value) => Number.isFinite(value)) === true ? color : undefined;
}

/** What is left of the paper when colours are multiplied one upon the other. */
export const multiplied = (colors: readonly Color[]): Color =>
  colors.reduce<Color>((all, one) => [all[0] * one[0], all[1] * one[1], all[2] * one[2]], [1, 1, 1]);

/** Black text can be read on it. */
export const isLight = (color: Color): boolean => (brightnessOf(color) ?? 0) > 0.3;
