import { isArray, isDict, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { sameBytes } from "../../pki/der-values.ts";
import { allowed } from "../changes/change.ts";
import type { Comparison } from "../changes/comparison.ts";
import { addedItems } from "../changes/form-rules.ts";
import { differingKeys, sameObject } from "../object-equality.ts";
import { type NameTree, readNameTree } from "./name-tree.ts";

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
  if ((before !== null && !isArray(before)) || !isArray(now)) {
    return false;
  }
  const items = addedItems(before ?? [], now);
  if (items === undefined || !items.every((item) => isAddition(comparison, additions, item))) {
    return false;
  }
  const holder = old.catalog.entries.get("AF");
  const own = new Set(isRef(holder) ? [holder.num] : []);
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

function isGrown(comparison: Comparison, additions: EvidenceAdditions, before: NameTree, now: NameTree): boolean {
  const { old, current } = comparison;
  let position = 0;
  for (const { key, value } of now.entries) {
    const kept = before.entries[position];
    if (
      kept !== undefined &&
      sameBytes(kept.key.bytes, key.bytes) &&
      sameObject({ file: old, object: kept.value }, { file: current, object: value })
    ) {
      position += 1;
    } else if (!isAddition(comparison, additions, value)) {
      return false;
    }
  }
  // SECURITY: names in another order than ISO 32000-2 7.9.6 wants are found by some programs only, and so are hidden ones.
  const isOrdered = now.isOrdered || !before.isOrdered;
  return position === before.entries.length && isOrdered;
}

/** Objects that hold nothing but the list; false when something else in the document uses one of them. */
function claimOwn(comparison: Comparison, own: ReadonlySet<number>, key: string): boolean {
  const catalog = comparison.old.catalogRef.num;
  const changed = [...own].filter((num) => comparison.overridden.has(num));
  const isOwn = changed.every((num) =>
    comparison.index.usesOf(num).every((use) => own.has(use.from) || (use.from === catalog && use.key === key)),
  );
  if (isOwn) {
    changed.forEach((num) => comparison.claim(num));
  }
  return isOwn;
}
