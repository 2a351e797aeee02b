import { isArray, isDict, isRef, isStream, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { toHex } from "../../pki/der-values.ts";
import { sha256 } from "../../pki/digest.ts";
import { allowed, forbidden } from "./change.ts";
import type { Comparison } from "./comparison.ts";

const DSS_KEYS: ReadonlySet<string> = new Set(["Type", "VRI", "Certs", "CRLs", "OCSPs"]);

/** The document security store may only grow (EN 319 142-1 5.4.2). */
export function judgeValidationData(comparison: Comparison): void {
  const { old, current } = comparison;
  const before = old.get(old.catalog, "DSS");
  const now = current.get(current.catalog, "DSS");
  if (before === null && now === null) {
    return;
  }
  const rewritten = claimStore(comparison, old.catalog.entries.get("DSS"));
  const problem = storeProblem(comparison, now);
  if (problem !== undefined) {
    comparison.add(forbidden("changes.validation-data", problem));
    return;
  }
  if (isDict(before) && isDict(now) && losesEvidence(comparison, before, now)) {
    // Evidence shows nothing to a reader and is trusted by nobody: a loss weakens later checks, not the document.
    const message = "Some validation data (certificates, revocation) was removed.";
    comparison.add(allowed("validation-data", "changes.validation-data-lost", message));
    return;
  }
  if (rewritten || !comparison.sameValue(old.catalog.entries.get("DSS"), current.catalog.entries.get("DSS"))) {
    const message = "Validation data (certificates, revocation) was added.";
    comparison.add(allowed("validation-data", "changes.validation-data", message));
  }
}

/**
 * The dictionaries and arrays of the store, not the evidence in it, may be written anew.
 * SECURITY: only what stands where EN 319 142-1 5.4.2 puts it; a store can lead to anything, a page included.
 */
function claimStore(comparison: Comparison, root: PdfObject | undefined): boolean {
  const { old } = comparison;
  const own = new Set<number>();
  const enter = (object: PdfObject | undefined): PdfDict | undefined => {
    const value = old.resolve(object);
    if (isRef(object) && (isDict(value) || isArray(value))) {
      own.add(object.num);
    }
    return isDict(value) ? value : undefined;
  };
  const store = enter(root);
  for (const key of EVIDENCE_KEYS) {
    enter(store?.entries.get(key));
  }
  for (const entry of enter(store?.entries.get("VRI"))?.entries.values() ?? []) {
    const evidence = enter(entry);
    for (const key of ENTRY_EVIDENCE_KEYS) {
      enter(evidence?.entries.get(key));
    }
  }
  const isOwnUse = (use: { readonly from: number; readonly key: string }): boolean =>
    own.has(use.from) || (use.from === old.catalogRef.num && use.key === "DSS");
  const rewritten = [...own].filter((num) => comparison.overridden.has(num));
  for (const num of rewritten) {
    comparison.claimExclusive(num, isOwnUse, "document security store");
  }
  return rewritten.length > 0;
}

const ENTRY_EVIDENCE_KEYS = ["Cert", "CRL", "OCSP"] as const;

function storeProblem(comparison: Comparison, now: PdfObject): string | undefined {
  if (!isDict(now)) {
    return "The document security store was removed or damaged.";
  }
  if ([...now.entries.keys()].some((key) => !DSS_KEYS.has(key))) {
    return "The document security store has an entry that does not belong there.";
  }
  const spoiled = EVIDENCE_KEYS.find((key) => !areStreams(comparison, comparison.current.get(now, key)));
  return spoiled === undefined ? undefined : `The document security store's /${spoiled} holds something else.`;
}

const EVIDENCE_KEYS = ["Certs", "CRLs", "OCSPs"] as const;

function losesEvidence(comparison: Comparison, before: PdfDict, now: PdfDict): boolean {
  const entries = comparison.current.get(now, "VRI");
  const earlier = comparison.old.get(before, "VRI");
  const lostEntry =
    isDict(earlier) && [...earlier.entries.keys()].some((key) => !isDict(entries) || !entries.entries.has(key));
  const lostEvidence = EVIDENCE_KEYS.some((key) => {
    const kept = comparison.old.get(before, key);
    return isArray(kept) && !holdsAll(comparison, comparison.current.get(now, key), kept);
  });
  return lostEntry || lostEvidence;
}

function areStreams(comparison: Comparison, list: PdfObject): boolean {
  return (
    list === null || (isArray(list) && list.every((item) => isRef(item) && isStream(comparison.current.resolve(item))))
  );
}

/** The same objects, or others with the same content: some tools write the whole store anew. */
function holdsAll(comparison: Comparison, list: PdfObject, kept: readonly PdfObject[]): boolean {
  const items = isArray(list) ? list : [];
  const present = new Set(items.map((item) => (isRef(item) ? item.num : -1)));
  const missing = kept.filter((item) => !isRef(item) || !present.has(item.num));
  if (missing.length === 0) {
    return true;
  }
  const contents = new Set(items.map((item) => contentOf(comparison.current, item)));
  return missing.every((item) => contents.has(contentOf(comparison.old, item)));
}

function contentOf(file: PdfFile, item: PdfObject): string {
  const stream = file.resolve(item);
  return isStream(stream) ? toHex(sha256(file.streamBytes(stream))) : "";
}
