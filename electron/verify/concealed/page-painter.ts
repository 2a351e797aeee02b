import { isDict, isName, isStream, numberOf } from "../../pdf/objects.ts";
import type { PdfDict, PdfObject, PdfStream } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { operationsOf } from "../drawing/content-operations.ts";
import { IDENTITY, matrixOf, multiply } from "../drawing/matrix.ts";
import { numbersOf } from "../drawing/numbers.ts";
import { nameOf } from "../pdf-text.ts";
import { intersection, NOWHERE } from "./cell-grid.ts";
import { corners } from "./corners.ts";
import type { FontMetrics } from "../drawing/font-metrics.ts";
import type { Layers } from "./layers.ts";
import type { PageCanvas } from "./page-canvas.ts";
import { applyGraphicsState, colourOf, isOpaque, type PaintState } from "./paint-state.ts";
import { PathBuilder } from "./path-builder.ts";
import type { FillRule } from "./polygon-region.ts";
import { fontOf, inlineImage, lookedAtBytes, propertyOf, resourceOf } from "./resources.ts";
import { strokeOutlines } from "./stroke-outlines.ts";
import { TextPainter } from "./text-painter.ts";

const MAXIMUM_DEPTH = 12;
const MAXIMUM_STATES = 512;
const PAINTS: ReadonlySet<string> = new Set("f F f* B B* b b* S s Tj TJ ' \" Do ID sh".split(" "));
const UNIT_SQUARE = [0, 0, 1, 1] as const;

export interface Painting {
  readonly file: PdfFile;
  readonly canvas: PageCanvas;
  readonly layers: Layers;
  readonly fonts: Map<number, FontMetrics | undefined>;
  /** A layer that is not always shown has something on the page. */
  readonly onLayer: (layer: PdfObject | undefined) => void;
  /** Told about work; may throw to end it. */
  readonly spend: (work: number) => void;
}

/** Goes through a content stream and paints what it draws (ISO 32000-2 8.2) on the canvas. */
export class PagePainter {
  private readonly painting: Painting;
  private readonly path = new PathBuilder();

  constructor(painting: Painting) {
    this.painting = painting;
  }

  /** `through`: what the whole drawing is mixed with the page by, so that nothing in it hides anything. */
  run(bytes: Uint8Array, resources: PdfObject, start: PaintState, options: { through: boolean; depth: number }): void {
    const { file, spend } = this.painting;
    const stack: PaintState[] = [];
    /** For each marked content that is open: the layer that the reader leaves out. */
    const marked: (PdfObject | undefined)[] = [];
    const text = new TextPainter(this.painting.canvas);
    let state = { ...start };
    let clipping: FillRule | undefined;
    const isOff = (): boolean => marked.some((layer) => layer !== undefined);
    for (const { operator, operands } of operationsOf(bytes)) {
      spend(1);
      const numbers = operands.map((operand) => numberOf(operand) ?? 0);
      const named = nameOf(operands.at(-1));
      if (PAINTS.has(operator) && isOff()) {
        marked.filter((layer) => layer !== undefined).forEach(this.painting.onLayer);
      }
      switch (operator) {
        case "q":
          if (stack.length >= MAXIMUM_STATES) {
            throw new PdfProblem("limit", "A page is nested too deeply.");
          }
          stack.push({ ...state });
          break;
        case "Q":
          state = stack.pop() ?? state;
          break;
        case "cm":
          state.transform = multiply(matrixOf(numbers) ?? IDENTITY, state.transform);
          break;
        case "w":
          state.lineWidth = numbers[0] ?? 1;
          break;
        case "gs": {
          const dict = resourceOf(file, resources, "ExtGState", named);
          if (isDict(dict)) {
            applyGraphicsState(file, state, dict);
          }
          break;
        }
        case "g":
        case "rg":
        case "k":
        case "cs":
        case "sc":
        case "scn":
          state.fill = colourOf(operator, state.fill, named);
          break;
        case "G":
        case "RG":
        case "K":
        case "CS":
        case "SC":
        case "SCN":
          state.stroke = colourOf(operator, state.stroke, named);
          break;
        case "W":
        case "W*":
          clipping = operator === "W" ? "nonzero" : "even-odd";
          break;
        case "n":
        case "f":
        case "F":
        case "f*":
        case "B":
        case "B*":
        case "b":
        case "b*":
        case "S":
        case "s":
          this.endPath(operator, state, { clipping, ...options, isOff: isOff() });
          clipping = undefined;
          break;
        case "BMC":
        case "BDC":
          marked.push(isName(operands[0], "OC") ? this.leftOut(propertyOf(file, resources, operands[1])) : undefined);
          break;
        case "EMC":
          marked.pop();
          break;
        case "Tf":
          state.font = fontOf(this.painting, resources, nameOf(operands[0]));
          state.size = numbers[1] ?? 0;
          break;
        case "ID":
          this.image(inlineImage(operands), state, options.through || isOff());
          break;
        case "Do":
          if (!isOff()) {
            this.drawObject(resourceOf(file, resources, "XObject", named), resources, state, options);
          }
          break;
        case "sh":
          this.painting.canvas.draw();
          break;
        case "ET":
          // ISO 32000-2 9.3.6: text as a clip. Its shape is not known, so nothing behind it counts as hiding.
          state.clip = text.wasClip ? NOWHERE : state.clip;
          text.follow(operator, operands, state, isOff());
          break;
        default:
          this.path.follow(operator, numbers, state.transform);
          text.follow(operator, operands, state, isOff());
      }
    }
  }

  /** A form, in the space of whoever draws it (ISO 32000-2 8.10). */
  form(form: PdfStream, outer: PdfObject, state: PaintState, options: { through: boolean; depth: number }): void {
    const { file, canvas } = this.painting;
    if (options.depth >= MAXIMUM_DEPTH) {
      throw new PdfProblem("limit", "A page is nested too deeply.");
    }
    if (this.isLeftOut(form.dict)) {
      return;
    }
    const own = matrixOf(numbersOf(file, form.dict.entries.get("Matrix"))) ?? IDENTITY;
    const transform = multiply(own, state.transform);
    const [left = 0, bottom = 0, right = 0, top = 0] = numbersOf(file, form.dict.entries.get("BBox"));
    const box = canvas.region([corners(transform, [left, bottom, right, top])], "nonzero");
    const isGroup = isDict(file.get(form.dict, "Group"));
    // ISO 32000-2 11.6.6: a group is painted with the state's opacity as a whole, and starts without it.
    const isMixed = state.mixed || state.fillOpacity !== 1;
    this.run(
      lookedAtBytes(file, form),
      form.dict.entries.has("Resources") ? file.get(form.dict, "Resources") : outer,
      {
        ...state,
        transform,
        clip: intersection(state.clip, box),
        ...(isGroup ? { mixed: false, fillOpacity: 1, strokeOpacity: 1 } : {}),
      },
      { through: options.through || (isGroup && isMixed), depth: options.depth + 1 },
    );
  }

  private drawObject(
    object: PdfObject,
    resources: PdfObject,
    state: PaintState,
    options: { through: boolean; depth: number },
  ): void {
    if (!isStream(object)) {
      return;
    }
    if (isName(this.painting.file.get(object.dict, "Subtype"), "Form")) {
      this.form(object, resources, state, options);
    } else if (!this.isLeftOut(object.dict)) {
      this.image(object.dict, state, options.through);
    }
  }

  /** ISO 32000-2 8.9.5: an image fills the unit square; masks and an own alpha channel let the page through. */
  private image(image: PdfDict, state: PaintState, through: boolean): void {
    const { file, canvas } = this.painting;
    const has = (key: string): boolean => file.get(image, key) !== null;
    const alpha = numberOf(file.get(image, "SMaskInData")) ?? 0;
    const isStencil = [file.get(image, "ImageMask"), file.get(image, "IM")].includes(true);
    if (through || has("SMask") || has("Mask") || alpha !== 0 || isStencil || state.mixed || state.fillOpacity !== 1) {
      canvas.draw();
    } else {
      canvas.cover([corners(state.transform, UNIT_SQUARE)], "nonzero", state.clip);
    }
  }

  private endPath(
    operator: string,
    state: PaintState,
    how: { clipping: FillRule | undefined; through: boolean; isOff: boolean },
  ): void {
    const { canvas } = this.painting;
    const polygons = this.path.take();
    const hides = !how.through && !how.isOff;
    if (/[fFbB]/u.test(operator)) {
      if (hides && isOpaque(state, "fill")) {
        canvas.cover(polygons, operator.endsWith("*") ? "even-odd" : "nonzero", state.clip);
      } else {
        canvas.draw();
      }
    }
    if (/[sSbB]/u.test(operator)) {
      canvas.draw();
      for (const outline of hides && isOpaque(state, "stroke") ? strokeOutlines(polygons, state) : []) {
        canvas.cover([outline], "nonzero", state.clip);
      }
    }
    if (how.clipping !== undefined) {
      state.clip = intersection(state.clip, canvas.region(polygons, how.clipping));
    }
  }

  /** The layer, when it is not shown everywhere. */
  private leftOut(object: PdfObject | undefined): PdfObject | undefined {
    return this.painting.layers.layer(object).visibility === "shown" ? undefined : object;
  }

  private isLeftOut(dict: PdfDict): boolean {
    const layer = this.leftOut(dict.entries.get("OC"));
    if (layer !== undefined) {
      this.painting.onLayer(layer);
    }
    return layer !== undefined;
  }
}
