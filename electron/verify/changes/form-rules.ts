import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { differingKeys } from "../object-equality.ts";
import { textOf } from "../pdf-text.ts";
import { allowed, forbidden, notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { ancestorsIn, inherited } from "./filling/filled-field.ts";
import { judgeFilling } from "./filling/judge-filling.ts";
import { indexReferences } from "./reference-index.ts";
import { coversMuch, isVisible, judgeNewField } from "./new-signature-field.ts";

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

/** What signing an existing empty field may write into it (ISO 32000-2 tables 166, 226, 234). */
const SIGNING_KEYS: ReadonlySet<string> = new Set(["V", "AP", "AS", "F", "M", "P", "DA", "MK", "Type", "NM"]);

/**
 * Keys under which honest documents refer to a field or its widget; "" is an array that is an object of its own.
 * SECURITY: a dictionary that is a field here and a list of resources there draws on the page when it is "signed".
 */
const FIELD_USES: ReadonlySet<string> = new Set([
  "",
  "Annots",
  "Fields",
  "Kids",
  "Parent",
  "Obj",
  "K",
  "CO",
  "A",
  "AA",
  "Names",
  "Nums",
]);

/** Fields of the signed revision that have another value now. */
export function judgeExistingField(comparison: Comparison, num: number, field: PdfDict): void {
  const now = comparison.valueNow(num);
  comparison.claimExclusive(num, (use) => FIELD_USES.has(use.key), "form field");
  const name = fullName(comparison, field);
  if (!isDict(now)) {
    comparison.add(forbidden("changes.field", `The form field "${name}" was replaced by something else.`, num));
    return;
  }
  const keys = differingKeys({ file: comparison.old, dict: field }, { file: comparison.current, dict: now });
  if (!isSignatureField(comparison, field)) {
    judgeFilling(comparison, num, field);
    return;
  }
  if (inherited(comparison.old, field, "V") !== null) {
    comparison.add(
      forbidden("changes.signature-field", `The signed field "${name}" was changed after the signature.`, num),
    );
    return;
  }
  judgeFilledSignature(comparison, { num, name, field, now, keys });
}

interface FilledField {
  readonly num: number;
  readonly name: string;
  readonly field: PdfDict;
  readonly now: PdfDict;
  readonly keys: readonly string[];
}

function judgeFilledSignature(comparison: Comparison, { num, name, field, now, keys }: FilledField): void {
  const odd = keys.find((key) => !SIGNING_KEYS.has(key));
  // The widget of a field that has several parts shows the signature that its field holds.
  const holder = ancestorsIn(comparison.current, now).find((dict) => dict.entries.has("V"));
  const value = holder?.entries.get("V");
  const isNew = isRef(value) ? comparison.added.has(value.num) : isDict(value);
  // SECURITY: without a signature in it, the field's new drawing would be just a picture that somebody put on the page.
  if (odd !== undefined || !isNew || isDrawingShared(comparison, field, keys)) {
    const message = `The signature field "${name}" was changed in a way that cannot be judged yet.`;
    comparison.add(notJudged("signature", "changes.not-judged", message, { object: num, field: name }));
    return;
  }
  claimAppearance(comparison, num, field);
  // SECURITY: a field that nobody could see is no place that the signer of the document agreed to have drawn on.
  const appears = keys.includes("F") && isVisible(comparison, now) && !isVisible(comparison, field);
  if (appears) {
    const message = `The hidden field "${name}" was signed and shown.`;
    const place = { object: num, field: name, visible: true };
    comparison.add(
      coversMuch(comparison, now)
        ? notJudged("new-signature-field", "changes.covering-mark", message, place)
        : allowed("new-signature-field", "changes.signature", message, place),
    );
    return;
  }
  comparison.add(
    allowed("signature", "changes.signature", `The field "${name}", which was there before, was signed.`, {
      object: num,
      field: name,
    }),
  );
}

/** SECURITY: an empty field whose drawing is also part of something else was prepared to carry it away. */
function isDrawingShared(comparison: Comparison, field: PdfDict, keys: readonly string[]): boolean {
  const drawing = field.entries.get("AP");
  if (!keys.includes("AP") || !isRef(drawing)) {
    return false;
  }
  const index = indexReferences(comparison.old, new Set([drawing.num]));
  return index.usesOf(drawing.num).some((use) => use.key !== "AP");
}

/** The drawing of the field may be written anew in place, if nothing else uses it. */
function claimAppearance(comparison: Comparison, fieldNumber: number, field: PdfDict): void {
  const appearance = comparison.old.get(field, "AP");
  const numbers = new Set<number>();
  const direct = field.entries.get("AP");
  if (isRef(direct)) {
    numbers.add(direct.num);
  }
  for (const value of isDict(appearance) ? appearance.entries.values() : []) {
    if (isRef(value)) {
      numbers.add(value.num);
    }
  }
  for (const num of numbers) {
    if (comparison.overridden.has(num)) {
      comparison.claimExclusive(
        num,
        (use) => (use.from === fieldNumber && use.key === "AP") || numbers.has(use.from),
        "drawing of a signature field",
      );
    }
  }
}

const isSignatureField = ({ old }: Comparison, field: PdfDict): boolean => isName(inherited(old, field, "FT"), "Sig");

export function fullName(comparison: Comparison, field: PdfDict): string {
  return ancestorsIn(comparison.old, field)
    .toReversed()
    .flatMap((dict) => textOf(comparison.old.get(dict, "T")) ?? [])
    .join(".");
}
