import { isDict, isName, numberOf, type PdfDict } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import type { Matrix } from "../drawing/matrix.ts";
import type { Region } from "./cell-grid.ts";
import type { FontMetrics } from "../drawing/font-metrics.ts";

/** Kinds of colour: overprinting leaves inks below as they are, which is nothing to light (ISO 32000-2 8.6.7). */
export type Colour = "light" | "ink" | "pattern";

/** The graphics state (ISO 32000-2 8.4) as far as it decides where signs stand and what hides them. */
export interface PaintState {
  transform: Matrix;
  clip: Region;
  fill: Colour;
  stroke: Colour;
  fillOpacity: number;
  strokeOpacity: number;
  /** Blended with what is below, or seen through a mask. */
  mixed: boolean;
  overprint: boolean;
  lineWidth: number;
  font: FontMetrics | undefined;
  size: number;
  leading: number;
  rise: number;
  stretch: number;
  characterSpace: number;
  wordSpace: number;
  mode: number;
}

export const startState = (transform: Matrix, clip: Region): PaintState => ({
  transform,
  clip,
  fill: "light",
  stroke: "light",
  fillOpacity: 1,
  strokeOpacity: 1,
  mixed: false,
  overprint: false,
  lineWidth: 1,
  font: undefined,
  size: 0,
  leading: 0,
  rise: 0,
  stretch: 1,
  characterSpace: 0,
  wordSpace: 0,
  mode: 0,
});

/** ISO 32000-2 table 57. */
export function applyGraphicsState(file: PdfFile, state: PaintState, dict: PdfDict): void {
  state.fillOpacity = numberOf(file.get(dict, "ca")) ?? state.fillOpacity;
  state.strokeOpacity = numberOf(file.get(dict, "CA")) ?? state.strokeOpacity;
  state.lineWidth = numberOf(file.get(dict, "LW")) ?? state.lineWidth;
  const [blend, mask] = [file.get(dict, "BM"), file.get(dict, "SMask")];
  if (blend !== null || mask !== null) {
    const isPlain = blend === null || isName(blend, "Normal") || isName(blend, "Compatible");
    state.mixed = !isPlain || isDict(mask);
  }
  const overprint = file.get(dict, "op") ?? file.get(dict, "OP");
  if (typeof overprint === "boolean") {
    state.overprint = overprint;
  }
}

/** The colour that an operator sets; `last` is the name at the end of its operands. */
export function colourOf(operator: string, before: Colour, last: string | undefined): Colour {
  switch (operator) {
    case "g":
    case "G":
    case "rg":
    case "RG":
      return "light";
    case "k":
    case "K":
      return "ink";
    case "cs":
    case "CS":
      return last === "Pattern" ? "pattern" : /Gray|RGB/u.test(last ?? "") ? "light" : "ink";
    default:
      return last === undefined ? (before === "pattern" ? "ink" : before) : "pattern";
  }
}

/** Whether filling (or stroking) hides what is below. */
export function isOpaque(state: PaintState, kind: "fill" | "stroke"): boolean {
  const opacity = kind === "fill" ? state.fillOpacity : state.strokeOpacity;
  const colour = state[kind];
  return opacity === 1 && !state.mixed && colour !== "pattern" && !(state.overprint && colour === "ink");
}
