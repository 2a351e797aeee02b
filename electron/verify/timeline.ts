import { ref } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import type { SignatureReport, TimelineEntry, TimelineEvent } from "../../shared/verification.ts";
import { compareWithSigned } from "./changes/compare-with-signed.ts";
import { inForce, type InForce, judgeChange, type JudgedChange } from "./judge-change.ts";
import type { LocatedSignature } from "./locate-signature.ts";
import type { SignedState } from "./signed-state.ts";
import { signedStateOf } from "./verify-signature.ts";

/** SECURITY: each comparison costs a walk over the document's objects; people look at the newest revisions. */
const MOST_COMPARISONS = 40;
const MOST_ENTRIES = 1000;
const MOST_EVENTS = 200;

/**
 * What each revision did, seen from the revision before it (E.5 rule 6: the neighbours explain, the comparison of each
 * signed state with the newest one judges). Revisions up to the first signature are nobody's promise and are not compared.
 *
 * @param evidence Indexes of revisions that added evidence.
 */
export function timelineOf(
  file: PdfFile,
  located: readonly LocatedSignature[],
  reports: readonly SignatureReport[],
  evidence: ReadonlySet<number> = new Set(),
): readonly TimelineEntry[] {
  const signed = located.flatMap((one, index) => {
    const state = signedStateOf(one, file);
    const report = reports[index];
    return state === undefined || report === undefined ? [] : [{ state, report }];
  });
  const first = Math.min(...signed.map(({ state }) => state.revision));
  const last = file.revisions.length - 1;
  const from = Math.max(0, file.revisions.length - MOST_ENTRIES);
  return file.revisions.slice(from).map(({ end }, position) => {
    const index = from + position;
    const begin = index === 0 ? 0 : (file.revisions[index - 1]?.end ?? 0);
    const signers = signed.filter(({ state }) => state.revision === index).map(({ report }) => report);
    const isCompared = index > first && index > last - MOST_COMPARISONS;
    const before = signed.filter(({ state }) => state.revision < index).map(({ state }) => state);
    const events = isCompared
      ? comparedEvents(file, index, before, signers)
      : [...uncompared(index, first, signers.length, evidence.has(index)), ...signers.map(signatureEvent)];
    return { revision: index + 1, begin, end, events: events.slice(0, MOST_EVENTS) };
  });
}

function uncompared(index: number, first: number, signers: number, hasEvidence: boolean): readonly TimelineEvent[] {
  if (index === 0) {
    return [CREATED];
  }
  if (index > first) {
    return [PASSED_OVER];
  }
  if (hasEvidence) {
    return [EVIDENCE_ADDED];
  }
  return signers === 0 ? [CHANGED_BEFORE] : [];
}

const CREATED: TimelineEvent = {
  kind: "created",
  verdict: "allowed",
  code: "timeline.created",
  message: "The document was created.",
};

const CHANGED_BEFORE: TimelineEvent = {
  kind: "other",
  verdict: "allowed",
  code: "timeline.before-signature",
  message: "The document was changed before anybody signed it.",
};

const EVIDENCE_ADDED: TimelineEvent = {
  kind: "evidence",
  verdict: "allowed",
  code: "timeline.evidence",
  message: "Evidence about a person who signed with BankID was added.",
};

const PASSED_OVER: TimelineEvent = {
  kind: "other",
  verdict: "not-judged",
  code: "timeline.many-revisions",
  message: "The document has many revisions; what this one did is not described.",
};

function signatureEvent(report: SignatureReport): TimelineEvent {
  const isTimestamp = report.type === "document-timestamp";
  return {
    kind: isTimestamp ? "document-timestamp" : "signature",
    verdict: "allowed",
    code: isTimestamp ? "timeline.document-timestamp" : "timeline.signed",
    message: isTimestamp
      ? "A document timestamp was added."
      : `The document was signed${report.signer === null ? "" : ` by "${report.signer}"`} in the field "${report.field}".`,
    field: report.field,
  };
}

function comparedEvents(
  file: PdfFile,
  index: number,
  before: readonly SignedState[],
  signers: readonly SignatureReport[],
): readonly TimelineEvent[] {
  try {
    const state = index === file.revisions.length - 1 ? file : file.atRevision(index);
    const permissions = permissionsBefore(file, before);
    const judged = compareWithSigned(state, index - 1).map((change) => judgeChange(change, permissions));
    const events = judged.map((one) => changeEvent(state, one));
    const told = signers.map((report) => {
      const own = judged.find(({ change: { field, kind } }) => SIGNING.has(kind) && field === report.field);
      const event = signatureEvent(report);
      return own === undefined ? event : { ...changeEvent(state, own), message: event.message };
    });
    const rest = judged.flatMap(({ change: { field, kind } }, position) =>
      SIGNING.has(kind) && signers.some((report) => report.field === field) ? [] : (events[position] ?? []),
    );
    return [...told, ...rest];
  } catch (error) {
    if (error instanceof PdfProblem) {
      const message = `What this revision did cannot be read: ${error.message}`;
      return [{ kind: "other", verdict: "forbidden", code: `pdf.${error.code}`, message }];
    }
    throw error;
  }
}

const SIGNING: ReadonlySet<string> = new Set(["signature", "new-signature-field", "document-timestamp"]);

/** Of all signatures so far: the newest one with everything that came before it. */
function permissionsBefore(file: PdfFile, before: readonly SignedState[]): InForce {
  const [newest, ...older] = before.toSorted((a, b) => b.revision - a.revision);
  return newest === undefined ? { certification: undefined, locks: [] } : inForce(file, newest, older);
}

function changeEvent(state: PdfFile, { change, verdict, code, message }: JudgedChange): TimelineEvent {
  const { kind, object, field, page } = change;
  const entry = object === undefined ? undefined : state.entry(object);
  const index = page === undefined ? undefined : state.pageIndexOf(ref(page));
  return {
    kind,
    verdict,
    code,
    message,
    ...(field === undefined ? {} : { field }),
    ...(index === undefined ? {} : { page: index + 1 }),
    ...(object === undefined ? {} : { object }),
    ...(entry?.kind === "offset" ? { offset: entry.offset } : {}),
  };
}
