import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import { isBlank } from "./byte-range.ts";
import type { Change } from "./changes/change.ts";
import { compareWithSigned } from "./changes/compare-with-signed.ts";
import { failure, type Finding, note, notShown } from "./finding.ts";
import { hiddenDefinitions } from "./hidden-definitions.ts";
import { inForce, type InForce, judgeChange } from "./judge-change.ts";
import { endFindings } from "./revision-ends.ts";
import { accountForUpdate } from "./revision-bytes.ts";
import type { SignedState } from "./signed-state.ts";

/** What happened to the document after one signed revision. */
export interface LaterChanges {
  readonly kind: "none" | "allowed" | "forbidden";
  readonly findings: readonly Finding[];
}

/** SECURITY: each revision costs work; honest documents have a few dozen. */
const MAXIMUM_LATER_REVISIONS = 1000;

/** Judges all revisions after a signature against the whitelist and against what the signatures permit. */
export function judgeLaterChanges(file: PdfFile, signed: SignedState, earlier: readonly SignedState[]): LaterChanges {
  return judgeRevisionsAfter(file, signed.revision, uncoveredEnd(file, signed.revision), () => {
    const permissions = inForce(file, signed, earlier);
    return {
      compare: (state) => compareWithSigned(state, signed.revision),
      judge: (change) => changeFinding(change, permissions),
    };
  });
}

/** How revisions are judged: what differs in a state of the file, and what each difference amounts to. */
export interface ChangeRules {
  readonly compare: (state: PdfFile) => readonly Change[];
  readonly judge: (change: Change) => readonly Finding[];
}

/**
 * Accounts for every byte that follows a revision, and judges by these rules what became of the document.
 *
 * @param known What has been found behind the end of the file.
 * @param start Where the later bytes begin, when it is not the revision's own end.
 */
export function judgeRevisionsAfter(
  file: PdfFile,
  revision: number,
  known: readonly Finding[],
  rulesOf: () => ChangeRules,
  start?: number,
): LaterChanges {
  const later = file.revisions.length - 1 - revision;
  if (later <= 0) {
    return { kind: known.length === 0 ? "none" : "forbidden", findings: known };
  }
  if (later > MAXIMUM_LATER_REVISIONS) {
    const message = `More than ${MAXIMUM_LATER_REVISIONS} revisions follow the signature; they are not looked at.`;
    return { kind: "forbidden", findings: [...known, notShown("GENERIC", "limit.revisions", message)] };
  }
  try {
    const findings = [
      ...known,
      ...endFindings(file, revision),
      ...unexplainedBytes(file, revision, start),
      ...hiddenDefinitions(file),
    ];
    const rules = rulesOf();
    findings.push(...rules.compare(file).flatMap(rules.judge));
    findings.push(...hiddenStateFindings(file, revision, rules));
    const spoiled = findings.some((finding) => finding.breaksIntegrity);
    return { kind: spoiled ? "forbidden" : "allowed", findings: fewOfEachKind(findings) };
  } catch (error) {
    if (error instanceof PdfProblem) {
      const message = `What was added after the signature cannot be read: ${error.message}`;
      const finding = failure("FORMAT_FAILURE", `pdf.${error.code}`, message, { offset: error.offset });
      return { kind: "forbidden", findings: [finding] };
    }
    throw error;
  }
}

/** SECURITY: a hostile file has a hundred thousand wrong objects; nobody needs each of them told. */
const MOST_OF_A_KIND = 50;

function fewOfEachKind(findings: readonly Finding[]): readonly Finding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST_OF_A_KIND;
  });
}

/** E.5 rule 1: behind the last revision only an end of line, and that only when a later signature covers it. */
function uncoveredEnd(file: PdfFile, revision: number): readonly Finding[] {
  const end = file.revisions.at(-1)?.end ?? 0;
  const isLast = revision === file.revisions.length - 1;
  // The newest signature's own range was compared with the end of the file already (`coverageOf`).
  if (isLast || end >= file.source.size) {
    return [];
  }
  const place = { offset: end };
  return isBlank(file.source, end, Math.min(file.source.size, end + 64)) && file.source.size - end <= 64
    ? [notShown("SIG_CONSTRAINTS_FAILURE", "bytes.after-end", "Blank bytes follow the end of the document.", place)]
    : [failure("FORMAT_FAILURE", "bytes.after-end", "Bytes follow the end of the document.", place)];
}

function unexplainedBytes(file: PdfFile, revision: number, start: number | undefined): readonly Finding[] {
  return file.revisions.flatMap(({ trailer, xrefOffset }, index) => {
    if (index <= revision) {
      return [];
    }
    const message = "The trailer of a later revision has an entry twice, so two programs may show two documents.";
    const twice = trailer.duplicates.length > 0;
    return [
      ...accountForUpdate(file, index, index === revision + 1 ? start : undefined),
      ...(twice ? [failure("FORMAT_FAILURE", "revision.duplicate-key", message, { offset: xrefOffset })] : []),
    ];
  });
}

/**
 * SECURITY: a hybrid revision (ISO 32000-2 7.5.8.4) hides objects from programs that do not know cross-reference
 * streams; they go on showing the ones of the revision before. So each state in between must be harmless, too.
 */
function hiddenStateFindings(file: PdfFile, revision: number, { compare, judge }: ChangeRules): readonly Finding[] {
  const last = file.revisions.length - 1;
  const later = file.revisions.slice(revision + 1);
  if (!later.some(({ style }) => style === "hybrid")) {
    return [];
  }
  const findings: Finding[] = [];
  for (let index = revision + 1; index < last; index += 1) {
    findings.push(...compare(file.atRevision(index)).flatMap(judge));
  }
  return findings.filter((finding) => finding.breaksIntegrity);
}

function changeFinding(change: Change, permissions: InForce): readonly Finding[] {
  const { verdict, code, message } = judgeChange(change, permissions);
  switch (verdict) {
    case "allowed":
      return change.kind === "bookkeeping" ? [] : [note(code, message)];
    case "not-judged":
      return [notShown("GENERIC", code, message)];
    case "forbidden":
      return [failure("FORMAT_FAILURE", code, message)];
  }
}
