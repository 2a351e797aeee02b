import { isDict, isName, isRef, isStream, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import { readTick } from "../../drawing/read-tick.ts";
import type { TickSeen } from "../../drawing/tick-picture.ts";
import type { Comparison } from "../comparison.ts";
import { pageOfAnnotation } from "../page-of-annotation.ts";
import { boxOf, heightOfTextBeside } from "../signed-content.ts";
import { type FilledField, type FilledWidget, inherited } from "./filled-field.ts";
import { deceiving, type FillingVerdict, unclear } from "./filling-verdict.ts";
import { oncePerWidget } from "./once-per-widget.ts";
import { textValue } from "./text-value.ts";
import { placementOf } from "./widget-drawing.ts";

const PUSH_BUTTON = 1 << 16;
const RADIO = 1 << 15;
const IN_UNISON = 1 << 25;
const OFF = "Off";

/**
 * Check boxes and radio buttons (ISO 32000-2 12.7.5.2): value and shown state change together, each state keeps the
 * drawing that it had. A push button has no value: another drawing of it is just a picture.
 */
export function judgeButton(comparison: Comparison, field: FilledField): FillingVerdict {
  if ((field.flags & PUSH_BUTTON) !== 0) {
    const hasValue = inherited(comparison.current, field.now, "V") !== null;
    if (!hasValue && field.widgets.every(({ keys }) => keys.every((key) => key === "M"))) {
      return { kind: "filled", replaces: false };
    }
    return unclear("changes.button-picture", "a push button has no value that its drawing could show");
  }
  if (field.widgets.some(({ keys }) => keys.includes("AP") || keys.includes("DA"))) {
    return unclear("changes.button-drawing", "the drawings of its states are others");
  }
  const before = stateOf(comparison.old, inherited(comparison.old, field.before, "V"));
  const now = stateOf(comparison.current, inherited(comparison.current, field.now, "V"));
  if (before === undefined || now === undefined) {
    return unclear("changes.field-changed", "its value is no state of a button");
  }
  let isKnown = now === OFF;
  for (const widget of field.widgets) {
    const states = statesOf(comparison.current, widget.now);
    if (states === undefined) {
      return unclear("changes.button-drawing", "it has no drawings of its states");
    }
    const expected: string = states.entries.has(now) ? now : OFF;
    isKnown ||= expected === now;
    const shown = shownState(comparison.current, widget.now);
    if (shown === OFF && expected === now && isOneOfSeveral(comparison, field, now)) {
      return unclear("changes.same-states", "several of its buttons stand for the same state");
    }
    if (shown !== expected) {
      return deceiving("changes.state-differs", "it shows another state than its value");
    }
    const problem = drawingProblem(comparison, widget);
    if (problem !== undefined) {
      return problem;
    }
  }
  if (!isKnown) {
    return unclear("changes.unknown-state", "its value is none of its states");
  }
  return { kind: "filled", replaces: before !== OFF && before !== now };
}

/**
 * ISO 32000-2 table 229: radio buttons of one state are chosen together only with the flag RadiosInUnison. Without it one
 * of them is chosen, and the value does not tell which one.
 */
function isOneOfSeveral({ current }: Comparison, field: FilledField, state: string): boolean {
  const isRadio = (field.flags & RADIO) !== 0 && (field.flags & IN_UNISON) === 0;
  return isRadio && field.widgets.some(({ now }) => shownState(current, now) === state);
}

function stateOf(file: PdfFile, value: PdfObject): string | undefined {
  const state = file.resolve(value);
  if (state === null) {
    return OFF;
  }
  return isName(state) ? state.name : undefined;
}

const shownState = (file: PdfFile, widget: PdfDict): string => {
  const state = file.get(widget, "AS");
  return isName(state) ? state.name : OFF;
};

function statesOf(file: PdfFile, widget: PdfDict): PdfDict | undefined {
  const appearance = file.get(widget, "AP");
  const normal = isDict(appearance) ? file.get(appearance, "N") : null;
  return isDict(normal) && normal.duplicates.length === 0 ? normal : undefined;
}

/** In points: more than any box that is meant to be ticked. */
const LARGEST_BOX = 60;
/** And less. */
const SMALLEST_BOX = 3;

/**
 * SECURITY: the drawing of a state that nobody saw yet can be a digit or a whole text. Both states must be boxes, ticked
 * or not as the value says, and none of their parts a sign beside signed text.
 */
function drawingProblem(comparison: Comparison, widget: FilledWidget): FillingVerdict | undefined {
  if (!widget.keys.includes("AS")) {
    return undefined;
  }
  if (hasOddCaption(comparison, widget)) {
    return unclear("changes.button-drawing", "readers draw it anew in a way that is not certain");
  }
  const isOff = shownState(comparison.current, widget.now) === OFF;
  const now = stateNow(comparison, widget.now);
  if (now === undefined) {
    return unclear("changes.button-drawing", "the drawing of its state is more than a tick");
  }
  const before = stateBefore(comparison, widget.before);
  if (before === undefined) {
    return unclear("changes.button-drawing", "what it showed before was more than a tick");
  }
  if (isOff !== (now.mark === "none")) {
    return unclear("changes.button-drawing", "its drawing is not ticked as its state is");
  }
  // SECURITY: where no ring was, an empty one is a zero.
  if (now.isRing && !before.isRing && before.mark === "none") {
    return unclear("changes.button-drawing", "the drawing of its state is a ring");
  }
  const page = pageOfAnnotation(comparison, widget.num, widget.before);
  const box = boxOf(numbersOf(comparison.old, widget.before.entries.get("Rect")));
  // SECURITY: beside large text, a small dot is a decimal point, and a small tick a comma.
  const isPoint =
    now.mark !== "none" &&
    (page === undefined || box === undefined || heightOfTextBeside(comparison, page, box) * LEAST_MARK > now.height);
  return isPoint ? unclear("changes.button-drawing", "its mark could be a sign of the text beside it") : undefined;
}

/** A state that is shown now paints over what is under it, and the one before did not. */
export function hasNewGround(comparison: Comparison, widget: FilledWidget): boolean {
  const before = stateBefore(comparison, widget.before);
  return (
    widget.keys.includes("AS") && before?.hasGround !== true && stateNow(comparison, widget.now)?.hasGround !== false
  );
}

/** Signs of ZapfDingbats that mark a box; that font is the one of captions of boxes. */
const CAPTION = /^[3-8Hlnu]?$/u;

/** SECURITY: where readers draw all fields anew (ISO 32000-2 table 224), they draw the caption (table 192) for a tick. */
function hasOddCaption({ old }: Comparison, widget: FilledWidget): boolean {
  const form = old.get(old.catalog, "AcroForm");
  const characteristics = old.get(widget.before, "MK");
  const caption = isDict(characteristics) ? old.get(characteristics, "CA") : null;
  const isDrawnAnew = isDict(form) && old.get(form, "NeedAppearances") === true;
  return isDrawnAnew && caption !== null && !CAPTION.test(textValue(old, caption) ?? "?");
}

/** Of the height of the capitals beside it. */
const LEAST_MARK = 0.4;

interface StateSeen extends TickSeen {
  /** In points. */
  readonly height: number;
}

const stateBefore = oncePerWidget((comparison, widget) => stateSeen(comparison, comparison.old, widget));
const stateNow = oncePerWidget((comparison, widget) => stateSeen(comparison, comparison.current, widget));

/** What a person sees of a button; undefined when that is not certain. */
function stateSeen(comparison: Comparison, file: PdfFile, widget: PdfDict): StateSeen | undefined {
  const state = shownState(file, widget);
  const reference = statesOf(file, widget)?.entries.get(state);
  const drawing = file.resolve(reference);
  if (drawing === null && state === OFF) {
    return { mark: "none", isRing: false, height: 0, hasGround: false };
  }
  const isOld = isRef(reference) && !comparison.added.has(reference.num) && !comparison.overridden.has(reference.num);
  const box = boxOf(numbersOf(file, widget.entries.get("Rect")));
  if (!isStream(drawing) || !isOld || box === undefined) {
    return undefined;
  }
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  const placement = placementOf(file, widget, drawing.dict);
  if (
    Math.max(width, height) > LARGEST_BOX ||
    Math.min(width, height) < SMALLEST_BOX ||
    typeof placement === "string"
  ) {
    return undefined;
  }
  const [scaleX, scaleY] = placement;
  const seen = Math.abs(scaleX - scaleY) <= 0.2 * scaleY ? readTick(file, drawing) : undefined;
  return seen === undefined ? undefined : { ...seen, height: seen.height * scaleY };
}
