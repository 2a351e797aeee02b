import { isArray, isDict, isRef, numberOf, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { differingKeys } from "../object-equality.ts";
import { notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { asList, numbersGrow } from "./structure-rules.ts";

/** SECURITY: a hostile tree has no end. */
const MOST_NODES = 20_000;

/** The nodes of the signed state's parent tree that are objects of their own (ISO 32000-2 7.9.7, 14.7.5.4). */
interface ParentTree {
  readonly nodes: ReadonlySet<number>;
  /** The structure's root that the tree hangs on. */
  readonly root: number | undefined;
  /** The highest number in it. */
  readonly highest: number;
}

const known = new WeakMap<Comparison, ParentTree>();

/** Is this object a node of the parent tree, and used for nothing else? */
export function isParentTreeNode(comparison: Comparison, num: number, before: PdfDict): boolean {
  if (!before.entries.has("Nums") && !before.entries.has("Kids")) {
    return false;
  }
  const { nodes, root } = treeOf(comparison);
  const uses = comparison.index.usesOf(num);
  return (
    nodes.has(num) &&
    uses.every(({ from, key }) => (from === root && key === "ParentTree") || (key === "Kids" && nodes.has(from)))
  );
}

/** It may gain numbers behind all others, for new signature fields; nothing that had one may lose or change it. */
export function judgeParentTreeNode(comparison: Comparison, num: number, before: PdfDict): void {
  comparison.claim(num);
  const now = comparison.valueNow(num);
  if (isDict(now) && growsAtTheEnd(comparison, before, now)) {
    comparison.bookkeeping("changes.structure", "A new signature field was added to the document's structure.", num);
    return;
  }
  const message = "The document's structure tree was changed, which cannot be judged yet.";
  comparison.add(notJudged("other", "changes.not-judged", message, { object: num }));
}

function growsAtTheEnd(comparison: Comparison, before: PdfDict, now: PdfDict): boolean {
  const { old, current } = comparison;
  return differingKeys({ file: old, dict: before }, { file: current, dict: now }).every((key) => {
    switch (key) {
      case "Nums": {
        const kept = asList(old, before.entries.get("Nums")).length;
        const added = asList(current, now.entries.get("Nums")).slice(kept);
        const numbers = added.filter((_, index) => index % 2 === 0).map((one) => numberOf(current.resolve(one)));
        const behind = numbers.every((number) => number !== undefined && number > treeOf(comparison).highest);
        return behind && numbersGrow(old, before, current, now);
      }
      case "Limits":
        return limitsWiden(old, before, current, now);
      default:
        return false;
    }
  });
}

/** Only the upper one moves, and only upwards. */
function limitsWiden(old: PdfFile, before: PdfDict, current: PdfFile, now: PdfDict): boolean {
  const limits = (file: PdfFile, dict: PdfDict): readonly (number | undefined)[] =>
    asList(file, dict.entries.get("Limits")).map((limit) => numberOf(file.resolve(limit)));
  const [low, high, ...rest] = limits(old, before);
  const [newLow, newHigh, ...newRest] = limits(current, now);
  const whole = low !== undefined && high !== undefined && newHigh !== undefined;
  return whole && low === newLow && newHigh >= high && rest.length === 0 && newRest.length === 0;
}

function treeOf(comparison: Comparison): ParentTree {
  const found = known.get(comparison) ?? walk(comparison.old);
  known.set(comparison, found);
  return found;
}

function walk(old: PdfFile): ParentTree {
  const catalog = old.fetch(old.catalogRef);
  const rootRef = isDict(catalog) ? catalog.entries.get("StructTreeRoot") : undefined;
  const root = old.resolve(rootRef);
  const nodes = new Set<number>();
  let highest = -1;
  const pending: (PdfObject | undefined)[] = isDict(root) ? [root.entries.get("ParentTree")] : [];
  while (pending.length > 0 && nodes.size < MOST_NODES) {
    const item = pending.pop();
    if (isRef(item)) {
      if (nodes.has(item.num)) {
        continue;
      }
      nodes.add(item.num);
    }
    const node = old.resolve(item);
    if (!isDict(node)) {
      continue;
    }
    const kids = old.resolve(node.entries.get("Kids"));
    // A kid that is no object of its own is no tree that anybody writes.
    pending.push(...(isArray(kids) ? kids.filter(isRef) : []));
    for (const [index, one] of asList(old, node.entries.get("Nums")).entries()) {
      highest = index % 2 === 0 ? Math.max(highest, numberOf(old.resolve(one)) ?? highest) : highest;
    }
  }
  return { nodes, root: isRef(rootRef) ? rootRef.num : undefined, highest };
}
