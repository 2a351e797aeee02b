import { isArray, isDict, isString } from "../../pdf/objects.ts";
import type { PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";

/** SECURITY: a tree can run in a circle or be endless; honest ones have a few levels (ISO 32000-2 7.9.6). */
const MAXIMUM_DEPTH = 20;
const MAXIMUM_NODES = 10_000;
const MAXIMUM_NAMES = 50_000;

export interface NamedObject {
  readonly key: Uint8Array;
  /** As it stands in the tree: usually a reference. */
  readonly value: PdfObject;
}

/** All names of a tree with their values, in its order; null when it cannot be read without doubt. Throws PdfProblem. */
export function namesIn(file: PdfFile, tree: PdfObject | undefined): readonly NamedObject[] | null {
  const found: NamedObject[] = [];
  let nodes = 0;
  const walk = (entry: PdfObject | undefined, depth: number): boolean => {
    const node = file.resolve(entry);
    nodes += 1;
    if (!isDict(node) || depth > MAXIMUM_DEPTH || nodes > MAXIMUM_NODES) {
      return false;
    }
    const names = file.get(node, "Names");
    const kids = file.get(node, "Kids");
    if (names !== null && (!isArray(names) || names.length % 2 !== 0)) {
      return false;
    }
    for (let index = 0; isArray(names) && index < names.length; index += 2) {
      const key = file.resolve(names[index]);
      const value = names[index + 1];
      if (!isString(key) || value === undefined || found.length >= MAXIMUM_NAMES) {
        return false;
      }
      found.push({ key: key.bytes, value });
    }
    return kids === null || (isArray(kids) && kids.every((kid) => walk(kid, depth + 1)));
  };
  return file.resolve(tree) === null || walk(tree, 0) ? found : null;
}

/** ISO 32000-2 7.9.6: sorted by the bytes of the keys; those that are equal stay in their order. */
export const sortedNames = (names: readonly NamedObject[]): readonly NamedObject[] =>
  names.toSorted((a, b) => Buffer.compare(a.key, b.key));
