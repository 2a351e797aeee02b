import { isArray, isDict, isName, isRef, isStream, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { differingKeys } from "../object-equality.ts";
import { nameOf } from "../pdf-text.ts";
import { allowed, forbidden, notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { referencesIn } from "./reference-index.ts";

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
  } else if (isRef(info) && comparison.freed.has(info.num)) {
    comparison.claim(info.num);
  }
}

/** The catalog (ISO 32000-2 table 29); /AcroForm has rules of its own. */
export function judgeCatalog(comparison: Comparison): void {
  const { old, current } = comparison;
  const num = old.catalogRef.num;
  comparison.claim(num);
  const differing = new Set(differingKeys({ file: old, dict: old.catalog }, { file: current, dict: current.catalog }));
  for (const key of ["Metadata", "Extensions"] as const) {
    judgeReplaceable(comparison, key, differing.has(key));
  }
  judgeValidationData(comparison);
  judgePermissions(comparison, differing.has("Perms"));
  for (const key of differing) {
    judgeKey(comparison, key, num);
  }
}

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

const DSS_KEYS: ReadonlySet<string> = new Set(["Type", "VRI", "Certs", "CRLs", "OCSPs"]);

/** The document security store may only grow (EN 319 142-1 5.4.2). */
function judgeValidationData(comparison: Comparison): void {
  const { old, current } = comparison;
  const before = old.get(old.catalog, "DSS");
  const now = current.get(current.catalog, "DSS");
  if (before === null && now === null) {
    return;
  }
  claimStore(comparison, old.catalog.entries.get("DSS"));
  const problem = storeProblem(comparison, before, now);
  if (problem !== undefined) {
    comparison.add(forbidden("changes.validation-data", problem));
  } else if (
    !comparison.sameValue(old.catalog.entries.get("DSS"), current.catalog.entries.get("DSS")) ||
    before !== now
  ) {
    comparison.add(
      allowed("validation-data", "changes.validation-data", "Validation data (certificates, revocation) was added."),
    );
  }
}

/** The dictionaries and arrays of the store, not the evidence in it, may be written anew. */
function claimStore(comparison: Comparison, root: PdfObject | undefined): void {
  const { old } = comparison;
  const own = new Set<number>();
  const walk = (object: PdfObject | undefined, depth: number): void => {
    for (const num of referencesIn(object)) {
      const value = comparison.valueBefore(num);
      if (own.has(num) || depth > 6 || isStream(value)) {
        continue;
      }
      own.add(num);
      walk(value, depth + 1);
    }
  };
  walk(root, 0);
  const isOwnUse = (use: { readonly from: number; readonly key: string }): boolean =>
    own.has(use.from) || (use.from === old.catalogRef.num && use.key === "DSS");
  for (const num of own) {
    if (comparison.overridden.has(num)) {
      comparison.claimExclusive(num, isOwnUse, "document security store");
    }
  }
}

function storeProblem(comparison: Comparison, before: PdfObject, now: PdfObject): string | undefined {
  if (!isDict(now)) {
    return "The document security store was removed or damaged.";
  }
  if ([...now.entries.keys()].some((key) => !DSS_KEYS.has(key))) {
    return "The document security store has an entry that does not belong there.";
  }
  const store = isDict(before) ? before : undefined;
  for (const key of ["Certs", "CRLs", "OCSPs"]) {
    const list = comparison.current.get(now, key);
    const earlier = store === undefined ? null : comparison.old.get(store, key);
    const kept = isArray(earlier) ? earlier : [];
    if (!areStreams(comparison, list) || !holdsAll(list, kept)) {
      return `The document security store lost or spoiled some of its /${key}.`;
    }
  }
  const entries = comparison.current.get(now, "VRI");
  const earlier = store === undefined ? null : comparison.old.get(store, "VRI");
  const lost =
    isDict(earlier) && [...earlier.entries.keys()].some((key) => !isDict(entries) || !entries.entries.has(key));
  return lost ? "The document security store lost an entry of its /VRI." : undefined;
}

function areStreams(comparison: Comparison, list: PdfObject): boolean {
  return (
    list === null || (isArray(list) && list.every((item) => isRef(item) && isStream(comparison.current.resolve(item))))
  );
}

function holdsAll(list: PdfObject, kept: readonly PdfObject[]): boolean {
  const present = new Set(isArray(list) ? list.map((item) => (isRef(item) ? item.num : -1)) : []);
  return kept.every((item) => isRef(item) && present.has(item.num));
}
