import { readFile, stat } from "node:fs/promises";

import { EVIDENCE_FILE, type EvidenceFileName } from "../../evidence/bankid/evidence-file-names.ts";
import { type ReadEvidence, readEvidenceFiles } from "../../evidence/bankid/evidence-files.ts";
import { openFileSource } from "../../pdf/file-source.ts";
import { type OpenOptions, openPdf } from "../../pdf/open-pdf.ts";
import type { ByteSource, PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { failed } from "../../../shared/result.ts";
import type { EvidenceReport } from "../../../shared/verification.ts";
import { failure, type Finding, toReason, unsure } from "../finding.ts";
import { identityOf } from "../file-identity.ts";
import { workLimit } from "../work-limit.ts";
import { checkPerson } from "./check-person.ts";
import { type EvidenceSet, filesFinding } from "./evidence-set.ts";
import { counted, isFailure, judgeEvidence, verdictOf } from "./judge-evidence.ts";
import { MAXIMUM_PACKAGE_BYTES, readPackage, TOO_LARGE } from "./read-package.ts";
import { prefixOf, PrefixDigests } from "./signed-prefix.ts";

export interface PackageOptions {
  readonly bankIdRoots: readonly Certificate[];
  /** The time of checking. */
  readonly now: Date;
  /** How the document is opened. */
  readonly options: OpenOptions;
}

/**
 * Judges evidence that lies in a package beside the document: what it proves about a person, and that the document is what the
 * person signed, or begins with it and was only sealed since. Never throws for what is wrong with either file.
 */
export async function verifyPackage(
  packagePath: string,
  documentPath: string,
  packageOptions: PackageOptions,
): Promise<EvidenceReport> {
  const set = await packageSet(packagePath);
  const { content } = set;
  if (content === undefined) {
    return nothingProven(set, set.findings);
  }
  const before = identityOrNull(documentPath);
  const report = await judgePackage(set, content, documentPath, packageOptions);
  if (before === identityOrNull(documentPath)) {
    return report;
  }
  // SECURITY: structure and digest are read one after the other; both must be of one and the same file.
  const message = "The document was changed while it was being checked.";
  return nothingProven(set, [unsure("GENERIC", "file.changed", message)]);
}

function identityOrNull(path: string): string | null {
  try {
    return identityOf(path);
  } catch {
    return null;
  }
}

async function judgePackage(
  set: EvidenceSet,
  content: ReadEvidence,
  documentPath: string,
  { bankIdRoots, now, options }: PackageOptions,
): Promise<EvidenceReport> {
  let source: ByteSource | undefined;
  try {
    source = openFileSource(documentPath, workLimit);
    const { size, tick } = source;
    const digests = new PrefixDigests({ path: documentPath, size, signal: undefined, onBytes: () => tick?.() });
    const whole = await prefixOf(content.manifest, digests, (one) => one === size);
    const file = opened(source, options);
    if (file !== undefined && !whole.ok) {
      const question = { file, digests, roots: bankIdRoots, now, options, details: false };
      const [report] = await judgeEvidence([set], [], question);
      return report ?? nothingProven(set, set.findings);
    }
    const person = checkPerson(content, bankIdRoots, now);
    const findings = [...set.findings, ...person.findings];
    const pages = file === undefined ? null : counted(() => file.pageCount());
    const entry = whole.ok ? whole.entry : undefined;
    if (entry === undefined) {
      findings.push(failure("GENERIC", "evidence.other-document", "The evidence is about another document."));
    } else if (entry.pages !== null && pages !== null && entry.pages !== pages) {
      const message = `The person signed a document of ${entry.pages} pages, and this one has ${pages}.`;
      findings.push(failure("GENERIC", "evidence.pages-differ", message));
    }
    return {
      ...nothingProven(set, findings),
      verdict: verdictOf(findings),
      person: person.person,
      provenTime: person.provenTime,
      document: entry === undefined ? null : { name: entry.name, size: entry.size, sha256: entry.sha256, pages },
      pagesNow: pages,
      changesAfter: entry === undefined ? null : "none",
    };
  } catch (error) {
    const message = "The document cannot be read.";
    const finding = isUnreadable(error)
      ? failure("GENERIC", "file.unreadable", message)
      : unsure("GENERIC", "verification.error", "The verification stopped because of an unexpected error.");
    return nothingProven(set, [...set.findings, finding]);
  } finally {
    source?.close();
  }
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof PdfProblem || (error instanceof Error && "syscall" in error);

/** The package as evidence that no document carries. */
async function packageSet(path: string): Promise<EvidenceSet> {
  const files = await readFiles(path);
  const read = files.ok ? readEvidenceFiles(files.value) : undefined;
  const findings = files.ok ? (read === undefined || read.ok ? [] : [filesFinding(read.failure)]) : [files.failure];
  return {
    number: 1,
    name: EVIDENCE_FILE,
    revision: undefined,
    specifications: new Set(),
    files: new Map<EvidenceFileName, Uint8Array>(),
    content: read?.ok === true ? read.value : undefined,
    findings,
  };
}

async function readFiles(path: string): Promise<ReturnType<typeof readPackage>> {
  try {
    const { size } = await stat(path);
    // SECURITY: nothing of any size is read into memory.
    return size > MAXIMUM_PACKAGE_BYTES ? failed(TOO_LARGE) : readPackage(await readFile(path));
  } catch {
    return failed(failure("GENERIC", "package.unreadable", "The package cannot be read."));
  }
}

function opened(source: ByteSource, options: OpenOptions): PdfFile | undefined {
  try {
    return openPdf(source, options);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

const nothingProven = ({ name }: EvidenceSet, findings: readonly Finding[]): EvidenceReport => ({
  kind: "bankid",
  name,
  verdict: findings.some(isFailure) ? "failed" : "undecided",
  person: null,
  provenTime: null,
  document: null,
  pagesNow: null,
  changesAfter: null,
  sealedBy: null,
  reasons: findings.map(toReason),
});
