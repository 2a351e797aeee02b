import type { FileReport, SignatureReport, TimelineEntry } from "../../shared/verification.ts";
import { evidenceJson } from "./render-evidence.ts";
import { reasonJson } from "./render-words.ts";

/**
 * One JSON object on one line, keys in the order that `architecture.md` fixes for `sealdesk verify --json`. Others rely on
 * exactly these; evidence comes only for a file that carries some, the timeline only when it is asked for.
 */
export function renderJson(report: FileReport, options: { readonly timeline: boolean }): string {
  return JSON.stringify({
    file: report.file,
    verdict: report.verdict,
    reasons: report.reasons.map(reasonJson),
    signatures: report.signatures.map(signature),
    ...(report.evidence === undefined ? {} : { evidence: report.evidence.map((one) => evidenceJson(one)) }),
    ...(report.timeline === undefined || !options.timeline ? {} : { timeline: report.timeline.map(entry) }),
  });
}

function signature(report: SignatureReport): object {
  return {
    field: report.field,
    type: report.type,
    subFilter: report.subFilter,
    level: report.level,
    signer: report.signer,
    claimedTime: report.claimedTime,
    provenTime: report.provenTime,
    intact: report.intact,
    coverage: report.coverage,
    changesAfter: report.changesAfter,
    indication: report.indication,
    subIndication: report.subIndication,
    qualification: report.qualification,
    reasons: report.reasons.map(reasonJson),
  };
}

function entry({ revision, begin, end, events }: TimelineEntry): object {
  return {
    revision,
    begin,
    end,
    events: events.map(({ kind, verdict, code, message, field, page, object, offset }) => ({
      kind,
      verdict,
      code,
      message,
      ...(field === undefined ? {} : { field }),
      ...(page === undefined ? {} : { page }),
      ...(object === undefined ? {} : { object }),
      ...(offset === undefined ? {} : { offset }),
    })),
  };
}
