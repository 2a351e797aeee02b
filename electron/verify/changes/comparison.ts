import { isRef, isStream, type PdfObject, ref } from "../../pdf/objects.ts";
import type { PdfFile, XrefEntry } from "../../pdf/pdf-file.ts";
import { sameObject } from "../object-equality.ts";
import { allowed, type Change, forbidden } from "./change.ts";
import { indexReferences, type ReferenceIndex, type Use } from "./reference-index.ts";

/**
 * A signed state of a file beside its newest state, and which objects differ. Rules claim the differing objects that
 * they can explain; what nobody claims is judged last.
 */
export class Comparison {
  readonly old: PdfFile;
  readonly current: PdfFile;
  /** Existed in the signed state and has another value now. */
  readonly overridden: ReadonlySet<number>;
  /** Did not exist in the signed state. */
  readonly added: ReadonlySet<number>;
  /** Existed in the signed state and is free now. */
  readonly freed: ReadonlySet<number>;
  readonly index: ReferenceIndex;
  readonly changes: Change[] = [];
  /** Pages that a rule has explained as appended behind all others. */
  readonly appendedPages = new Set<number>();
  readonly #claimed = new Set<number>();
  readonly #judgedFields = new Set<number>();
  #objectStreams: ReadonlySet<number> | undefined;

  constructor(current: PdfFile, revision: number) {
    this.current = current;
    this.old = current.atRevision(revision);
    const overridden = new Set<number>();
    const added = new Set<number>();
    const freed = new Set<number>();
    for (const num of touchedNumbers(current, revision)) {
      const before = valueOf(this.old, num);
      const after = valueOf(this.current, num);
      if (before !== null && after !== null && generationOf(this.old, num) !== generationOf(this.current, num)) {
        // SECURITY: references name a generation; with another one they lead nowhere, whatever the object says.
        freed.add(num);
        continue;
      }
      if (sameEntry(this.old.entry(num), this.current.entry(num)) || isSame(this, before, after)) {
        continue;
      }
      if (before === null) {
        added.add(num);
      } else if (after === null) {
        freed.add(num);
      } else {
        overridden.add(num);
      }
    }
    this.overridden = overridden;
    this.added = added;
    this.freed = freed;
    // The catalog, too: rules that speak for its entries must know that nothing else reads them.
    const interesting = new Set([...overridden, ...added, ...freed]);
    if (interesting.size > 0) {
      interesting.add(this.old.catalogRef.num);
    }
    this.index = interesting.size === 0 ? { usesOf: () => [], unreadable: [] } : indexReferences(this.old, interesting);
  }

  add(...changes: readonly Change[]): void {
    this.changes.push(...changes);
  }

  /** Objects of the signed state are read from this one. Nothing refers to such a stream, yet they change with it. */
  holdsObjects(num: number): boolean {
    const value = this.valueBefore(num);
    if (!isStream(value) || !value.dict.entries.has("First")) {
      return false;
    }
    this.#objectStreams ??= objectStreamsInUse(this.old);
    return this.#objectStreams.has(num);
  }

  valueBefore(num: number): PdfObject {
    return valueOf(this.old, num);
  }

  valueNow(num: number): PdfObject {
    return valueOf(this.current, num);
  }

  isClaimed(num: number): boolean {
    return this.#claimed.has(num);
  }

  /** A field is judged as a whole, when the first of its parts comes along. */
  isFieldJudged(num: number): boolean {
    const judged = this.#judgedFields.has(num);
    this.#judgedFields.add(num);
    return judged;
  }

  claim(num: number): void {
    this.#claimed.add(num);
  }

  /**
   * Claims an overridden object when every place that used it in the signed state is one that the rule speaks for.
   * SECURITY: an object with a second use (metadata that is also a page's content) changes more than it seems to.
   */
  claimExclusive(num: number, isOwnUse: (use: Use) => boolean, what: string): boolean {
    if (this.claimIfOwn([num], isOwnUse)) {
      return true;
    }
    this.claim(num);
    this.add(
      forbidden(
        "changes.shared-object",
        `A changed object (${what}) is also used for something else in the document.`,
        num,
      ),
    );
    return false;
  }

  /**
   * Claims overridden objects together, when every place that used one of them is one that the rule speaks for. Otherwise
   * they are left to the other rules.
   */
  claimIfOwn(nums: readonly number[], isOwnUse: (use: Use, num: number) => boolean): boolean {
    const isOwn = nums.every((num) => this.index.usesOf(num).every((use) => isOwnUse(use, num)));
    if (isOwn) {
      nums.forEach((num) => this.claim(num));
    }
    return isOwn;
  }

  /** Old and new value of the same key are equal as written, and so is what they refer to directly. */
  sameValue(before: PdfObject | undefined, now: PdfObject | undefined): boolean {
    const target = isRef(before) ? before.num : undefined;
    const untouched = target === undefined || !this.overridden.has(target);
    return untouched && sameObject({ file: this.old, object: before }, { file: this.current, object: now });
  }

  bookkeeping(code: string, message: string, object?: number): void {
    this.add(allowed("bookkeeping", code, message, object === undefined ? {} : { object }));
  }
}

function* touchedNumbers(file: PdfFile, revision: number): Generator<number> {
  const seen = new Set<number>();
  for (const { entries } of file.revisions.slice(revision + 1)) {
    for (const num of entries.keys()) {
      if (!seen.has(num)) {
        seen.add(num);
        yield num;
      }
    }
  }
}

/** Null for free and missing objects. */
function valueOf(state: PdfFile, num: number): PdfObject {
  const entry = state.entry(num);
  if (entry === undefined || entry.kind === "free") {
    return null;
  }
  return state.fetch(ref(num, entry.kind === "offset" ? entry.gen : 0));
}

/** Numbers of the object streams that a state of the file reads objects from. */
function objectStreamsInUse(state: PdfFile): ReadonlySet<number> {
  const holders = new Set<number>();
  for (const { entries } of state.revisions) {
    for (const entry of entries.values()) {
      if (entry.kind === "in-stream") {
        holders.add(entry.stream);
      }
    }
  }
  return holders;
}

function generationOf(state: PdfFile, num: number): number {
  const entry = state.entry(num);
  return entry?.kind === "offset" ? entry.gen : 0;
}

function sameEntry(before: XrefEntry | undefined, now: XrefEntry | undefined): boolean {
  return before?.kind === "offset" && now?.kind === "offset" && before.offset === now.offset && before.gen === now.gen;
}

const isSame = ({ old, current }: Comparison, before: PdfObject, after: PdfObject): boolean =>
  sameObject({ file: old, object: before }, { file: current, object: after });
