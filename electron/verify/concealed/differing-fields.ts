import { formFields, type FormField } from "../../pdf/form-fields.ts";
import { isArray, isDict, isName, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { optionsIn, shownOption } from "../changes/filling/choice-options.ts";
import { inherited } from "../changes/filling/filled-field.ts";
import { decimalSignOf, hasFormat } from "../changes/filling/format-action.ts";
import { isMasked, isSameNumber, isSameText } from "../changes/filling/shown-text.ts";
import { textValue } from "../changes/filling/text-value.ts";
import { widgetDrawing } from "../changes/filling/widget-drawing.ts";
import { nameOf } from "../pdf-text.ts";

/** ISO 32000-2 tables 227, 229, 230 and 167. */
const PASSWORD = 1 << 13;
const PUSH_BUTTON = 1 << 16;
const COMBO = 1 << 17;
const NOT_SHOWN = 2 | 32;
const OFF = "Off";

/**
 * The names of fields that show something else than their value (the shadow attack "replace"): a program that draws them
 * anew shows another document. Only what is certain counts: a field whose drawing is missing, not understood, to be made
 * anew (/NeedAppearances) or made by a script says nothing.
 */
export function* differingFields(file: PdfFile): Generator<string | undefined> {
  const form = file.get(file.catalog, "AcroForm");
  if (!isDict(form) || file.get(form, "NeedAppearances") === true || form.entries.has("XFA")) {
    return;
  }
  for (const field of formFields(file)) {
    yield differs(file, field) ? field.name : undefined;
  }
}

function differs(file: PdfFile, field: FormField): boolean {
  try {
    return field.widgets.some(
      (widget) => isShown(file, widget.dict) && widgetDiffers(file, field, widget.dict) && widget.page !== null,
    );
  } catch (error) {
    if (error instanceof PdfProblem) {
      return false;
    }
    throw error;
  }
}

function isShown(file: PdfFile, widget: PdfDict): boolean {
  const flags = file.get(widget, "F");
  return ((typeof flags === "number" ? flags : 0) & NOT_SHOWN) === 0;
}

function widgetDiffers(file: PdfFile, field: FormField, widget: PdfDict): boolean {
  const value = file.resolve(field.value);
  switch (field.type ?? "") {
    case "Tx":
      return textDiffers(file, field, widget, textValue(file, value));
    case "Ch": {
      const text = textValue(file, isArray(value) && value.length === 1 ? (value[0] ?? null) : value);
      const options = optionsIn(file, inherited(file, field.dict, "Opt"));
      const isCombo = (field.flags & COMBO) !== 0;
      return (
        isCombo &&
        options !== undefined &&
        text !== undefined &&
        textDiffers(file, field, widget, text) &&
        textDiffers(file, field, widget, shownOption(options, text))
      );
    }
    case "Btn":
      return (field.flags & PUSH_BUTTON) === 0 && stateDiffers(file, widget, value);
    default:
      return false;
  }
}

function textDiffers(file: PdfFile, field: FormField, widget: PdfDict, value: string | undefined): boolean {
  const drawing = value === undefined ? "none" : widgetDrawing(file, widget);
  if (value === undefined || drawing === "none" || !drawing.clear || isSameText(drawing.text, value)) {
    return false;
  }
  if ((field.flags & PASSWORD) !== 0) {
    return !isMasked(drawing.text, value);
  }
  const decimalSign = decimalSignOf(file, field.dict);
  return decimalSign === undefined ? !hasFormat(file, field.dict) : !isSameNumber(drawing.text, value, decimalSign);
}

/** ISO 32000-2 12.7.5.2.3: /V names the state that is shown; the other buttons of a group show that they are off. */
function stateDiffers(file: PdfFile, widget: PdfDict, value: PdfObject): boolean {
  const appearance = file.get(widget, "AP");
  const states = isDict(appearance) ? file.get(appearance, "N") : null;
  if (!isDict(states) || (value !== null && !isName(value))) {
    return false;
  }
  const shown = nameOf(file.get(widget, "AS")) ?? OFF;
  const wanted = nameOf(value) ?? OFF;
  return shown !== (states.entries.has(wanted) ? wanted : OFF);
}
