import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { differingKeys } from "../object-equality.ts";
import { textOf } from "../pdf-text.ts";
import { forbidden, notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { judgeNewField } from "./new-signature-field.ts";

/** The interactive form (ISO 32000-2 table 224). Gives the object numbers of the widgets that new signatures add. */
export function judgeForm(comparison: Comparison): ReadonlySet<number> {
  const { old, current } = comparison;
  const before = old.catalog.entries.get("AcroForm");
  const now = current.catalog.entries.get("AcroForm");
  const oldForm = old.resolve(before);
  const newForm = current.resolve(now);
  const noWidgets: ReadonlySet<number> = new Set();
  if (isRef(before) && comparison.overridden.has(before.num)) {
    const own = { catalog: old.catalogRef.num };
    comparison.claimExclusive(before.num, (use) => use.from === own.catalog && use.key === "AcroForm", "form");
  }
  if (newForm === null && oldForm === null) {
    return noWidgets;
  }
  if (!isDict(newForm)) {
    comparison.add(forbidden("changes.form", "The document's form was removed or damaged."));
    return noWidgets;
  }
  const previous: PdfDict = isDict(oldForm) ? oldForm : { kind: "dict", entries: new Map(), duplicates: [] };
  for (const key of differingKeys({ file: old, dict: previous }, { file: current, dict: newForm })) {
    judgeFormKey(comparison, key, previous, newForm);
  }
  judgeResources(comparison, previous, newForm);
  return judgeFields(comparison, previous, newForm, isRef(before) ? before.num : old.catalogRef.num);
}

function judgeFormKey(comparison: Comparison, key: string, previous: PdfDict, now: PdfDict): void {
  switch (key) {
    case "Fields":
    case "DR":
      return;
    case "SigFlags":
      if (areSignatureFlags(comparison.old.get(previous, key), comparison.current.get(now, key))) {
        comparison.bookkeeping("changes.signature-flags", "The form's signature flags were set.");
        return;
      }
      break;
    case "DA":
    case "Q":
      if (!previous.entries.has(key) && !isDrawnAnew(comparison, previous)) {
        comparison.bookkeeping("changes.form-defaults", "The form got a default for the look of new fields.");
        return;
      }
      break;
    case "NeedAppearances":
      // True makes readers draw all fields anew; switching it off shows drawings that nobody saw before, if there are any.
      if (comparison.current.get(now, key) !== true && !isDrawnAnew(comparison, previous)) {
        comparison.bookkeeping("changes.need-appearances", "The form's appearances are final now.");
        return;
      }
      break;
    default:
      break;
  }
  const message = `The form's /${key} was changed after the signature, which cannot be judged yet.`;
  comparison.add(notJudged("other", "changes.not-judged", message));
}

/** ISO 32000-2 table 225: two flags; a later revision sets them, and takes none back. */
function areSignatureFlags(before: PdfObject, now: PdfObject): boolean {
  const earlier = before === null ? 0 : before;
  return typeof now === "number" && typeof earlier === "number" && now >= 0 && now <= 3 && (earlier & ~now & 3) === 0;
}

/** ISO 32000-2 table 224: readers draw the fields of the signed revision from their values and the form's defaults. */
function isDrawnAnew({ old }: Comparison, form: PdfDict): boolean {
  if (old.get(form, "NeedAppearances") !== true) {
    return false;
  }
  return asArray(old.get(form, "Fields")).some((item) => {
    const field = old.resolve(item);
    return !isDict(field) || !isName(old.get(field, "FT"), "Sig");
  });
}

/**
 * Default resources serve the default appearance strings alone (ISO 32000-2 12.7.4.3), which can only name fonts: fonts
 * may be added, none may change or go. Other kinds of resources there are used by nothing.
 */
function judgeResources(comparison: Comparison, previous: PdfDict, now: PdfDict): void {
  const { old, current } = comparison;
  const before = old.get(previous, "DR");
  const after = current.get(now, "DR");
  const ownNumbers = new Set<number>();
  const note = (object: PdfObject | undefined): void => {
    if (isRef(object)) {
      ownNumbers.add(object.num);
    }
  };
  note(previous.entries.get("DR"));
  for (const value of isDict(before) ? before.entries.values() : []) {
    note(value);
  }
  const changed = [...ownNumbers].filter((num) => comparison.overridden.has(num));
  if (
    before === null ||
    (changed.length === 0 && comparison.sameValue(previous.entries.get("DR"), now.entries.get("DR")))
  ) {
    return;
  }
  const grew = isDict(before) && isDict(after) && keptAll(comparison, before, after, "Font");
  if (!grew) {
    comparison.add(
      notJudged(
        "other",
        "changes.not-judged",
        "The form's default resources were changed, which cannot be judged yet.",
      ),
    );
  }
  for (const num of changed) {
    comparison.claimExclusive(
      num,
      (use) => use.key === "DR" || ownNumbers.has(use.from),
      "default resources of the form",
    );
  }
}

function keptAll(comparison: Comparison, before: PdfDict, after: PdfDict, key: string): boolean {
  const left = comparison.old.get(before, key);
  if (left === null) {
    return true;
  }
  const right = comparison.current.get(after, key);
  if (!isDict(left)) {
    return comparison.sameValue(before.entries.get(key), after.entries.get(key));
  }
  return (
    isDict(right) && [...left.entries].every(([name, value]) => comparison.sameValue(value, right.entries.get(name)))
  );
}

/** No field may go, new ones must be signature fields. */
function judgeFields(comparison: Comparison, previous: PdfDict, now: PdfDict, formNumber: number): ReadonlySet<number> {
  const { old, current } = comparison;
  const holder = previous.entries.get("Fields");
  if (isRef(holder) && comparison.overridden.has(holder.num)) {
    comparison.claimExclusive(holder.num, (use) => use.from === formNumber, "list of form fields");
  }
  const before = asArray(old.get(previous, "Fields"));
  const after = asArray(current.get(now, "Fields"));
  const widgets = new Set<number>();
  const added = addedItems(before, after);
  if (added === undefined) {
    comparison.add(
      forbidden("changes.fields-removed", "Form fields were removed or put in another order after the signature."),
    );
    return widgets;
  }
  const names = new Set(before.map((item) => partialName(old.resolve(item))));
  for (const item of added) {
    if (!isRef(item) || !comparison.added.has(item.num)) {
      comparison.add(
        notJudged(
          "form-filling",
          "changes.not-judged",
          "A form field was added that was hidden in the document before.",
        ),
      );
      continue;
    }
    judgeNewField(comparison, item, names, widgets);
    names.add(partialName(current.resolve(item)));
  }
  return widgets;
}

const asArray = (object: PdfObject): readonly PdfObject[] => (isArray(object) ? object : []);

const partialName = (object: PdfObject): string | undefined =>
  isDict(object) ? textOf(object.entries.get("T")) : undefined;

/** Items of `after` that are not in `before`; undefined when one of `before` is missing or the order changed. */
export function addedItems(
  before: readonly PdfObject[],
  after: readonly PdfObject[],
): readonly PdfObject[] | undefined {
  const added: PdfObject[] = [];
  let position = 0;
  for (const item of after) {
    const expected = before[position];
    if (expected !== undefined && sameItem(expected, item)) {
      position += 1;
    } else {
      added.push(item);
    }
  }
  return position === before.length ? added : undefined;
}

const sameItem = (a: PdfObject, b: PdfObject): boolean =>
  a === b || (isRef(a) && isRef(b) && a.num === b.num && a.gen === b.gen);
