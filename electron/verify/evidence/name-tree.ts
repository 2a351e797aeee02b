import { isArray, isDict, isRef, isString, type PdfObject, type PdfString, refKey } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";

export interface NameTreeEntry {
  readonly key: PdfString;
  /** As written: usually a reference. */
  readonly value: PdfObject;
}

export interface NameTree {
  readonly entries: readonly NameTreeEntry[];
  /** Numbers of the objects that the tree is made of: nodes and arrays, not the values. */
  readonly nodes: ReadonlySet<number>;
  /** Keys ascend, and the limits of each node are those of what it holds (ISO 32000-2 7.9.6). */
  readonly isOrdered: boolean;
}

/** SECURITY: trees with circles or without end. */
const MOST_NODES = 5_000;
const MOST_ENTRIES = 50_000;

/** All of a name tree (ISO 32000-2 7.9.6), in its order. Throws `PdfProblem` for what is none. */
export function readNameTree(file: PdfFile, root: PdfObject | undefined): NameTree {
  const entries: NameTreeEntry[] = [];
  const nodes = new Set<number>();
  const seen = new Set<string>();
  const enter = (object: PdfObject | undefined): PdfObject => {
    if (isRef(object)) {
      if (seen.has(refKey(object))) {
        throw new PdfProblem("object-broken", "A name tree leads back to itself.");
      }
      seen.add(refKey(object));
      nodes.add(object.num);
    }
    return file.resolve(object);
  };
  const limits: Limits[] = [];
  // A node, or the end of one whose entries have all been read.
  const waiting: (PdfObject | undefined | Limits)[] = root === undefined ? [] : [root];
  let visited = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (isLimits(next)) {
      next.to = entries.length;
      continue;
    }
    if (visited >= MOST_NODES || entries.length > MOST_ENTRIES) {
      throw new PdfProblem("limit", "A name tree is larger than honest ones are.");
    }
    visited += 1;
    const node = enter(next);
    if (!isDict(node)) {
      throw new PdfProblem("object-broken", "A node of a name tree is no dictionary.");
    }
    const names = enter(node.entries.get("Names"));
    const kids = enter(node.entries.get("Kids"));
    if ((names !== null && !isArray(names)) || (kids !== null && !isArray(kids)) || (names !== null && kids !== null)) {
      throw new PdfProblem("object-broken", "A node of a name tree has neither names nor kids.");
    }
    const limit = file.resolve(node.entries.get("Limits"));
    if (limit !== null) {
      const [low, high] = isArray(limit) ? limit.map((side) => file.resolve(side)) : [];
      const own: Limits = { from: entries.length, to: entries.length, low: low ?? null, high: high ?? null };
      limits.push(own);
      waiting.push(own);
    }
    for (let index = 0; isArray(names) && index < names.length; index += 2) {
      const key = file.resolve(names[index]);
      const value = names[index + 1];
      if (!isString(key) || value === undefined) {
        throw new PdfProblem("object-broken", "An entry of a name tree has no name or no value.");
      }
      entries.push({ key, value });
    }
    waiting.push(...(isArray(kids) ? kids.toReversed() : []));
  }
  return { entries, nodes, isOrdered: areAscending(entries) && limits.every((limit) => isLimitOf(limit, entries)) };
}

const isLimits = (item: PdfObject | undefined | Limits): item is Limits =>
  typeof item === "object" && item !== null && "from" in item && "to" in item;

/** What a node says about its own part of the entries. */
interface Limits {
  readonly from: number;
  readonly low: PdfObject;
  readonly high: PdfObject;
  /** Index behind its last entry; known once what it holds has been read. */
  to: number;
}

const areAscending = (entries: readonly NameTreeEntry[]): boolean =>
  entries.every(({ key }, index) => {
    const before = entries[index - 1];
    return before === undefined || Buffer.compare(before.key.bytes, key.bytes) <= 0;
  });

function isLimitOf({ from, to, low, high }: Limits, entries: readonly NameTreeEntry[]): boolean {
  const [first, last] = [entries[from]?.key, entries[to - 1]?.key];
  return (
    first !== undefined &&
    last !== undefined &&
    from < to &&
    isString(low) &&
    isString(high) &&
    Buffer.compare(low.bytes, first.bytes) === 0 &&
    Buffer.compare(high.bytes, last.bytes) === 0
  );
}
