import { statusCode } from "./status-table.ts";

/** One line of getStatus. */
export interface StatusEntry {
  readonly kind: number;
  readonly subKind: number | null;
  /** Milliseconds since 1970; null when it could not be read. */
  readonly time: number | null;
}

export type OrderProduct = "eSign" | "identification";

export type OrderOutcome =
  | { readonly kind: "open" }
  | { readonly kind: "success" }
  /** A code that is final for the product. `reason`: the entry that says why, often the same. */
  | { readonly kind: "failed"; readonly code: number; readonly reason: StatusEntry }
  /** 29: not called final, but nothing will follow. */
  | { readonly kind: "stopped"; readonly reason: StatusEntry };

export interface Judgement {
  readonly outcome: OrderOutcome;
  /** What happened last that the person may know of; null: nothing yet. */
  readonly latest: StatusEntry | null;
  /** An attempt was broken off and nothing has gone on since: the same page can be used again. */
  readonly pageAgain: StatusEntry | null;
  /** The trust service's trouble may pass: another code can be asked for. */
  readonly codeAgain: StatusEntry | null;
  /** 6: identified; signing is still to come. */
  readonly identified: boolean;
  readonly suspectedFraud: boolean;
}

const IDENTIFIED = 6;
const MAIL_SENT = 7;
const SMS_SENT = 71;
const SIGNED = 84;
const SUSPECTED_FRAUD = 89;
const FIRST_REASON = 10_000;

/** 17 and 22 end an order without saying why; what stood before them does. */
const SAY_NOTHING: ReadonlySet<number> = new Set([17, 22]);

/**
 * Judges a whole history: which final code it holds, and what happened last. The list may come in any order, with codes
 * that the manual does not know, and with several entries of the same second (manual section 3.2, sheet section 5).
 */
export function judgeHistory(history: readonly StatusEntry[], product: OrderProduct): Judgement {
  const known = inTime(history).filter(({ kind }) => statusCode(kind) !== undefined);
  return {
    outcome: outcomeOf(known, product),
    latest: known.findLast(({ kind }) => statusCode(kind)?.effect !== "neutral") ?? null,
    pageAgain: pageAgainOf(known),
    codeAgain: codeAgainOf(known),
    identified: known.some(({ kind }) => kind === IDENTIFIED),
    suspectedFraud: known.some(({ kind }) => kind === SUSPECTED_FRAUD),
  };
}

/** Oldest first. Entries of the same second, and those without a time, keep the place that the service gave them. */
function inTime(history: readonly StatusEntry[]): readonly StatusEntry[] {
  let last = 0;
  const timed = history.map((entry) => {
    last = entry.time ?? last;
    return { entry, time: last };
  });
  return timed.toSorted((one, other) => one.time - other.time).map(({ entry }) => entry);
}

function outcomeOf(known: readonly StatusEntry[], product: OrderProduct): OrderOutcome {
  const success = product === "eSign" ? SIGNED : IDENTIFIED;
  const finals = known.filter(({ kind }) => {
    const code = statusCode(kind);
    return product === "eSign" ? code?.finalESign === true : code?.finalIdent === true;
  });
  const failure = finals.find(({ kind }) => kind !== success);
  const succeeded = finals.some(({ kind }) => kind === success);
  // A signature that was made is fetched and judged, whatever else the list says; an identification that is called
  // positive and negative is none.
  if (succeeded && (product === "eSign" || failure === undefined)) {
    return { kind: "success" };
  }
  if (failure !== undefined) {
    return { kind: "failed", code: failure.kind, reason: reasonFor(failure, known) };
  }
  const stop = known.findLast(({ kind }) => statusCode(kind)?.effect === "stop");
  return stop === undefined ? { kind: "open" } : { kind: "stopped", reason: stop };
}

function reasonFor(final: StatusEntry, known: readonly StatusEntry[]): StatusEntry {
  if (final.subKind !== null || !SAY_NOTHING.has(final.kind)) {
    return final;
  }
  const saysWhy = ({ kind }: StatusEntry): boolean => kind >= FIRST_REASON || statusCode(kind)?.effect === "stop";
  return known.findLast(saysWhy) ?? final;
}

function pageAgainOf(known: readonly StatusEntry[]): StatusEntry | null {
  const at = known.findLastIndex(({ kind }) => statusCode(kind)?.effect === "page-again");
  const wentOn = known.slice(at + 1).some(({ kind }) => {
    // A message to the person is no new attempt, and neither is a reason that is given for the old one.
    return statusCode(kind)?.effect === "progress" && kind !== MAIL_SENT && kind !== SMS_SENT;
  });
  const entry = known[at];
  return entry === undefined || wentOn ? null : entry;
}

function codeAgainOf(known: readonly StatusEntry[]): StatusEntry | null {
  const at = known.findLastIndex(({ kind }) => statusCode(kind)?.effect === "code-again");
  const entry = known[at];
  const wentOn = known.slice(at + 1).some(({ kind }) => kind === SMS_SENT || kind === SIGNED);
  return entry === undefined || wentOn ? null : entry;
}

/** "17.61", or "17" where the sub-kind is missing or unknown: the end of a key of the catalogue. */
export function statusName({ kind, subKind }: StatusEntry): string {
  const known = subKind !== null && statusCode(kind)?.subKinds.includes(subKind) === true;
  return known ? `${kind}.${subKind}` : `${kind}`;
}
