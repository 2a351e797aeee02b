import { isArray, isDict, isName, isRef, isStream, type PdfObject, ref } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";

/** A place in a signed state of the file that refers to an object. */
export interface Use {
  /** Number of the object that holds the reference. */
  readonly from: number;
  /** First key on the way to it in that object; "" for an array. */
  readonly key: string;
}

/** Where the objects of interest are used in one state of a file. */
export interface ReferenceIndex {
  readonly usesOf: (num: number) => readonly Use[];
  /** Objects that the strict reader could not read: references in them are unknown. */
  readonly unreadable: readonly number[];
}

/**
 * Walks all objects of a state once and notes who refers to the objects of interest. Linear in the objects of the
 * document; streams are not decoded, except object streams.
 */
export function indexReferences(state: PdfFile, interesting: ReadonlySet<number>): ReferenceIndex {
  const uses = new Map<number, Use[]>();
  const unreadable: number[] = [];
  for (const num of objectNumbers(state)) {
    const object = read(state, num);
    if (object === undefined) {
      unreadable.push(num);
      continue;
    }
    collect(object, num, interesting, uses);
  }
  return { usesOf: (num) => uses.get(num) ?? [], unreadable };
}

function* objectNumbers(state: PdfFile): Generator<number> {
  const seen = new Set<number>();
  for (const revision of state.revisions.toReversed()) {
    for (const num of revision.entries.keys()) {
      if (!seen.has(num)) {
        seen.add(num);
        yield num;
      }
    }
  }
}

function read(state: PdfFile, num: number): PdfObject | undefined {
  const entry = state.entry(num);
  if (entry === undefined || entry.kind === "free") {
    return null;
  }
  try {
    return state.fetch(ref(num, entry.kind === "offset" ? entry.gen : 0));
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

/** What a cross-reference stream says as a trailer; nothing that could be drawn follows these keys. */
const TRAILER_KEYS: ReadonlySet<string> = new Set(["Root", "Info", "Encrypt"]);

/**
 * SECURITY: a name in /Type makes no container. What calls itself a cross-reference stream may be a page's content, and
 * an object stream's /First may be an object that changes; so their references count like those of any other stream.
 */
const isTrailer = (object: PdfObject): boolean => isStream(object) && isName(object.dict.entries.get("Type"), "XRef");

function collect(object: PdfObject, from: number, interesting: ReadonlySet<number>, uses: Map<number, Use[]>): void {
  const dict = isStream(object) ? object.dict : object;
  if (!isDict(dict)) {
    visit(dict, { from, key: "" }, interesting, uses);
    return;
  }
  const skipped = isTrailer(object) ? TRAILER_KEYS : undefined;
  for (const [key, value] of dict.entries) {
    if (skipped?.has(key) !== true) {
      visit(value, { from, key }, interesting, uses);
    }
  }
}

function visit(object: PdfObject, use: Use, interesting: ReadonlySet<number>, uses: Map<number, Use[]>): void {
  if (isRef(object)) {
    if (interesting.has(object.num)) {
      const list = uses.get(object.num) ?? [];
      list.push(use);
      uses.set(object.num, list);
    }
  } else if (isArray(object)) {
    for (const item of object) {
      visit(item, use, interesting, uses);
    }
  } else if (isDict(object)) {
    for (const value of object.entries.values()) {
      visit(value, use, interesting, uses);
    }
  }
}

/** Object numbers of all references within an object. */
export function referencesIn(object: PdfObject | undefined): ReadonlySet<number> {
  const found = new Set<number>();
  const walk = (value: PdfObject): void => {
    if (isRef(value)) {
      found.add(value.num);
    } else if (isArray(value)) {
      value.forEach(walk);
    } else if (isDict(value)) {
      for (const item of value.entries.values()) {
        walk(item);
      }
    } else if (isStream(value)) {
      walk(value.dict);
    }
  };
  walk(object ?? null);
  return found;
}
