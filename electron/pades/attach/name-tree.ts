import { isArray, isDict, isRef, isString, refKey } from "../../pdf/objects.ts";
import type { PdfArray, PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";

/** SECURITY: a tree can run in a circle or be endless; honest ones have a few levels (ISO 32000-2 7.9.6). */
const MAXIMUM_DEPTH = 20;
const MAXIMUM_NODES = 5_000;
const MAXIMUM_NAMES = 50_000;

export interface NamedObject {
  readonly key: Uint8Array;
  /** As it stands in the tree: usually a reference. */
  readonly value: PdfObject;
}

/**
 * All names of a tree with their values, in its order; null when it cannot be read without doubt. Throws PdfProblem.
 *
 * SECURITY: accepts nothing that verification would refuse, or evidence could be put where it proves nothing: no part of the
 * tree stands in it twice, and a node has either names or kids.
 */
export function namesIn(file: PdfFile, tree: PdfObject | undefined): readonly NamedObject[] | null {
  const found: NamedObject[] = [];
  const seen = new Set<string>();
  let nodes = 0;
  /** Undefined: it was there before. */
  const enter = (object: PdfObject | undefined): PdfObject | undefined => {
    if (isRef(object)) {
      if (seen.has(refKey(object))) {
        return undefined;
      }
      seen.add(refKey(object));
    }
    return file.resolve(object);
  };
  const walk = (entry: PdfObject | undefined, depth: number): boolean => {
    const node = enter(entry);
    nodes += 1;
    if (!isDict(node) || depth > MAXIMUM_DEPTH || nodes > MAXIMUM_NODES) {
      return false;
    }
    const names = enter(node.entries.get("Names"));
    const kids = enter(node.entries.get("Kids"));
    if (names === null) {
      return kids === null || (isArray(kids) && kids.every((kid) => walk(kid, depth + 1)));
    }
    return kids === null && isArray(names) && takeNames(names);
  };
  const takeNames = (names: PdfArray): boolean => {
    for (let index = 0; index < names.length; index += 2) {
      const key = file.resolve(names[index]);
      const value = names[index + 1];
      if (!isString(key) || value === undefined || found.length >= MAXIMUM_NAMES) {
        return false;
      }
      found.push({ key: key.bytes, value });
    }
    return true;
  };
  return tree === undefined || walk(tree, 0) ? found : null;
}

/** ISO 32000-2 7.9.6: sorted by the bytes of the keys; those that are equal stay in their order. */
export const sortedNames = (names: readonly NamedObject[]): readonly NamedObject[] =>
  names.toSorted((a, b) => Buffer.compare(a.key, b.key));
