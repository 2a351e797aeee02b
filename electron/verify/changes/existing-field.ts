import { isDict, isName, isRef, type PdfDict } from "../../pdf/objects.ts";
import { differingKeys } from "../object-equality.ts";
import { textOf } from "../pdf-text.ts";
import { allowed, forbidden, notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { ancestorsIn, inherited } from "./filling/filled-field.ts";
import { judgeFilling } from "./filling/judge-filling.ts";
import { coversMuch, isVisible } from "./new-signature-field.ts";
import { indexReferences } from "./reference-index.ts";

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
