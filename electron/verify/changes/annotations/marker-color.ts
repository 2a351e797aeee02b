import { brightnessOf, type Color } from "../../drawing/color.ts";

/** What is left of the paper when colours are multiplied one upon the other. */
export const multiplied = (colors: readonly Color[]): Color =>
  colors.reduce<Color>((all, one) => [all[0] * one[0], all[1] * one[1], all[2] * one[2]], [1, 1, 1]);

/** Black text can be read on it. */
export const isLight = (color: Color): boolean => (brightnessOf(color) ?? 0) > 0.3;

/** In red and green; of blue the eye makes little. */
const LEAST_KEPT = 0.5;

/** SECURITY: what is as green as a text hides it; text in any colour can be read on this one. */
export const keepsColors = ([red, green]: Color): boolean => red >= LEAST_KEPT && green >= LEAST_KEPT;
