import { isDict } from "../../../pdf/objects.ts";
import type { Comparison } from "../comparison.ts";
import { type FilledField, type FilledWidget, inherited } from "./filled-field.ts";
import { deceiving, type FillingVerdict, unclear } from "./filling-verdict.ts";
import { decimalSignOf, hasFormat } from "./format-action.ts";
import { isRichTextOf } from "./rich-text.ts";
import { hasReadersFont, isSafeDefaultAppearance } from "./default-appearance.ts";
import { hasUnseenSigns, isMasked, isSameNumber, isSameText, splitsNumber, withoutSpace } from "./shown-text.ts";
import { textValue } from "./text-value.ts";
import { drawingBefore, drawingNow } from "./widget-drawing.ts";

const PASSWORD = 1 << 13;
const COMB = 1 << 24;

/** A text field (ISO 32000-2 12.7.5.3). */
export function judgeText(comparison: Comparison, field: FilledField): FillingVerdict {
  const before = textValue(comparison.old, inherited(comparison.old, field.before, "V"));
  const now = textValue(comparison.current, inherited(comparison.current, field.now, "V"));
  if (before === undefined || now === undefined) {
    return unclear("changes.field-changed", "its value is no plain text");
  }
  const rich = comparison.current.get(field.now, "RV");
  if (rich !== null && !isRichTextOf(comparison.current, rich, now)) {
    return unclear("changes.rich-value", "its rich text is not its value");
  }
  return judgeShownText(comparison, field, before, now);
}

/** What is shown must be the text, before and now; the same for text and for choices. */
export function judgeShownText(
  comparison: Comparison,
  field: FilledField,
  before: string,
  now: string,
): FillingVerdict {
  if (hasUnseenSigns(now)) {
    return unclear("changes.unseen-signs", "its value has signs that nobody sees");
  }
  for (const widget of field.widgets) {
    const problem =
      hiddenBefore(comparison, field, widget, before, now) ??
      shownNow(comparison, field, widget, now) ??
      newSign(comparison, widget) ??
      drawnAnew(comparison, widget) ??
      newDefault(comparison, widget);
    if (problem !== undefined) {
      return problem;
    }
  }
  return { kind: "filled", replaces: withoutSpace(before) !== "" && !isSameText(before, now) };
}

function agrees(comparison: Comparison, field: FilledField, shown: string, value: string): boolean {
  if ((field.flags & PASSWORD) !== 0) {
    return isMasked(shown, value);
  }
  if (isSameText(shown, value)) {
    return !splitsNumber(shown, value) || (field.flags & COMB) !== 0;
  }
  const decimalSign = decimalSignOf(comparison.old, field.before);
  return decimalSign !== undefined && isSameNumber(shown, value, decimalSign);
}

/**
 * SECURITY: the shadow attack "replace": the signer saw another text than the field's value, and a later drawing brings
 * the value to light. With the value as it was, that is no filling in.
 */
function hiddenBefore(
  comparison: Comparison,
  field: FilledField,
  widget: FilledWidget,
  before: string,
  now: string,
): FillingVerdict | undefined {
  const drawing = drawingBefore(comparison, widget.before);
  if (drawing === "none") {
    return before !== "" && before === now
      ? unclear("changes.appearance-changed", "its value was not shown when the document was signed")
      : undefined;
  }
  if (!drawing.clear) {
    return unclear("changes.appearance-unclear", `what it showed before is not certain: ${drawing.why}`);
  }
  if (agrees(comparison, field, drawing.text, before)) {
    return undefined;
  }
  if (isSameText(drawing.text, before)) {
    return unclear("changes.appearance-unclear", "blanks parted a number in it");
  }
  return hasFormat(comparison.old, field.before)
    ? unclear("changes.formatted-value", "a script of the document decides how its value looks")
    : deceiving("changes.shadow-value", "a text disappears that the signer saw in it and that was not its value");
}

function shownNow(
  comparison: Comparison,
  field: FilledField,
  widget: FilledWidget,
  now: string,
): FillingVerdict | undefined {
  const drawing = drawingNow(comparison, widget.now);
  if (drawing === "none") {
    return now === "" ? undefined : unclear("changes.appearance-missing", "it has no drawing of its value");
  }
  if (!drawing.clear) {
    return unclear("changes.appearance-unclear", `what it shows is not certain: ${drawing.why}`);
  }
  if (agrees(comparison, field, drawing.text, now)) {
    return undefined;
  }
  if (isSameText(drawing.text, now)) {
    return unclear("changes.appearance-unclear", "blanks part a number in it");
  }
  return hasFormat(comparison.old, field.before)
    ? unclear("changes.formatted-value", "a script of the document decides how its value looks")
    : deceiving("changes.appearance-differs", "it shows another text than its value");
}

/** SECURITY: an empty field that gets a border beside a signed number can be a zero of it. */
function newSign(comparison: Comparison, widget: FilledWidget): FillingVerdict | undefined {
  const now = drawingNow(comparison, widget.now);
  const before = drawingBefore(comparison, widget.before);
  const isNew =
    now !== "none" && now.clear && now.couldBeSign && (before === "none" || !before.clear || !before.couldBeSign);
  return isNew ? unclear("changes.appearance-unclear", "its border could be a sign") : undefined;
}

function newDefault(comparison: Comparison, widget: FilledWidget): FillingVerdict | undefined {
  return !widget.keys.includes("DA") || isSafeDefaultAppearance(comparison.current.get(widget.now, "DA"))
    ? undefined
    : unclear("changes.default-appearance", "its default appearance is another one");
}

/** SECURITY: where readers draw all fields anew (ISO 32000-2 table 224), the drawing that was read is not the one seen. */
function drawnAnew({ old, current }: Comparison, widget: FilledWidget): FillingVerdict | undefined {
  const form = old.get(old.catalog, "AcroForm");
  if (!isDict(form) || old.get(form, "NeedAppearances") !== true) {
    return undefined;
  }
  const own = inherited(current, widget.now, "DA");
  const resources = old.get(form, "DR");
  const isPlain =
    !widget.keys.includes("DA") &&
    hasReadersFont(old, isDict(resources) ? resources : undefined, own === null ? old.get(form, "DA") : own);
  return isPlain
    ? undefined
    : unclear("changes.default-appearance", "readers draw it anew in a way that is not certain");
}
