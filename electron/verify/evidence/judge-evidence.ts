import type { ManifestDocument } from "../../evidence/bankid/manifest.ts";
import { boundedSource } from "../../pdf/bounded-source.ts";
import { type OpenOptions, openPdf } from "../../pdf/open-pdf.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { EvidenceReport } from "../../../shared/verification.ts";
import { failure, type Finding, note, notShown, toReason, unsure } from "../finding.ts";
import type { EvidenceAdditions } from "./added-evidence.ts";
import { changesSinceEvidence } from "./changes-since-evidence.ts";
import { type CheckedPerson, checkPerson } from "./check-person.ts";
import type { EvidenceSet } from "./evidence-set.ts";
import { isSealedWithout, type JudgedSeal, sealedBy } from "./sealed-by.ts";
import { isNearRevisionEnd, prefixOf, type PrefixDigests, revisionEndingAt } from "./signed-prefix.ts";

export interface EvidenceQuestion {
  readonly file: PdfFile;
  readonly digests: PrefixDigests;
  readonly roots: readonly Certificate[];
  /** The time of checking. */
  readonly now: Date;
  readonly options: OpenOptions;
  /** Add what the window shows beyond verdict and reasons. */
  readonly details: boolean;
}

/** Evidence that was read, with what it says of the person and which beginning of the file it is about. */
interface Tied {
  readonly set: EvidenceSet;
  readonly person: CheckedPerson | undefined;
  readonly entry: ManifestDocument | undefined;
  readonly revision: number | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Judges all evidence that a file carries: what it proves about a person, that it is about this file's own first bytes, and
 * that nothing but evidence and seals followed those. Rejects when aborted or when the file cannot be read any more.
 */
export async function judgeEvidence(
  sets: readonly EvidenceSet[],
  seals: readonly JudgedSeal[],
  question: EvidenceQuestion,
): Promise<readonly EvidenceReport[]> {
  const tied: Tied[] = [];
  for (const set of sets) {
    tied.push(await tie(set, question));
  }
  // SECURITY: what is no good evidence of this very file has no right to be added to it; and beside evidence that is certain,
  // none for which anybody may have made himself the root.
  const good = tied.filter(({ findings, revision }) => revision !== undefined && !findings.some(isFailure));
  const certain = good.filter(isCertain);
  return tied.map((one) => conclude(one, additionsOf(isCertain(one) ? certain : good), seals, question));
}

const isCertain = ({ findings }: Tied): boolean => findings.every(({ effect }) => effect === "information");

const additionsOf = (tied: readonly Tied[]): EvidenceAdditions => ({
  specifications: new Set(tied.flatMap(({ set }) => [...set.specifications])),
  revisions: new Set(tied.flatMap(({ set }) => set.revision ?? [])),
});

export const isFailure = ({ effect }: Finding): boolean => effect === "failed";

async function tie(set: EvidenceSet, { file, digests, roots, now, options }: EvidenceQuestion): Promise<Tied> {
  if (set.content === undefined) {
    return { set, person: undefined, entry: undefined, revision: undefined, findings: set.findings };
  }
  const person = checkPerson(set.content, roots, now);
  const findings = [...set.findings, ...person.findings];
  const prefix = await prefixOf(set.content.manifest, digests, (size) => isNearRevisionEnd(file, size));
  if (!prefix.ok) {
    return { set, person, entry: undefined, revision: undefined, findings: [...findings, PREFIX_FINDINGS[prefix.why]] };
  }
  const { entry } = prefix;
  const revision = revisionEndingAt(file, entry.size, options);
  if (revision === undefined) {
    const message = "What the person signed is no earlier state of this document.";
    findings.push(failure("GENERIC", "evidence.no-revision", message, { offset: entry.size }));
  } else if (set.revision !== undefined && set.revision <= revision) {
    const message = "The evidence lies within what the person signed, so it cannot be about that.";
    findings.push(failure("GENERIC", "evidence.within", message));
  }
  return { set, person, entry, revision, findings };
}

const PREFIX_FINDINGS: Readonly<Record<"none-fits" | "limit", Finding>> = {
  "none-fits": failure(
    "GENERIC",
    "evidence.other-document",
    "The evidence is about another document: no beginning of this file is what the person signed.",
  ),
  limit: unsure("GENERIC", "evidence.limit", "The evidence names more beginnings of this file than can be compared."),
};

function conclude(
  { set, person, entry, revision, findings: before }: Tied,
  additions: EvidenceAdditions,
  seals: readonly JudgedSeal[],
  { file, options, details }: EvidenceQuestion,
): EvidenceReport {
  const findings = [...before];
  const seal = sealedBy(set.revision, seals);
  const pagesNow = counted(() => file.pageCount());
  const pages = entry === undefined ? null : counted(() => pagesOfPrefix(file, entry.size, options));
  const changes =
    entry === undefined || revision === undefined
      ? undefined
      : changesSinceEvidence(file, revision, entry.size, additions);
  findings.push(...(changes?.findings ?? []));
  if (entry !== undefined && entry.pages !== null && pages !== entry.pages) {
    const message = `The person signed a document of ${entry.pages} pages, and these bytes have ${pages ?? "none that can be counted"}.`;
    findings.push(failure("GENERIC", "evidence.pages-differ", message));
  }
  if (revision !== undefined) {
    findings.push(...sealFindings(file, revision, set, seal, seals));
  }
  findings.push(...pageFindings(pages, pagesNow, seal));
  return {
    kind: "bankid",
    name: set.name,
    verdict: verdictOf(findings),
    person: person?.person ?? null,
    provenTime: person?.provenTime ?? null,
    document: entry === undefined ? null : { name: entry.name, size: entry.size, sha256: entry.sha256, pages },
    pagesNow,
    changesAfter: changes?.kind ?? null,
    sealedBy: seal,
    reasons: findings.map(toReason),
    ...(details && set.content !== undefined ? { signedText: set.content.visibleText } : {}),
  };
}

function sealFindings(
  file: PdfFile,
  signed: number,
  set: EvidenceSet,
  seal: EvidenceReport["sealedBy"],
  seals: readonly JudgedSeal[],
): readonly Finding[] {
  if (seal === null && isSealedWithout(file, signed, set.revision, seals)) {
    const message = "The evidence was added, or changed, after the document had been sealed.";
    return [failure("GENERIC", "evidence.after-seal", message)];
  }
  return seal === null || seal.intact
    ? []
    : [note("evidence.seal-broken", "The signature over the evidence does not hold, so it protects nothing.")];
}

/** SECURITY: a page without a seal is anybody's, and readers take it for a part of what the person signed. */
function pageFindings(
  pages: number | null,
  pagesNow: number | null,
  seal: EvidenceReport["sealedBy"],
): readonly Finding[] {
  if (pages === null || pagesNow === null || pagesNow <= pages) {
    return [];
  }
  const which = pagesNow - pages === 1 ? `Page ${pagesNow} was` : `Pages ${pages + 1} to ${pagesNow} were`;
  const added = note("evidence.page-added", `${which} added afterwards and not signed by the person.`);
  return seal?.intact === true
    ? [added]
    : [added, notShown("GENERIC", "evidence.page-not-sealed", "Nobody's seal stands for the pages that were added.")];
}

function pagesOfPrefix(file: PdfFile, size: number, options: OpenOptions): number {
  return openPdf(boundedSource(file.source, size), options).pageCount();
}

/** Null: they cannot be counted. */
export function counted(count: () => number): number | null {
  try {
    return count();
  } catch (error) {
    if (error instanceof PdfProblem) {
      return null;
    }
    throw error;
  }
}

/** What failed outweighs what is not known. */
export function verdictOf(findings: readonly Finding[]): EvidenceReport["verdict"] {
  if (findings.some(isFailure)) {
    return "failed";
  }
  return findings.some(({ effect }) => effect === "indeterminate") ? "undecided" : "passed";
}
