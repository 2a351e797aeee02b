/** Brightness from 0 (black) to 1 (white); undefined for a colour that this does not know. */
export type Brightness = number | undefined;

export const BLACK = 0;
export const PAPER = 1;

export type Color = readonly [red: number, green: number, blue: number];

/** Colours of the operators g, rg, k, of the entry /C and their like (ISO 32000-2 8.6.8), by the number of components. */
export function rgbOf(components: readonly (number | undefined)[]): Color | undefined {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = components.map((value) =>
    value === undefined ? Number.NaN : Math.min(1, Math.max(0, value)),
  );
  const color: Color | undefined =
    components.length === 1
      ? [a, a, a]
      : components.length === 3
        ? [a, b, c]
        : components.length === 4
          ? [(1 - a) * (1 - d), (1 - b) * (1 - d), (1 - c) * (1 - d)]
          : undefined;
  return color?.every((value) => Number.isFinite(value)) === true ? color : undefined;
}

export function brightnessOf(components: readonly (number | undefined)[]): Brightness {
  const color = rgbOf(components);
  return color === undefined ? undefined : luma(...color);
}

const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

/** What a person can read without effort; grey on white of this difference is still used by honest forms. */
const LEAST_DIFFERENCE = 0.25;

export const isReadableOn = (text: number, background: number): boolean =>
  Math.abs(text - background) >= LEAST_DIFFERENCE;
