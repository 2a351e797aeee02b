import type { AuditEntry } from "../../storage/audit/audit-entry.ts";
import type { AuditReader } from "../../storage/audit/audit-log.ts";
import { setImmediate as immediately } from "node:timers/promises";
import { HISTORY_EVENT_KINDS } from "../../../shared/history.ts";
import type { HistoryEvent, HistoryEventKind, HistoryOutcome } from "../../../shared/history.ts";
import { readEntry } from "./read-entry.ts";
import type { ReadEntry } from "./read-entry.ts";

/** What the trail alone tells of one document of a run. */
export interface TrailDocument {
  readonly run: string;
  readonly item: string;
  readonly started: string;
  readonly provider: string | null;
  readonly profile: string | null;
  readonly environment: string | null;
  readonly wanted: string | null;
  readonly source: string | null;
  readonly time: string;
  readonly result: string | null;
  readonly level: string | null;
  readonly verdict: string | null;
  readonly outcome: HistoryOutcome;
  /** Code of what kept it from being signed, or keeps it waiting. */
  readonly failure: string | null;
  readonly late: boolean;
}

/** Entries that are read before others in the program get their turn. */
const CHUNK = 1_000;

/**
 * The trail by documents and by other events, oldest first. In memory, because a trail is append-only: each look reads what
 * came since the last one, also from other programs.
 */
export class HistoryIndex {
  readonly #documents: TrailDocument[] = [];
  readonly #places = new Map<string, number>();
  readonly #runs = new Map<string, string[]>();
  readonly #events: HistoryEvent[] = [];
  #last = 0;
  #refreshing: Promise<void> = Promise.resolve();

  get documents(): readonly TrailDocument[] {
    return this.#documents;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  find(run: string, item: string): TrailDocument | undefined {
    const place = this.#places.get(keyOf(run, item));
    return place === undefined ? undefined : this.#documents[place];
  }

  /** Reads what is new. Several callers at once read it once. */
  refresh(trail: Pick<AuditReader, "after">): Promise<void> {
    const refreshAfter = async (earlier: Promise<void>): Promise<void> => {
      await earlier.catch(() => undefined);
      await this.#readNew(trail);
    };
    this.#refreshing = refreshAfter(this.#refreshing);
    return this.#refreshing;
  }

  async #readNew(trail: Pick<AuditReader, "after">): Promise<void> {
    for (;;) {
      const entries = trail.after(this.#last, CHUNK);
      for (const entry of entries) {
        this.add(entry);
      }
      if (entries.length < CHUNK) {
        return;
      }
      await immediately();
    }
  }

  add(entry: AuditEntry): void {
    this.#last = entry.seq;
    const read = readEntry(entry);
    switch (read.kind) {
      case "signing.started":
        return this.#begin(read, entry.time);
      case "document.delivered": {
        const { result, level, verdict, late, source } = read;
        const told = { result, level, verdict, late, outcome: "signed", failure: null } as const;
        return this.#change(read, entry.time, source === null ? told : { ...told, source });
      }
      case "document.failed":
        return this.#change(read, entry.time, { outcome: "not-signed", failure: read.failure, late: read.late });
      case "document.waiting":
        return this.#change(read, entry.time, { outcome: "unfinished", failure: read.failure });
      case "signing.failed":
      case "signing.ended":
        return this.#end(read, entry.time);
      case "signing.resumed":
        return undefined;
      case "event":
        this.#events.push({
          seq: entry.seq,
          time: entry.time,
          kind: HISTORY_EVENT_KINDS.find((known) => known === read.event) ?? ("other" satisfies HistoryEventKind),
          facts: read.facts,
        });
        return undefined;
    }
  }

  #begin(started: Extract<ReadEntry, { readonly kind: "signing.started" }>, time: string): void {
    const { run, provider, profile, environment, level } = started;
    for (const { item, sha256 } of started.documents) {
      const known = this.find(run, item);
      const told = { provider, profile, environment, wanted: level, source: sha256 };
      // The beginning may be written late, after what became of the document.
      this.#put(known === undefined ? { ...blank(run, item, time), ...told } : { ...known, ...told });
    }
  }

  #change(
    { run, item }: { readonly run: string; readonly item: string },
    time: string,
    part: Partial<TrailDocument>,
  ): void {
    this.#put({ ...(this.find(run, item) ?? blank(run, item, time)), ...part, time });
  }

  /** What the trail says nothing more about was not signed; what waits for its delivery still does. */
  #end(
    { run, failure }: Extract<ReadEntry, { readonly kind: "signing.ended" | "signing.failed" }>,
    time: string,
  ): void {
    for (const item of this.#runs.get(run) ?? []) {
      const known = this.find(run, item);
      if (known !== undefined && known.outcome === "unfinished" && known.failure === null) {
        this.#put({ ...known, outcome: "not-signed", failure, time });
      }
    }
  }

  #put(document: TrailDocument): void {
    const key = keyOf(document.run, document.item);
    const place = this.#places.get(key);
    if (place === undefined) {
      this.#places.set(key, this.#documents.length);
      this.#documents.push(document);
      this.#runs.set(document.run, [...(this.#runs.get(document.run) ?? []), document.item]);
    } else {
      this.#documents[place] = document;
    }
  }
}

const keyOf = (run: string, item: string): string => `${run} ${item}`;

const blank = (run: string, item: string, time: string): TrailDocument => ({
  run,
  item,
  started: time,
  time,
  provider: null,
  profile: null,
  environment: null,
  wanted: null,
  source: null,
  result: null,
  level: null,
  verdict: null,
  outcome: "unfinished",
  failure: null,
  late: false,
});
