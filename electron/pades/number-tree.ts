import { dict, isArray, isDict } from "../pdf/objects.ts";
import type { PdfDict, PdfObject } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { lastReference, withEntries } from "./form-update.ts";

/** SECURITY: a tree can run in a circle; honest ones have a few levels (ISO 32000-2 7.9.7). */
const MAXIMUM_DEPTH = 20;

/** Values under ascending keys, one after the other. At least one. */
export interface NewEntries {
  readonly first: number;
  readonly values: readonly PdfObject[];
}

const numbersOf = ({ first, values }: NewEntries): readonly PdfObject[] =>
  values.flatMap((value, index) => [first + index, value]);

/** The highest key of the parent tree; -1 when it is empty, missing or too deep. */
export function highestKey(file: PdfFile, tree: PdfObject | undefined): number {
  let node = file.resolve(tree);
  for (let depth = 0; isDict(node) && depth < MAXIMUM_DEPTH; depth += 1) {
    const kids = file.get(node, "Kids");
    if (!isArray(kids) || kids.length === 0) {
      const numbers = file.get(node, "Nums");
      const keys = isArray(numbers) ? numbers.filter((_, index) => index % 2 === 0) : [];
      return keys.reduce<number>((highest, key) => (typeof key === "number" ? Math.max(highest, key) : highest), -1);
    }
    // ISO 32000-2 7.9.7: sorted, so the highest is in the last leaf.
    node = file.resolve(kids.at(-1));
  }
  return -1;
}

/**
 * Adds entries behind all others of the structure's parent tree. Answers what must change in the dictionary that holds
 * it, under /ParentTree; null when the tree cannot be continued, and then nothing was written.
 */
export function growNumberTree(
  file: PdfFile,
  sink: ObjectSink,
  tree: PdfObject | undefined,
  added: NewEntries,
): Readonly<Record<string, PdfObject>> | null {
  if (!isDict(file.resolve(tree))) {
    return { ParentTree: dict({ Nums: numbersOf(added) }) };
  }
  const writes: (() => void)[] = [];
  const grown = growNode(file, sink, tree, added, writes, 0);
  if (grown === "impossible") {
    return null;
  }
  for (const write of writes) {
    write();
  }
  return grown === "in-place" ? {} : { ParentTree: grown };
}

/** The node as it must stand in its holder, or "in-place" when it was an object of its own. */
function growNode(
  file: PdfFile,
  sink: ObjectSink,
  entry: PdfObject | undefined,
  added: NewEntries,
  writes: (() => void)[],
  depth: number,
): PdfDict | "in-place" | "impossible" {
  const node = file.resolve(entry);
  if (!isDict(node) || depth > MAXIMUM_DEPTH) {
    return "impossible";
  }
  const kids = file.get(node, "Kids");
  const [key, list] = isArray(kids) && kids.length > 0 ? (["Kids", kids] as const) : (["Nums", null] as const);
  let grownList: readonly PdfObject[];
  if (list === null) {
    const numbers = file.get(node, "Nums");
    grownList = [...(isArray(numbers) ? numbers : []), ...numbersOf(added)];
  } else {
    const kid = growNode(file, sink, list.at(-1), added, writes, depth + 1);
    if (kid === "impossible") {
      return kid;
    }
    grownList = kid === "in-place" ? list : [...list.slice(0, -1), kid];
  }
  const changes: Record<string, PdfObject> = {};
  const listReference = lastReference(file, node.entries.get(key));
  if (grownList !== list) {
    if (listReference === null) {
      changes[key] = grownList;
    } else {
      writes.push(() => sink.set(listReference, grownList));
    }
  }
  const limits = file.get(node, "Limits");
  if (isArray(limits)) {
    changes["Limits"] = [limits[0] ?? added.first, added.first + added.values.length - 1];
  }
  const reference = lastReference(file, entry);
  const changed = withEntries(node, changes);
  if (reference === null) {
    return changed;
  }
  if (Object.keys(changes).length > 0) {
    writes.push(() => sink.set(reference, changed));
  }
  return "in-place";
}
