import {
  isArray,
  isDict,
  isName,
  isRef,
  numberOf,
  type PdfDict,
  type PdfObject,
  type PdfRef,
} from "../../pdf/objects.ts";
import { nameOf, textOf } from "../pdf-text.ts";
import { allowed, notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";

/** What a new signature field with its widget may say; actions are not among it. */
const FIELD_KEYS: ReadonlySet<string> = new Set([
  "FT",
  "T",
  "TU",
  "TM",
  "V",
  "DV",
  "Ff",
  "Kids",
  "Parent",
  "Lock",
  "SV",
  "DA",
  "DR",
  "Q",
  "Type",
  "Subtype",
  "Rect",
  "F",
  "P",
  "AP",
  "AS",
  "MK",
  "M",
  "NM",
  "Border",
  "BS",
  "H",
  "StructParent",
  "C",
  "Contents",
]);

/** A field that the signed revision did not have: only a signature field with widgets of its own is allowed. */
export function judgeNewField(
  comparison: Comparison,
  reference: PdfRef,
  takenNames: ReadonlySet<string | undefined>,
  widgets: Set<number>,
): void {
  const { current } = comparison;
  const field = current.resolve(reference);
  const name = isDict(field) ? (textOf(current.get(field, "T")) ?? "") : "";
  const problem = isDict(field) ? fieldProblem(comparison, field, name, takenNames) : "is no dictionary";
  if (!isDict(field) || problem !== undefined) {
    const message = `A form field "${name}" was added after the signature that ${problem ?? "cannot be read"}.`;
    comparison.add(notJudged("form-filling", "changes.new-field", message, { object: reference.num }));
    return;
  }
  const own = widgetsOf(comparison, reference, field);
  if (own === undefined) {
    const message = `The new signature field "${name}" has parts that cannot be judged yet.`;
    comparison.add(notJudged("form-filling", "changes.new-field", message, { object: reference.num }));
    return;
  }
  for (const widget of own) {
    widgets.add(widget.num);
  }
  report(comparison, reference, field, name, own);
}

function fieldProblem(
  comparison: Comparison,
  field: PdfDict,
  name: string,
  takenNames: ReadonlySet<string | undefined>,
): string | undefined {
  const { current } = comparison;
  if (!isName(current.get(field, "FT"), "Sig")) {
    return "is no signature field";
  }
  if (name === "" || name.includes(".") || takenNames.has(name)) {
    return "has no name of its own";
  }
  if (field.entries.has("Subtype") && !isName(current.get(field, "Subtype"), "Widget")) {
    return "shows itself as another kind of annotation";
  }
  const odd = [...field.entries.keys()].find((key) => !FIELD_KEYS.has(key));
  if (odd !== undefined || field.entries.has("Parent")) {
    return `has an entry /${odd ?? "Parent"} that does not belong there`;
  }
  const value = field.entries.get("V");
  if (value !== undefined && !isDict(current.resolve(value))) {
    return "has a value that is no signature";
  }
  const isNew = value === undefined || (isRef(value) ? comparison.added.has(value.num) : isDict(value));
  return isNew ? undefined : "takes its signature from an older part of the document";
}

/** The field's own widget, or its kids; undefined when there is something else among them. */
function widgetsOf(comparison: Comparison, reference: PdfRef, field: PdfDict): readonly PdfRef[] | undefined {
  const kids = comparison.current.get(field, "Kids");
  if (!isArray(kids)) {
    return [reference];
  }
  const references = kids.filter(isRef);
  const areWidgets = references.every((kid) => isNewWidget(comparison, kid));
  return references.length === kids.length && areWidgets ? references : undefined;
}

function isNewWidget(comparison: Comparison, kid: PdfRef): boolean {
  const widget = comparison.current.resolve(kid);
  return (
    isDict(widget) &&
    comparison.added.has(kid.num) &&
    nameOf(comparison.current.get(widget, "Subtype")) === "Widget" &&
    !widget.entries.has("T") &&
    [...widget.entries.keys()].every((key) => FIELD_KEYS.has(key))
  );
}

function report(comparison: Comparison, reference: PdfRef, field: PdfDict, name: string, own: readonly PdfRef[]): void {
  const { current } = comparison;
  const visible = own.some((widget) => isVisible(comparison, current.resolve(widget)));
  const value = current.get(field, "V");
  const place = { object: reference.num, field: name, visible };
  if (visible && !isDict(value)) {
    // SECURITY: anybody can add one, and its drawing can be anything.
    const message = `A visible signature field "${name}" was added that nobody signed.`;
    comparison.add(notJudged("new-signature-field", "changes.unsigned-field", message, place));
    return;
  }
  if (visible && own.some((widget) => coversMuch(comparison, current.resolve(widget)))) {
    const message = `The mark of the new signature "${name}" covers a large part of a page.`;
    comparison.add(notJudged("new-signature-field", "changes.covering-mark", message, place));
    return;
  }
  if (isDict(value) && !visible && isDocumentTimestamp(comparison, value)) {
    const message = "A document timestamp was added.";
    comparison.add(allowed("document-timestamp", "changes.document-timestamp", message, { object: reference.num }));
    return;
  }
  const what = value === null ? "An empty signature field" : "A signature";
  comparison.add(allowed("new-signature-field", "changes.signature-added", `${what} "${name}" was added.`, place));
}

function isDocumentTimestamp(comparison: Comparison, value: PdfDict): boolean {
  const { current } = comparison;
  return isName(current.get(value, "SubFilter"), "ETSI.RFC3161") || isName(current.get(value, "Type"), "DocTimeStamp");
}

const HIDDEN = 2;
const PRINT = 4;
const NO_VIEW = 32;
const TOGGLE_NO_VIEW = 256;

/**
 * ISO 32000-2 12.7.5.5: no size, Hidden or NoView makes a signature field invisible. SECURITY: NoView alone is still
 * printed with Print, and shown under the mouse with ToggleNoView; an odd rectangle is one that somebody may draw.
 */
export function isVisible(comparison: Comparison, widget: PdfObject): boolean {
  if (!isDict(widget)) {
    return true;
  }
  if (!widget.entries.has("Rect")) {
    return false;
  }
  const rectangle = rectangleOf(comparison, widget);
  const hasArea = rectangle === undefined || (rectangle[0] !== rectangle[2] && rectangle[1] !== rectangle[3]);
  const flags = numberOf(comparison.current.get(widget, "F")) ?? 0;
  const appears = (flags & NO_VIEW) === 0 || (flags & (PRINT | TOGGLE_NO_VIEW)) !== 0;
  return hasArea && (flags & HIDDEN) === 0 && appears;
}

type Rectangle = readonly [number, number, number, number];

function rectangleOf(comparison: Comparison, widget: PdfDict): Rectangle | undefined {
  const value = comparison.current.get(widget, "Rect");
  const corners = (isArray(value) ? value : []).map((item) => numberOf(comparison.current.resolve(item)));
  const [left, bottom, right, top] = corners;
  return left === undefined || bottom === undefined || right === undefined || top === undefined
    ? undefined
    : [left, bottom, right, top];
}

/** Marks of honest signatures leave the page readable. */
const LARGEST_SHARE = 0.25;

/** Compared with the media box of the page that the widget names. */
export function coversMuch(comparison: Comparison, widget: PdfObject): boolean {
  const rectangle = isDict(widget) ? rectangleOf(comparison, widget) : undefined;
  const page = isDict(widget) ? comparison.current.resolve(widget.entries.get("P")) : null;
  if (rectangle === undefined) {
    return true;
  }
  const [left, bottom, right, top] = rectangle;
  const box = isDict(page) ? inheritedBox(comparison, page) : undefined;
  const area = box === undefined ? A4_AREA : Math.abs((box[2] - box[0]) * (box[3] - box[1]));
  return Math.abs((right - left) * (top - bottom)) > LARGEST_SHARE * area;
}

/** Points, for a widget that does not name its page. */
const A4_AREA = 595 * 842;

/** SECURITY: a /Parent chain can run in a circle. */
const MAXIMUM_PARENTS = 50;

function inheritedBox(comparison: Comparison, page: PdfDict): Rectangle | undefined {
  let node: PdfObject = page;
  for (let depth = 0; isDict(node) && depth < MAXIMUM_PARENTS; depth += 1) {
    const box = comparison.current.get(node, "MediaBox");
    const corners = (isArray(box) ? box : []).map((item) => numberOf(comparison.current.resolve(item)));
    const [left, bottom, right, top] = corners;
    if (left !== undefined && bottom !== undefined && right !== undefined && top !== undefined) {
      return [left, bottom, right, top];
    }
    node = comparison.current.get(node, "Parent");
  }
  return undefined;
}
