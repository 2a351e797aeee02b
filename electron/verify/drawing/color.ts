/** Brightness from 0 (black) to 1 (white); undefined for a colour that this does not know. */
export type Brightness = number | undefined;

export const BLACK = 0;
export const PAPER = 1;

/** Colours of the operators g, rg, k and their like (ISO 32000-2 8.6.8), by the number of components. */
export function brightnessOf(components: readonly (number | undefined)[]): Brightness {
  const [a, b, c, d] = components.map((value) => (value === undefined ? undefined : Math.min(1, Math.max(0, value))));
  switch (components.length) {
    case 1:
      return a;
    case 3:
      return a === undefined || b === undefined || c === undefined ? undefined : luma(a, b, c);
    case 4:
      return a === undefined || b === undefined || c === undefined || d === undefined
        ? undefined
        : luma((1 - a) * (1 - d), (1 - b) * (1 - d), (1 - c) * (1 - d));
    default:
      return undefined;
  }
}

const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

/** What a person can read without effort; grey on white of this difference is still used by honest forms. */
const LEAST_DIFFERENCE = 0.25;

export const isReadableOn = (text: number, background: number): boolean =>
  Math.abs(text - background) >= LEAST_DIFFERENCE;
