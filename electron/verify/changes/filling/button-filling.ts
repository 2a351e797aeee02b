import { isDict, isName, isRef, isStream, type PdfDict, type PdfObject, type PdfStream } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { operationsOf } from "../../drawing/content-operations.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import type { Comparison } from "../comparison.ts";
import { type FilledField, type FilledWidget, inherited } from "./filled-field.ts";
import { deceiving, type FillingVerdict, unclear } from "./filling-verdict.ts";

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
    const problem = drawingProblem(comparison, widget, states);
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

/** SECURITY: the drawing of a state that nobody saw yet can hold a whole text; a tick is one sign or a few lines. */
function drawingProblem(comparison: Comparison, widget: FilledWidget, states: PdfDict): FillingVerdict | undefined {
  const { current } = comparison;
  if (!widget.keys.includes("AS")) {
    return undefined;
  }
  const state = shownState(current, widget.now);
  const reference = states.entries.get(state);
  const drawing = current.resolve(reference);
  if (drawing === null && state === OFF) {
    return undefined;
  }
  const isOld = isRef(reference) && !comparison.added.has(reference.num) && !comparison.overridden.has(reference.num);
  const [left, bottom, right, top] = numbersOf(current, widget.now.entries.get("Rect"));
  const isSmall =
    left !== undefined &&
    bottom !== undefined &&
    right !== undefined &&
    top !== undefined &&
    Math.abs(right - left) <= LARGEST_BOX &&
    Math.abs(top - bottom) <= LARGEST_BOX;
  return isStream(drawing) && isOld && isSmall && isTick(current, drawing)
    ? undefined
    : unclear("changes.button-drawing", "the drawing of its state is more than a tick");
}

const MOST_OPERATIONS = 200;
const TEXT: ReadonlySet<string> = new Set(["Tj", "TJ", "'", '"']);
const REFUSED: ReadonlySet<string> = new Set(["Do", "BI", "sh", "gs"]);

function isTick(file: PdfFile, drawing: PdfStream): boolean {
  try {
    let shown = 0;
    for (const { operator, operands } of operationsOf(file.streamBytes(drawing), MOST_OPERATIONS)) {
      if (REFUSED.has(operator)) {
        return false;
      }
      if (TEXT.has(operator)) {
        shown += 1;
        const [text] = operands;
        if (
          operator !== "Tj" ||
          typeof text !== "object" ||
          text === null ||
          !("bytes" in text) ||
          text.bytes.length > 2
        ) {
          return false;
        }
      }
    }
    return shown <= 1;
  } catch (error) {
    if (error instanceof PdfProblem) {
      return false;
    }
    throw error;
  }
}
