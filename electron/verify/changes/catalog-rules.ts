import { isArray, isDict, isName, isRef, isStream, type PdfDict } from "../../pdf/objects.ts";
import { differingKeys } from "../object-equality.ts";
import { nameOf } from "../pdf-text.ts";
import { allowed, forbidden, notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { referencesIn } from "./reference-index.ts";
import { judgeValidationData } from "./validation-data-rules.ts";

/** Keys whose change alters what the document shows or does: never allowed. */
const DOCUMENT_KEYS: ReadonlySet<string> = new Set([
  "Pages",
  "OpenAction",
  "AA",
  "Names",
  "OCProperties",
  "Type",
  "URI",
  "Collection",
  "NeedsRendering",
  "Threads",
]);

/** The trailer (ISO 32000-2 table 15): the catalog must stay the same object; /Info may say something new. */
export function judgeTrailer(comparison: Comparison): void {
  const { old, current } = comparison;
  if (old.catalogRef.num !== current.catalogRef.num || old.catalogRef.gen !== current.catalogRef.gen) {
    comparison.add(
      forbidden(
        "changes.catalog-replaced",
        "The document's root was replaced by another object.",
        current.catalogRef.num,
      ),
    );
  }
  if (!comparison.sameValue(old.trailer.entries.get("Encrypt"), current.trailer.entries.get("Encrypt"))) {
    comparison.add(forbidden("changes.encryption", "The document's encryption was changed after the signature."));
  }
  const info = old.trailer.entries.get("Info");
  if (isRef(info) && comparison.overridden.has(info.num)) {
    // The trailer is no object, so an information dictionary has no use that the index could know.
    comparison.claimExclusive(info.num, () => false, "document information");
    comparison.bookkeeping("changes.information", "The document information was updated.", info.num);
  } else if (isRef(info) && comparison.freed.has(info.num) && comparison.index.usesOf(info.num).length === 0) {
    comparison.claim(info.num);
  }
}

/** The catalog (ISO 32000-2 table 29); /AcroForm has rules of its own, and so have the keys that are explained already. */
export function judgeCatalog(comparison: Comparison, explained: ReadonlySet<string> = new Set()): void {
  const { old, current } = comparison;
  const num = old.catalogRef.num;
  // SECURITY: a catalog that is also a page's list of drawings draws its own metadata.
  comparison.claimExclusive(num, (use) => isTransformData(comparison, use), "root of the document");
  const differing = new Set(differingKeys({ file: old, dict: old.catalog }, { file: current, dict: current.catalog }));
  for (const key of ["Metadata", "Extensions"] as const) {
    judgeReplaceable(comparison, key, differing.has(key));
  }
  judgeValidationData(comparison);
  judgePermissions(comparison, differing.has("Perms"));
  for (const key of differing) {
    if (!explained.has(key)) {
      judgeKey(comparison, key, num);
    }
  }
}

/** ISO 32000-2 table 256: a signature reference names the object that its transform is about, for FieldMDP the root. */
function isTransformData(comparison: Comparison, use: { readonly from: number; readonly key: string }): boolean {
  const { old } = comparison;
  const user = comparison.valueBefore(use.from);
  if (!isDict(user)) {
    return false;
  }
  return use.key === "Reference" ? isArray(old.get(user, "ByteRange")) : use.key === "Data" && isTransform(user);
}

const isTransform = (user: PdfDict): boolean => user.entries.has("TransformMethod") && !user.entries.has("Subtype");

const JUDGED_ELSEWHERE: ReadonlySet<string> = new Set(["Metadata", "Extensions", "DSS", "Perms", "AcroForm"]);

function judgeKey(comparison: Comparison, key: string, num: number): void {
  if (JUDGED_ELSEWHERE.has(key)) {
    return;
  }
  const { old, current } = comparison;
  if (key === "Version") {
    const before = nameOf(old.get(old.catalog, key)) ?? "0.0";
    const now = nameOf(current.get(current.catalog, key)) ?? "0.0";
    comparison.add(
      now >= before
        ? allowed("bookkeeping", "changes.version", `The document now declares PDF version ${now}.`)
        : forbidden("changes.version", "The document's declared version was lowered.", num),
    );
    return;
  }
  if (key === "PageMode" && PANELS.has(nameOf(current.get(current.catalog, key)) ?? "UseNone")) {
    comparison.bookkeeping("changes.page-mode", "Another panel opens beside the document.", num);
    return;
  }
  comparison.add(
    DOCUMENT_KEYS.has(key)
      ? forbidden("changes.catalog", `The document's /${key} was changed after the signature.`, num)
      : notJudged(
          "other",
          "changes.not-judged",
          `The document's /${key} was changed after the signature, which cannot be judged yet.`,
          { object: num },
        ),
  );
}

/** ISO 32000-2 table 29, /PageMode: which panel is open. The whole screen is no panel, layers are judged elsewhere. */
const PANELS: ReadonlySet<string> = new Set(["UseNone", "UseOutlines", "UseThumbs", "UseAttachments"]);

/** Metadata and developer extensions may be replaced as a whole, if nothing else uses them. */
function judgeReplaceable(comparison: Comparison, key: "Metadata" | "Extensions", differs: boolean): void {
  const { old, current } = comparison;
  const before = old.catalog.entries.get(key);
  const inside = new Set(referencesIn(before));
  const dict = old.resolve(before);
  for (const num of isDict(dict) ? referencesIn(dict) : []) {
    inside.add(num);
  }
  const changed = [...inside].filter((num) => comparison.overridden.has(num));
  for (const num of changed) {
    comparison.claimExclusive(
      num,
      (use) => (use.from === old.catalogRef.num && use.key === key) || inside.has(use.from),
      `/${key} of the document`,
    );
  }
  const now = current.get(current.catalog, key);
  const wellFormed =
    key === "Metadata" ? isStream(now) && isName(now.dict.entries.get("Type"), "Metadata") : isDict(now);
  if ((differs || changed.length > 0) && now !== null) {
    comparison.add(
      wellFormed
        ? allowed("bookkeeping", `changes.${key.toLowerCase()}`, `The document's /${key} was updated.`)
        : forbidden(`changes.${key.toLowerCase()}`, `The document's new /${key} is not well formed.`),
    );
  } else if (differs) {
    comparison.add(
      notJudged("other", "changes.not-judged", `The document's /${key} was removed, which cannot be judged yet.`),
    );
  }
}

/** A later certification only restricts; an existing entry must stay as it is. */
function judgePermissions(comparison: Comparison, differs: boolean): void {
  const { old, current } = comparison;
  const before = old.catalog.entries.get("Perms");
  const changedObject = isRef(before) && comparison.overridden.has(before.num);
  if (!differs && !changedObject) {
    return;
  }
  const oldPermissions = old.resolve(before);
  const now = current.get(current.catalog, "Perms");
  const value = isDict(now) ? now.entries.get("DocMDP") : undefined;
  const onlyAdds =
    isDict(now) &&
    isRef(value) &&
    comparison.added.has(value.num) &&
    [...(isDict(oldPermissions) ? oldPermissions.entries.keys() : [])].every(
      (key) =>
        key !== "DocMDP" && comparison.sameValue((oldPermissions as PdfDict).entries.get(key), now.entries.get(key)),
    );
  if (changedObject) {
    comparison.claim(before.num);
  }
  comparison.add(
    onlyAdds
      ? allowed("bookkeeping", "changes.certified-later", "A later signature certifies the document.")
      : forbidden("changes.permissions", "The document's permissions (/Perms) were changed after the signature."),
  );
}
