import type { FileReport, FileVerdict, SignatureReport, TimelineEvent } from "../../shared/verification.ts";
import { evidenceLines } from "./render-evidence.ts";
import { clean, reasonText } from "./render-words.ts";

/**
 * The report in plain words, lines ended by a line feed: a heading for the file, a block for each signature and each
 * person's evidence, and where it is asked for, what each revision did.
 */
export function renderText(report: FileReport, options: { readonly timeline: boolean } = { timeline: false }): string {
  const lines = [`${clean(report.file)}: ${verdictText(report)}`];
  lines.push(...report.reasons.map((reason) => `  ${reasonText(reason)}`));
  for (const [index, signature] of report.signatures.entries()) {
    lines.push(...signatureLines(signature, index + 1));
  }
  for (const [index, evidence] of (report.evidence ?? []).entries()) {
    lines.push(...evidenceLines(evidence, index + 1));
  }
  if (options.timeline) {
    lines.push(...timelineLines(report));
  }
  return `${lines.join("\n")}\n`;
}

function timelineLines({ timeline = [] }: FileReport): readonly string[] {
  return timeline.flatMap(({ revision, begin, end, events }) => [
    `  revision ${revision}, bytes ${begin} to ${end}`,
    ...events.map((event) => `     - ${EVENT_VERDICTS[event.verdict]}${eventText(event)}`),
  ]);
}

const EVENT_VERDICTS: Readonly<Record<TimelineEvent["verdict"], string>> = {
  allowed: "",
  "not-judged": "not judged: ",
  forbidden: "NOT ALLOWED: ",
};

function eventText({ code, message, object, offset }: TimelineEvent): string {
  const places = [
    ...(object === undefined ? [] : [`object ${object}`]),
    ...(offset === undefined ? [] : [`byte ${offset}`]),
  ];
  return `${clean(message)} [${[code, ...places].join(", ")}]`;
}

const VERDICTS: Readonly<Record<FileVerdict, string>> = {
  "TOTAL-PASSED": "TOTAL-PASSED, all signatures are valid",
  INDETERMINATE: "INDETERMINATE, the signatures cannot be called valid",
  "TOTAL-FAILED": "TOTAL-FAILED, a signature is not valid",
  "NO-SIGNATURE": "NO-SIGNATURE, the document is not signed",
  UNREADABLE: "UNREADABLE, the file cannot be checked",
};

/** SECURITY: where evidence is what fails, no word may make the seal's validity look like the person's. */
const VERDICTS_WITH_EVIDENCE: Readonly<Partial<Record<FileVerdict, string>>> = {
  "TOTAL-PASSED": "TOTAL-PASSED, all signatures and the evidence about a person are valid",
  INDETERMINATE: "INDETERMINATE, not everything about signatures and persons is certain",
  "TOTAL-FAILED": "TOTAL-FAILED, a signature or the evidence about a person is not valid",
};

const verdictText = ({ verdict, evidence }: FileReport): string =>
  (evidence === undefined ? undefined : VERDICTS_WITH_EVIDENCE[verdict]) ?? VERDICTS[verdict];

function signatureLines(signature: SignatureReport, number: number): readonly string[] {
  const what = signature.type === "signature" ? "signature" : "document timestamp";
  const place = signature.field === "" ? "in no field" : `in field "${clean(signature.field)}"`;
  const sub = signature.subIndication === null ? "" : ` (${signature.subIndication})`;
  const rows: readonly (readonly [string, string])[] = [
    ["verdict", `${signature.indication}${sub}`],
    ["signed by", clean(signature.signer ?? "unknown")],
    ["claimed time", signature.claimedTime ?? "none"],
    ["proven time", signature.provenTime ?? "none"],
    ["level", signature.level ?? "none of PAdES baseline"],
    ["format", signature.subFilter === "" ? "not named" : clean(signature.subFilter)],
    ["bytes", signature.intact ? "intact" : "not shown to be intact"],
    ["covers", COVERAGE[signature.coverage]],
    ["changes after", signature.changesAfter],
  ];
  return [
    `  ${number}. ${what} ${place}`,
    ...rows.map(([label, value]) => `     ${label.padEnd(14)} ${value}`),
    ...signature.reasons.map((reason) => `     - ${reasonText(reason)}`),
  ];
}

const COVERAGE: Readonly<Record<SignatureReport["coverage"], string>> = {
  "whole-file": "the whole file",
  "entire-revision": "an entire earlier revision",
  partial: "only a part of a revision",
};

/** One line a file: verdict, number of signatures, file name. For long lists. */
export function renderTable(reports: readonly FileReport[]): string {
  const width = Math.max(13, ...reports.map(({ verdict }) => verdict.length));
  const rows = reports.map(
    ({ file, verdict, signatures }) =>
      `${verdict.padEnd(width)}  ${String(signatures.length).padStart(2)}  ${clean(file)}`,
  );
  return `${rows.join("\n")}\n`;
}
