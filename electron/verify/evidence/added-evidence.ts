import { isArray, isDict, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { sameBytes } from "../../pki/der-values.ts";
import { allowed } from "../changes/change.ts";
import type { Comparison } from "../changes/comparison.ts";
import { addedItems } from "../changes/form-rules.ts";
import { differingKeys, sameObject } from "../object-equality.ts";
import { type NameTree, type NameTreeEntry, readNameTree } from "./name-tree.ts";

/** What adding evidence to a document may add. */
export interface EvidenceAdditions {
  /** Object numbers of the file specifications of evidence that is good in itself. */
  readonly specifications: ReadonlySet<number>;
  /** Indexes of the revisions that added it; each may have added one page. */
  readonly revisions: ReadonlySet<number>;
}

/**
 * Claims what changed in the two lists of attached files when evidence alone was added to them. Gives the keys of the
 * catalog that are explained by that; what is not is left to the other rules, which know no such change.
 */
export function explainAttachments(comparison: Comparison, additions: EvidenceAdditions): ReadonlySet<string> {
  const explained = new Set<string>();
  if (isAssociatedExplained(comparison, additions)) {
    explained.add("AF");
  }
  if (isNamedExplained(comparison, additions)) {
    explained.add("Names");
  }
  if (explained.size > 0) {
    comparison.add(allowed("bookkeeping", "changes.evidence-attached", "Evidence was attached to the document."));
  }
  return explained;
}

const isAddition = ({ added }: Comparison, { specifications }: EvidenceAdditions, item: PdfObject): boolean =>
  isRef(item) && specifications.has(item.num) && added.has(item.num);

/** /AF (ISO 32000-2 14.13): an array that may be an object of its own. */
function isAssociatedExplained(comparison: Comparison, additions: EvidenceAdditions): boolean {
  const { old, current } = comparison;
  const [before, now] = [old.get(old.catalog, "AF"), current.get(current.catalog, "AF")];
  const holder = old.catalog.entries.get("AF");
  // One specification without a list is not allowed, but written by some.
  const kept = isDict(before) && isRef(holder) ? [holder] : (before ?? []);
  if (!isArray(kept) || !isArray(now)) {
    return false;
  }
  const items = addedItems(kept, now);
  if (items === undefined || !items.every((item) => isAddition(comparison, additions, item))) {
    return false;
  }
  const own = new Set(isRef(holder) && isArray(before) ? [holder.num] : []);
  return claimOwn(comparison, own, "AF");
}

/** /Names /EmbeddedFiles (ISO 32000-2 7.7.4): the tree keeps all it had, in its order. */
function isNamedExplained(comparison: Comparison, additions: EvidenceAdditions): boolean {
  const { old, current } = comparison;
  const [before, now] = [old.get(old.catalog, "Names"), current.get(current.catalog, "Names")];
  if ((before !== null && !isDict(before)) || !isDict(now)) {
    return false;
  }
  const previous: PdfDict = before ?? { kind: "dict", entries: new Map(), duplicates: [] };
  const keys = differingKeys({ file: old, dict: previous }, { file: current, dict: now });
  if (keys.some((key) => key !== "EmbeddedFiles")) {
    return false;
  }
  try {
    const tree = readNameTree(old, previous.entries.get("EmbeddedFiles"));
    const grown = readNameTree(current, now.entries.get("EmbeddedFiles"));
    if (!isGrown(comparison, additions, tree, grown)) {
      return false;
    }
    const holder = old.catalog.entries.get("Names");
    return claimOwn(comparison, new Set([...tree.nodes, ...(isRef(holder) ? [holder.num] : [])]), "Names");
  } catch (error) {
    if (error instanceof PdfProblem) {
      return false;
    }
    throw error;
  }
}

/**
 * SECURITY: names in another order than ISO 32000-2 7.9.6 wants are found by some programs and hidden from others, so the tree
 * has to be in order; a tree that never was may stay as it is.
 */
function isGrown(comparison: Comparison, additions: EvidenceAdditions, before: NameTree, now: NameTree): boolean {
  const { old, current } = comparison;
  const isSame = (kept: NameTreeEntry, { key, value }: NameTreeEntry): boolean =>
    sameBytes(kept.key.bytes, key.bytes) &&
    sameObject({ file: old, object: kept.value }, { file: current, object: value });
  const added = now.entries.filter(({ value }) => isAddition(comparison, additions, value));
  const rest = now.entries.filter(({ value }) => !isAddition(comparison, additions, value));
  const wanted = now.isOrdered && !before.isOrdered ? inOrder(before.entries) : before.entries;
  const isKept = rest.length === wanted.length && wanted.every((entry, index) => isSame(entry, rest[index] ?? entry));
  return isKept && added.length > 0 && (now.isOrdered || !before.isOrdered);
}

/** As a writer puts them in order: those that are equal stay as they are. */
const inOrder = (entries: readonly NameTreeEntry[]): readonly NameTreeEntry[] =>
  entries.toSorted((a, b) => Buffer.compare(a.key.bytes, b.key.bytes));

/** Objects that hold nothing but the list; false when something else in the document uses one of them. */
function claimOwn(comparison: Comparison, own: ReadonlySet<number>, key: string): boolean {
  const catalog = comparison.old.catalogRef.num;
  const changed = [...own].filter((num) => comparison.overridden.has(num));
  return comparison.claimIfOwn(changed, (use) => own.has(use.from) || (use.from === catalog && use.key === key));
}
