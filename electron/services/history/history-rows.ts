import { FAILURE_CODES } from "../../../shared/failure.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { HistoryDocument, HistoryEvent, HistoryPage, HistoryState } from "../../../shared/history.ts";
import type { HistoryQuery } from "../../../shared/ipc.ts";
import { PROVIDER_IDS, sha256Hex, transactionId } from "../../../shared/ids.ts";
import type { TransactionId } from "../../../shared/ids.ts";
import { failureTexts } from "../../../shared/messages/en.ts";
import { ENVIRONMENT_KINDS } from "../../../shared/profiles.ts";
import type { PadesLevel } from "../../../shared/verification.ts";
import type { JournalReads } from "../../storage/journal-reads.ts";
import type { ItemRecord, TransactionRecord } from "../../storage/journal-record.ts";
import { PRACTICE_PROFILE } from "../../storage/profiles.ts";
import type { TrailDocument } from "./history-index.ts";

export type JournalLookup = Pick<JournalReads, "transaction" | "items" | "names">;

/** What is known beside the trail while a page is made. */
export interface HistorySurroundings {
  /** This program's journal; null: it cannot be read. */
  readonly own: JournalLookup | null;
  /** This program's journal first, then those of others. */
  readonly journals: readonly JournalLookup[];
  readonly isRunning: (run: TransactionId) => boolean;
}

export function documentPage(
  documents: readonly TrailDocument[],
  query: HistoryQuery,
  surroundings: HistorySurroundings,
): HistoryPage<HistoryDocument> {
  const names = query.text === "" ? new Map<string, string>() : allNames(surroundings.journals);
  const words = wordsOf(query.text);
  const isBetween = between(query);
  const found = documents.filter(
    (document) =>
      (query.outcome === null || document.outcome === query.outcome) &&
      (query.environment === null || environmentOf(document) === query.environment) &&
      isBetween(document.time) &&
      has(words, () => searchText(document, names)),
  );
  return {
    total: found.length,
    rows: newestFirst(found, query).map((document) => historyRow(document, surroundings)),
  };
}

export function eventPage(events: readonly HistoryEvent[], query: HistoryQuery): HistoryPage<HistoryEvent> {
  const words = wordsOf(query.text);
  const isBetween = between(query);
  const found = events.filter(
    (event) =>
      isBetween(event.time) && has(words, () => [event.kind, ...Object.values(event.facts)].join("\n").toLowerCase()),
  );
  return { total: found.length, rows: newestFirst(found, query) };
}

/** One document as the window shows it. */
export function historyRow(document: TrailDocument, surroundings: HistorySurroundings): HistoryDocument {
  const run = transactionId(document.run);
  const { record, item } = inJournal(surroundings.journals, run, document.item);
  const failure = document.failure === null ? null : failureOf(document, item, record);
  return {
    run,
    item: document.item,
    started: document.started,
    time: document.time,
    name: item?.name ?? null,
    source: digestOrNull(document.source),
    result: digestOrNull(document.result),
    provider: PROVIDER_IDS.find((id) => id === document.provider) ?? null,
    profile: document.profile,
    environment: environmentOf(document),
    wanted: levelOrNull(document.wanted),
    level: levelOrNull(document.level),
    outcome: document.outcome,
    state: stateOf(document, surroundings, record, item),
    failure: failure?.failure ?? null,
    isFailureWhole: failure?.isWhole ?? false,
    verdict: document.verdict,
    late: document.late,
    canOpen: item?.phase === "delivered",
  };
}

function stateOf(
  { outcome, run }: TrailDocument,
  { isRunning, own }: HistorySurroundings,
  record: TransactionRecord | null,
  item: ItemRecord | null,
): HistoryState {
  if (outcome !== "unfinished") {
    return outcome === "signed" ? "delivered" : "failed";
  }
  const id = transactionId(run);
  if (isRunning(id)) {
    return "running";
  }
  // Another program's run is its own to go on with.
  if (record === null || item === null || (own?.transaction(id) ?? null) === null) {
    return "unknown";
  }
  if (item.phase === "approved" || item.phase === "assembled") {
    return "waiting";
  }
  return record.phase === "running" ? "interrupted" : "unknown";
}

function inJournal(journals: readonly JournalLookup[], run: TransactionId, item: string) {
  for (const journal of journals) {
    const record = journal.transaction(run);
    if (record !== null) {
      return { record, item: journal.items(run).find((one) => one.item === item) ?? null };
    }
  }
  return { record: null, item: null };
}

/** With all that its sentences need as long as the journal has it; later with as much as the code alone gives. */
function failureOf(
  { failure: code, source }: TrailDocument,
  item: ItemRecord | null,
  record: TransactionRecord | null,
): { readonly failure: Failure; readonly isWhole: boolean } | null {
  const kept = [item?.failure ?? null, record?.failure ?? null].find((failure) => failure?.code === code);
  if (kept !== undefined && kept !== null) {
    return { failure: kept, isWhole: true };
  }
  const known = FAILURE_CODES.find((one) => one === code);
  if (known === undefined) {
    return null;
  }
  const { what } = failureTexts[known];
  const wants = [...what.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name);
  const name = item?.name ?? source?.slice(0, 8) ?? "";
  return wants.every((one) => one === "name") ? { failure: { code: known, params: { name } }, isWhole: false } : null;
}

const allNames = (journals: readonly JournalLookup[]): ReadonlyMap<string, string> =>
  new Map(journals.flatMap((journal) => [...journal.names()]));

function searchText(document: TrailDocument, names: ReadonlyMap<string, string>): string {
  const { run, item, source, result, provider, profile, wanted, level } = document;
  return [names.get(`${run} ${item}`), source, result, provider, profile, wanted, level].join("\n").toLowerCase();
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");

/** Digests are shown in groups: who copies one with its spaces finds it, too. */
const has = (words: readonly string[], text: () => string): boolean => {
  if (words.length === 0) {
    return true;
  }
  const within = text();
  return words.every((word) => within.includes(word)) || (words.length > 1 && within.includes(words.join("")));
};

/** The trail's times are all written alike, in UTC, so their texts sort as they do. */
function between({ from, to }: HistoryQuery): (time: string) => boolean {
  const [first, end] = [from, to].map((time) => (time === null ? null : new Date(time).toISOString()));
  return (time) => (first == null || time >= first) && (end == null || time < end);
}

function newestFirst<Row>(rows: readonly Row[], { offset, limit }: HistoryQuery): readonly Row[] {
  const end = Math.max(rows.length - offset, 0);
  return rows.slice(Math.max(end - limit, 0), end).toReversed();
}

/** Entries of versions before do not say it; then only the name of the practice profile is sure. */
const environmentOf = ({ environment, profile }: TrailDocument) =>
  ENVIRONMENT_KINDS.find((kind) => kind === environment) ?? (profile === PRACTICE_PROFILE ? "sandbox" : null);

const LEVELS: readonly PadesLevel[] = ["B-B", "B-T", "B-LT", "B-LTA"];
const levelOrNull = (level: string | null): PadesLevel | null => LEVELS.find((one) => one === level) ?? null;
const digestOrNull = (digest: string | null) => (digest === null ? null : sha256Hex(digest));
