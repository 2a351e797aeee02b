import { isArray, isDict, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { textOf } from "../pdf-text.ts";
import { type NameTreeEntry, readNameTree } from "./name-tree.ts";

/** A file specification of the whole document (ISO 32000-2 7.11.3), and the ways that lead to it. */
export interface AttachedFile {
  /** Undefined: it is written where it is used. */
  readonly num: number | undefined;
  readonly specification: PdfDict;
  /** Every name it goes by: /UF, /F, and its key in the name tree. */
  readonly names: ReadonlySet<string>;
  /** By /Names /EmbeddedFiles of the catalog. */
  readonly isNamed: boolean;
  /** By /AF of the catalog. */
  readonly isAssociated: boolean;
}

/** SECURITY: a hostile list has no end. */
const MOST_ASSOCIATED = 10_000;

/** The name tree of embedded files, as the catalog has it. */
function embeddedFilesRoot(file: PdfFile): PdfObject | undefined {
  const names = file.get(file.catalog, "Names");
  return isDict(names) ? names.entries.get("EmbeddedFiles") : undefined;
}

/**
 * Everything that is attached to the document as a whole. Never throws `PdfProblem`. Of a list that cannot be read nothing is
 * told: then a file can only stand in the other one, which is not enough for evidence.
 *
 * SECURITY: one item that cannot be read hides none of the others, or evidence that fails would go unseen.
 */
export function attachedFiles(file: PdfFile): readonly AttachedFile[] {
  const associated = unlessBroken(() => file.get(file.catalog, "AF")) ?? null;
  const found: { readonly object: PdfObject; readonly key: string | undefined }[] = [
    ...namedFiles(file).map(({ key, value }) => ({ object: value, key: textOf(key) ?? "" })),
    ...(isArray(associated) ? associated.slice(0, MOST_ASSOCIATED) : []).map((object) => ({ object, key: undefined })),
  ];
  const byNumber = new Map<number, AttachedFile>();
  const direct: AttachedFile[] = [];
  for (const { object, key } of found) {
    const specification = unlessBroken(() => file.resolve(object)) ?? null;
    if (!isDict(specification)) {
      continue;
    }
    const num = isRef(object) ? object.num : undefined;
    const earlier = num === undefined ? undefined : byNumber.get(num);
    const merged: AttachedFile = {
      num,
      specification,
      names: new Set([...(earlier?.names ?? namesOf(file, specification)), ...(key === undefined ? [] : [key])]),
      isNamed: key !== undefined || earlier?.isNamed === true,
      isAssociated: key === undefined || earlier?.isAssociated === true,
    };
    if (num === undefined) {
      direct.push(merged);
    } else {
      byNumber.set(num, merged);
    }
  }
  return [...byNumber.values(), ...direct];
}

const namedFiles = (file: PdfFile): readonly NameTreeEntry[] =>
  unlessBroken(() => readNameTree(file, embeddedFilesRoot(file)).entries) ?? [];

/** SECURITY: a name that cannot be read counts as one that nothing else has: some program may know the file by it. */
const namesOf = (file: PdfFile, specification: PdfDict): readonly string[] =>
  ["UF", "F"].flatMap((key) => {
    const name = unlessBroken(() => file.get(specification, key));
    return name === undefined ? "" : (textOf(name) ?? []);
  });

/** Undefined for what cannot be read. */
function unlessBroken<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}
