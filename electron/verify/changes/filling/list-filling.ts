import { isArray, isString, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import type { Bar } from "../../drawing/painted-ground.ts";
import type { ShownText } from "../../drawing/seen-text.ts";
import type { Comparison } from "../comparison.ts";
import { type Option, optionsIn } from "./choice-options.ts";
import { type FilledField, inherited } from "./filled-field.ts";
import { deceiving, type FillingVerdict, unclear } from "./filling-verdict.ts";
import { isSameText, withoutSpace } from "./shown-text.ts";
import { textValue } from "./text-value.ts";
import { drawingBefore, drawingNow, type WidgetDrawing } from "./widget-drawing.ts";

const MULTIPLE = 1 << 21;

/**
 * A list box (ISO 32000-2 12.7.5.4) shows its options in rows from number /TI on, and a bar behind each chosen one. Rows
 * and bars must say what the value says, before and now.
 */
export function judgeList(comparison: Comparison, field: FilledField): FillingVerdict {
  const { old, current } = comparison;
  const options = optionsIn(old, inherited(old, field.before, "Opt"));
  const areTold =
    options !== undefined &&
    new Set(options.map(({ exported }) => exported)).size === options.length &&
    new Set(options.map(({ shown }) => withoutSpace(shown))).size === options.length;
  const before = areTold ? chosenIn(old, inherited(old, field.before, "V"), options) : undefined;
  const now = areTold ? chosenIn(current, inherited(current, field.now, "V"), options) : undefined;
  if (options === undefined || before === undefined || now === undefined) {
    return unclear("changes.list-box", "its value or its options are not understood");
  }
  if (now.size > 1 && (field.flags & MULTIPLE) === 0) {
    return unclear("changes.list-box", "it has more values than it may");
  }
  if (!hasSameNumbers(current, current.get(field.now, "I"), now)) {
    return unclear("changes.option-index", "its value and the number of the chosen option do not agree");
  }
  const stays = isSameSet(before, now);
  for (const widget of field.widgets) {
    if (widget.keys.includes("DA")) {
      return unclear("changes.default-appearance", "its default appearance is another one");
    }
    const seen = drawingBefore(comparison, widget.before);
    const shadow =
      seen === "none"
        ? stays && before.size > 0
          ? "its value was not shown when the document was signed"
          : undefined
        : problemOf(seen, options, before, topOf(old, field.before));
    if (shadow !== undefined) {
      return unclear("changes.appearance-unclear", `what it showed before is not certain: ${shadow}`);
    }
    const drawing = drawingNow(comparison, widget.now);
    const problem =
      drawing === "none"
        ? "it has no drawing of its value"
        : problemOf(drawing, options, now, topOf(current, field.now));
    if (problem === OTHER_ROWS) {
      return deceiving("changes.appearance-differs", "it marks other entries than its value");
    }
    if (problem !== undefined) {
      return unclear("changes.appearance-unclear", `what it shows is not certain: ${problem}`);
    }
  }
  return { kind: "filled", replaces: before.size > 0 && !stays };
}

/** The numbers of the chosen options; undefined when a value is none of them. */
function chosenIn(file: PdfFile, value: PdfObject, options: readonly Option[]): ReadonlySet<number> | undefined {
  const values = value === null ? [] : isArray(value) ? value.map((item) => file.resolve(item)) : [value];
  const chosen = new Set<number>();
  for (const item of values) {
    const text = isString(item) ? textValue(file, item) : undefined;
    const index = options.findIndex(({ exported }) => exported === text);
    if (index < 0 && !(text === "" && values.length === 1)) {
      return undefined;
    }
    if (index >= 0) {
      chosen.add(index);
    }
  }
  return chosen;
}

const isSameSet = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item));

/** /I, where it is there (table 234). */
function hasSameNumbers(file: PdfFile, list: PdfObject, chosen: ReadonlySet<number>): boolean {
  if (list === null) {
    return true;
  }
  const numbers = isArray(list) ? list.map((item) => file.resolve(item)) : [undefined];
  return numbers.length === chosen.size && numbers.every((item) => typeof item === "number" && chosen.has(item));
}

/** /TI: the option in the first row. */
function topOf(file: PdfFile, field: FilledField["now"]): number {
  const top = inherited(file, field, "TI");
  return typeof top === "number" ? top : 0;
}

const OTHER_ROWS = "it marks other entries";
/** In units of the distance of two rows: less is left below the last one. */
const ROOM = 1.6;

/** Why the drawing does not show these options with these ones marked; undefined when it does. */
function problemOf(
  drawing: Exclude<WidgetDrawing, "none">,
  options: readonly Option[],
  chosen: ReadonlySet<number>,
  top: number,
): string | undefined {
  if (!drawing.clear) {
    return drawing.why;
  }
  const rows = rowsOf(drawing.texts);
  if (rows.length === 0 || rows.some(({ text }, index) => !isSameText(text, options[top + index]?.shown ?? ""))) {
    return "its rows are not its options";
  }
  const step = (rows[0]?.y ?? 0) - (rows[1]?.y ?? 0);
  const last = rows.at(-1);
  const isComplete =
    top + rows.length === options.length ||
    (last !== undefined && rows.length > 1 && (last.isCut || last.y - drawing.bottom < ROOM * step));
  if (!isComplete) {
    return "not all of its options are shown";
  }
  const marked = new Set<number>();
  for (const bar of drawing.bars) {
    const under = rows.flatMap((row, index) => (isUnder(bar, row) ? [top + index] : []));
    const [index] = under;
    if (index === undefined || under.length > 1 || marked.has(index)) {
      return "its bars are not behind its rows";
    }
    marked.add(index);
  }
  // A mark that lies out of the view is none that a person sees.
  const isSeen = [...chosen].every((index) => rows[index - top]?.isCut === false);
  return !isSeen ? "a chosen entry is out of view" : isSameSet(marked, chosen) ? undefined : OTHER_ROWS;
}

/** What stands in one line is one row. */
function rowsOf(texts: readonly ShownText[]): readonly ShownText[] {
  const rows: ShownText[] = [];
  for (const text of texts) {
    const last = rows.at(-1);
    if (last !== undefined && Math.abs(last.y - text.y) < 0.4 * text.size) {
      rows[rows.length - 1] = { ...last, text: last.text + text.text, isCut: last.isCut || text.isCut };
    } else if (text.text.trim() !== "") {
      rows.push(text);
    }
  }
  return rows;
}

/** In brightness: a mark that is told from its ground. */
const LEAST_MARK = 0.1;

const isUnder = ({ bottom, top, contrast }: Bar, { y, size }: ShownText): boolean =>
  contrast >= LEAST_MARK && bottom <= y + 0.1 * size && top >= y + 0.5 * size;
