import { isDict, isName, isStream, numberOf, type PdfDict, type PdfObject, type PdfStream } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { operationsOf } from "./content-operations.ts";
import { DrawingState } from "./drawing-state.ts";
import { drawnFont, type DrawnFont } from "./drawn-font.ts";
import { numbersOf } from "./numbers.ts";
import { namedResource, plainResources, plainState } from "./plain-form.ts";
import type { Bar, DrawingKind } from "./painted-ground.ts";
import type { ShownText } from "./seen-text.ts";
import { Unclear } from "./unclear.ts";

/** What a person sees in an appearance: lines of text in the order of reading, or why that is not certain. */
export type Drawing =
  | {
      readonly clear: true;
      readonly texts: readonly ShownText[];
      readonly text: string;
      readonly bars: readonly Bar[];
      readonly bottom: number;
      /** It has no text, and its border or ground looks like a sign. */
      readonly couldBeSign: boolean;
      /** What is under it does not shine through everywhere. */
      readonly hasGround: boolean;
    }
  | { readonly clear: false; readonly why: string };

export interface DrawingOptions extends DrawingKind {
  /** Fonts whose glyphs come with them show what they like; only those are taken that this accepts. */
  readonly isTrustedFont: (font: PdfObject | undefined, embedded: boolean) => boolean;
}

const MAXIMUM_DEPTH = 4;

/**
 * Reads an appearance stream (ISO 32000-2 12.5.5) as strictly as somebody would who wants to be deceived by nothing: text
 * on a plain background, with a border. Whatever could hide, move, mirror or fake a sign makes it unclear. Never throws.
 */
export function readDrawing(file: PdfFile, appearance: PdfStream, options: DrawingOptions): Drawing {
  try {
    const box = numbersOf(file, appearance.dict.entries.get("BBox"));
    const [left, bottom, right, top] = box;
    if (left === undefined || bottom === undefined || right === undefined || top === undefined || box.length !== 4) {
      throw new Unclear("it has no bounding box");
    }
    const bounds = [
      Math.min(left, right),
      Math.min(bottom, top),
      Math.max(left, right),
      Math.max(bottom, top),
    ] as const;
    const state = new DrawingState(bounds, options);
    run(file, appearance, state, options, 0);
    if (!state.ground.isComplete) {
      throw new Unclear("something else is drawn beside its text");
    }
    const { runs } = state.seen;
    return {
      clear: true,
      texts: runs,
      text: runs.map(({ text }) => text).join(""),
      bars: state.ground.bars,
      bottom: bounds[1],
      couldBeSign: runs.every(({ text }) => text.trim() === "") && state.ground.couldBeSign,
      hasGround: state.ground.hasGround,
    };
  } catch (error) {
    if (error instanceof Unclear) {
      return { clear: false, why: error.message };
    }
    if (error instanceof PdfProblem) {
      return { clear: false, why: "it cannot be read" };
    }
    throw error;
  }
}

function run(file: PdfFile, form: PdfStream, state: DrawingState, options: DrawingOptions, depth: number): void {
  if (depth > MAXIMUM_DEPTH) {
    throw new Unclear("it is nested too deeply");
  }
  const resources = plainResources(file, form.dict);
  const context: RunContext = {
    file,
    resources,
    state,
    options,
    depth,
    fonts: new Map(),
  };
  const level = state.depth;
  for (const { operator, operands } of operationsOf(file.streamBytes(form))) {
    switch (operator) {
      case "Tf":
        state.setFont(fontOf(context, nameOf(operands[0])), numberOf(operands[1]));
        break;
      case "Do":
        paintForm(context, nameOf(operands[0]));
        break;
      case "gs":
        checkGraphicsState(context, nameOf(operands[0]));
        break;
      default:
        state.apply(operator, operands, file);
    }
  }
  if (state.depth !== level) {
    throw new Unclear("its graphics states are not balanced");
  }
}

interface RunContext {
  readonly file: PdfFile;
  readonly resources: PdfDict | undefined;
  readonly state: DrawingState;
  readonly options: DrawingOptions;
  readonly depth: number;
  readonly fonts: Map<string, DrawnFont>;
}

const nameOf = (object: PdfObject | undefined): string => (isName(object) ? object.name : "");

const resource = ({ file, resources }: RunContext, kind: string, name: string): PdfObject | undefined =>
  namedResource(file, resources, kind, name);

function fontOf(context: RunContext, name: string): DrawnFont {
  const known = context.fonts.get(name);
  if (known !== undefined) {
    return known;
  }
  const reference = resource(context, "Font", name);
  const dict = context.file.resolve(reference);
  const font = isDict(dict) ? drawnFont(context.file, dict) : undefined;
  if (!isDict(dict) || font === undefined) {
    throw new Unclear("its font cannot be read");
  }
  if (!context.options.isTrustedFont(reference, font.embedded)) {
    throw new Unclear("its font came after the signature");
  }
  context.fonts.set(name, font);
  return font;
}

function paintForm(context: RunContext, name: string): void {
  const { file, state, options, depth } = context;
  const form = file.resolve(resource(context, "XObject", name));
  if (!isStream(form) || !isName(file.get(form.dict, "Subtype"), "Form")) {
    throw new Unclear("it has a picture");
  }
  state.save();
  if (form.dict.entries.has("Matrix")) {
    state.transformBy(numbersOf(file, form.dict.entries.get("Matrix")));
  }
  state.clipTo(numbersOf(file, form.dict.entries.get("BBox")));
  run(file, form, state, options, depth + 1);
  state.restore();
}

function checkGraphicsState(context: RunContext, name: string): void {
  const lineWidth = plainState(context.file, context.file.resolve(resource(context, "ExtGState", name)));
  if (lineWidth !== undefined) {
    context.state.setLineWidth(lineWidth);
  }
}
