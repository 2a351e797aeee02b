import { isArray } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import type { Comparison } from "../comparison.ts";
import { optionsIn, shownOption } from "./choice-options.ts";
import { type FilledField, inherited } from "./filled-field.ts";
import { type FillingVerdict, unclear } from "./filling-verdict.ts";
import { judgeList } from "./list-filling.ts";
import { judgeShownText } from "./text-filling.ts";
import { textValue } from "./text-value.ts";

const COMBO = 1 << 17;
const EDIT = 1 << 18;

/**
 * A combo box (ISO 32000-2 12.7.5.4) shows the option that is its value; a list box shows all of them.
 */
export function judgeChoice(comparison: Comparison, field: FilledField): FillingVerdict {
  if ((field.flags & COMBO) === 0) {
    return judgeList(comparison, field);
  }
  const options = optionsIn(comparison.old, inherited(comparison.old, field.before, "Opt"));
  const before = textValue(comparison.old, singleValue(comparison.old, inherited(comparison.old, field.before, "V")));
  const now = textValue(
    comparison.current,
    singleValue(comparison.current, inherited(comparison.current, field.now, "V")),
  );
  if (options === undefined || before === undefined || now === undefined) {
    return unclear("changes.field-changed", "its value or its options are not understood");
  }
  const shown = shownOption(options, now);
  if (shown === undefined && now !== "" && (field.flags & EDIT) === 0) {
    return unclear("changes.no-option", "its value is none of its options");
  }
  const index = comparison.current.get(field.now, "I");
  const right = options.findIndex(({ exported }) => exported === now);
  if (
    index !== null &&
    !(isArray(index) && (index.length === 0 ? now === "" || right < 0 : index.length === 1 && index[0] === right))
  ) {
    return unclear("changes.option-index", "its value and the number of the chosen option do not agree");
  }
  return judgeShownText(comparison, field, shownOption(options, before) ?? before, shown ?? now);
}

/** A value may be an array of one. */
const singleValue = (file: PdfFile, value: ReturnType<PdfFile["resolve"]>): ReturnType<PdfFile["resolve"]> =>
  isArray(value) && value.length === 1 ? file.resolve(value[0]) : value;
