import { isDict, numberOf, type PdfDict } from "../../../pdf/objects.ts";
import { textOf } from "../../pdf-text.ts";
import { differingKeys } from "../../object-equality.ts";
import { allowed, notJudged } from "../change.ts";
import type { Comparison } from "../comparison.ts";
import { pageOfAnnotation } from "../page-of-annotation.ts";
import { hasNewGround, judgeButton } from "./button-filling.ts";
import { judgeChoice } from "./choice-filling.ts";
import { claimDrawings } from "./claim-drawings.ts";
import {
  ancestorsIn,
  fieldNumberOf,
  type FilledField,
  type FilledWidget,
  inherited,
  widgetsOf,
} from "./filled-field.ts";
import type { FillingVerdict } from "./filling-verdict.ts";
import { type Laid, placeProblem } from "./place-of-widget.ts";
import { judgeText } from "./text-filling.ts";
import { drawingBefore, drawingNow } from "./widget-drawing.ts";

/** What filling in writes into a field (ISO 32000-2 tables 226, 231, 232, 234). */
const FIELD_KEYS: ReadonlySet<string> = new Set(["V", "I", "TI", "RV"]);
/** And into its widget (tables 166, 191); /DA only where the drawing that it asks for is there anyway. */
const WIDGET_KEYS: ReadonlySet<string> = new Set(["AP", "AS", "M", "DA"]);

/**
 * Judges the filling in of a text, choice or button field that stood in the signed revision: only value and drawing may
 * differ, and the drawing must show the value. Sample: `honest-changes.ts`, pdf.js.
 */
export function judgeFilling(comparison: Comparison, num: number, dict: PdfDict): void {
  const fieldNumber = fieldNumberOf(comparison, num, dict);
  if (comparison.isFieldJudged(fieldNumber)) {
    return;
  }
  const name = nameBefore(comparison, dict);
  const verdict = verdictOf(comparison, fieldNumber, name);
  const page = pageOfAnnotation(comparison, num, dict);
  const place = { object: fieldNumber, field: name, ...(page === undefined ? {} : { page }) };
  switch (verdict.kind) {
    case "filled":
      comparison.add({
        ...allowed("form-filling", "changes.form-filled", `The field "${name}" was filled in.`, place),
        replaces: verdict.replaces,
      });
      break;
    case "unclear":
      comparison.add(
        notJudged("form-filling", verdict.code, `The field "${name}" was changed, but ${verdict.why}.`, place),
      );
      break;
    case "deceiving":
      comparison.add({
        verdict: "forbidden",
        kind: "form-filling",
        code: verdict.code,
        message: `The field "${name}" was changed so that ${verdict.why}.`,
        ...place,
      });
      break;
  }
}

function verdictOf(comparison: Comparison, num: number, name: string): FillingVerdict {
  const field = filledField(comparison, num, name);
  if (typeof field === "string") {
    return { kind: "unclear", code: "changes.field-changed", why: field };
  }
  claimDrawings(comparison, field);
  const form = comparison.old.get(comparison.old.catalog, "AcroForm");
  if (isDict(form) && form.entries.has("XFA")) {
    return { kind: "unclear", code: "changes.xfa", why: "the document has a second form (XFA) beside it" };
  }
  const verdict = judgeByType(comparison, field);
  if (verdict.kind !== "filled") {
    return verdict;
  }
  const problem = field.widgets
    .map((widget) => placeProblem(comparison, widget, laid(comparison, field, widget)))
    .find((why) => why !== undefined);
  return problem === undefined ? verdict : { kind: "unclear", ...problem };
}

function laid(comparison: Comparison, { type }: FilledField, widget: FilledWidget): Laid {
  if (type === "Btn") {
    // A tick reads the same either way.
    return { hasText: false, hasNewGround: hasNewGround(comparison, widget) };
  }
  const now = drawingNow(comparison, widget.now);
  const before = drawingBefore(comparison, widget.before);
  const hadGround = before !== "none" && before.clear && before.hasGround;
  return { hasText: true, hasNewGround: now !== "none" && (!now.clear || now.hasGround) && !hadGround };
}

function judgeByType(comparison: Comparison, field: FilledField): FillingVerdict {
  switch (field.type) {
    case "Tx":
      return judgeText(comparison, field);
    case "Ch":
      return judgeChoice(comparison, field);
    case "Btn":
      return judgeButton(comparison, field);
    default:
      return { kind: "unclear", code: "changes.field-changed", why: "its type is not known" };
  }
}

/** The field with its widgets, or why its change is no filling in. */
function filledField(comparison: Comparison, num: number, name: string): FilledField | string {
  const { old, current } = comparison;
  const before = comparison.valueBefore(num);
  const now = comparison.valueNow(num);
  if (!isDict(before) || !isDict(now)) {
    return "it is no field any more";
  }
  const widgets = widgetsOf(
    {
      old,
      current,
      valueNow: (number) => comparison.valueNow(number),
      valueBefore: (number) => comparison.valueBefore(number),
    },
    num,
    before,
  );
  if (widgets === undefined) {
    return "it has other parts than before";
  }
  const isMerged = widgets.length === 1 && widgets[0]?.num === num;
  const ownKeys = differingKeys({ file: old, dict: before }, { file: current, dict: now });
  const odd =
    ownKeys.find(
      (key) =>
        !FIELD_KEYS.has(key) &&
        !(isMerged && isWidgetKey(comparison, now, key)) &&
        !(key === "Ff" && saysTheSameFlags(comparison, before, now)),
    ) ??
    widgets
      .filter(({ num: widget }) => widget !== num)
      .flatMap(({ keys, now: widget }) => keys.filter((key) => !isWidgetKey(comparison, widget, key)))[0];
  if (odd !== undefined) {
    return `its /${odd} does not belong to filling in`;
  }
  const flags = inherited(old, before, "Ff");
  const type = inherited(old, before, "FT");
  return {
    num,
    name,
    before,
    now,
    widgets,
    type: typeof type === "object" && type !== null && "name" in type ? type.name : "",
    flags: typeof flags === "number" ? flags : 0,
  };
}

/** Some programs write the flags out that were the default, or inherited. */
function saysTheSameFlags({ old, current }: Comparison, before: PdfDict, now: PdfDict): boolean {
  return (inherited(old, before, "Ff") ?? 0) === (inherited(current, now, "Ff") ?? 0);
}

/** In points. */
const WIDEST_BORDER = 3;

/** A border that the drawing has anyway is often written beside it. */
function isWidgetKey({ current }: Comparison, widget: PdfDict, key: string): boolean {
  if (key !== "BS") {
    return WIDGET_KEYS.has(key);
  }
  const style = current.get(widget, key);
  const width = isDict(style) ? (numberOf(current.get(style, "W")) ?? 1) : Infinity;
  return width >= 0 && width <= WIDEST_BORDER;
}

const nameBefore = ({ old }: Comparison, dict: PdfDict): string =>
  ancestorsIn(old, dict)
    .toReversed()
    .flatMap((part) => textOf(old.get(part, "T")) ?? [])
    .join(".");
