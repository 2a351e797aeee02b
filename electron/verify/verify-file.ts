import { openFileSource } from "../pdf/file-source.ts";
import { openOptions, openPdf } from "../pdf/open-pdf.ts";
import type { ByteSource, PdfFile } from "../pdf/pdf-file.ts";
import type { Certificate } from "../pki/certificate.ts";
import type { EvidenceReport, FileReport, FileVerdict, SignatureReport } from "../../shared/verification.ts";
import { type DigestAhead, digestAhead } from "./digest-ahead.ts";
import { type Finding, toReason } from "./finding.ts";
import { signaturesOfForm } from "./find-signatures.ts";
import { carriesEvidence } from "./evidence/evidence-names.ts";
import type { EvidenceOfFile } from "./evidence/evidence-of-file.ts";
import { evidenceReasons, verdictWithEvidence } from "./evidence/file-verdict.ts";
import { explainHits, isSmall, rawByteRanges } from "./stray-signatures.ts";
import { timelineOf } from "./timeline.ts";
import type { RevocationPolicy } from "./unknown-revocation.ts";
import type { ValidationNetwork } from "./validation-network.ts";
import { documentStore } from "./validation-data.ts";
import { locate, type LocatedSignature } from "./locate-signature.ts";
import { identityOf } from "./file-identity.ts";
import { signatureDetails } from "./signature-details.ts";
import { changedMeanwhile, encrypted, unopened, unreadable, without } from "./unverified.ts";
import { progressOf, type VerifyProgress } from "./verify-progress.ts";
import { judgeSignature, type Proof, type SignatureContext } from "./verify-signature.ts";
import { workLimit } from "./work-limit.ts";

export interface VerifyOptions {
  /** Certificates trusted as they are. None: nobody's signature can pass, but `intact` is still judged. */
  readonly trustAnchors: readonly Certificate[];
  /** The time of checking; now when absent. */
  readonly at?: Date;
  readonly revocation?: RevocationPolicy;
  /** Asked for what the document does not bring. Absent: no socket is opened. */
  readonly network?: ValidationNetwork;
  /** For an encrypted document that does not open without one; its user or owner password. */
  readonly password?: string;
  /** Roots that persons who signed with BankID are judged against. None: nobody's evidence can pass. */
  readonly bankIdRoots?: readonly Certificate[];
  /** Add what the window shows beyond verdict and reasons. */
  readonly details?: boolean;
  readonly signal?: AbortSignal;
  /** Told how far it is, from 0 to 1, never less than before. */
  readonly onProgress?: (fraction: number) => void;
}

/** SECURITY: each signature costs a pass over the file. */
const MAXIMUM_SIGNATURES = 200;
/** In milliseconds, for the questions of one file. */
export const NETWORK_TIME_LIMIT = 20_000;
/** How much of a file that cannot be opened is searched, from its end: disk images and films end like PDF files, too. */
const BROKEN_REACH = 64 * 1024 * 1024;

/**
 * Judges every signature of a PDF file (EN 319 102-1 over the byte accounting of ISO 32000-2 12.8). Never throws: what
 * cannot be read is a verdict with its reason.
 */
export async function verifyFile(path: string, options: VerifyOptions): Promise<FileReport> {
  let source: ByteSource | undefined;
  try {
    const before = identityOf(path);
    source = openFileSource(path, workLimit);
    const report = await verifySource(path, source, options);
    // SECURITY: structure and digests are read one after the other; both must be of one and the same file.
    return before === identityOf(path) ? report : changedMeanwhile(path);
  } catch (error) {
    return unreadable(path, error, source !== undefined);
  } finally {
    source?.close();
  }
}

async function verifySource(path: string, source: ByteSource, options: VerifyOptions): Promise<FileReport> {
  const { signal } = options;
  const progress = progressOf(source, options.onProgress);
  let file: PdfFile;
  try {
    file = openPdf(source, openOptions(options.password));
  } catch (error) {
    return unopened(path, error, await rawByteRanges(path, source, { signal, from: source.size - BROKEN_REACH }));
  }
  // One pass over a large file finds marks of signatures and takes the digest that will be asked for.
  const ahead = isSmall(source) ? undefined : digestAhead(file);
  if (ahead !== undefined) {
    progress.hashesAhead();
  }
  const also =
    ahead &&
    ((bytes: Uint8Array, offset: number): void => {
      source.tick?.();
      ahead.take(bytes, offset);
    });
  const hits = await rawByteRanges(path, source, { signal, onBytes: progress.searched, also });
  if (file.encryption?.authenticated === null) {
    return encrypted(path, hits, file.encryption.handler === "standard");
  }
  try {
    return await verifyPdf(path, file, { hits, ahead }, progress, options);
  } catch (error) {
    return unopened(path, error, hits);
  }
}

async function verifyPdf(
  path: string,
  file: PdfFile,
  { hits, ahead }: { readonly hits: readonly number[]; readonly ahead: DigestAhead | undefined },
  progress: VerifyProgress,
  options: VerifyOptions,
): Promise<FileReport> {
  const ofForm = signaturesOfForm(file);
  const { unreachable, findings } = explainHits(file, hits, ofForm);
  const found = [...ofForm, ...unreachable];
  if (found.length > MAXIMUM_SIGNATURES) {
    const message = `The file has more than ${MAXIMUM_SIGNATURES} signatures.`;
    return without(path, "INDETERMINATE", { code: "limit.signatures", message });
  }
  const located = found.map((signature) => locate(file, signature));
  const hasEvidence = carriesEvidence(file);
  progress.toHash(
    located.reduce((sum, { range }) => sum + (range?.end ?? 0), 0) + (hasEvidence ? file.source.size : 0),
  );
  const store = documentStore(file);
  const context: Omit<SignatureContext, "networkSignal"> = {
    path,
    file,
    anchors: options.trustAnchors,
    revocation: options.revocation ?? "where-published",
    store,
    network: options.network,
    signal: options.signal,
    onBytes: progress.hashed,
    others: located,
    ahead,
  };
  const signatures = await withTimeLimit(options, (networkSignal) =>
    judgeAll(located, { ...context, networkSignal }, options),
  );
  const seals = located.flatMap((one, index) => {
    const report = signatures[index];
    return report === undefined ? [] : [{ located: one, report }];
  });
  // It costs as much to load as all the rest, and few files carry any.
  const { reports, revisions }: EvidenceOfFile = hasEvidence
    ? await (await import("./evidence/evidence-of-file.ts")).evidenceOfFile(path, file, seals, progress, options)
    : { reports: [], revisions: new Set() };
  const report = conclude(path, signatures, findings, reports);
  return signatures.length === 0 ? report : { ...report, timeline: timelineOf(file, located, signatures, revisions) };
}

/** A controller of our own: what `AbortSignal.any` is made of is held weakly, and a timeout that nobody holds never comes. */
async function withTimeLimit<T>(
  { network, signal }: VerifyOptions,
  work: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const timer = setTimeout(stop, network?.timeLimitMilliseconds ?? NETWORK_TIME_LIMIT);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/**
 * Newest first: a trusted document timestamp proves that everything before it existed at its time, so what it covers
 * may be judged at that time (EN 319 102-1 clause 5.6). The reports keep the order of the form.
 */
async function judgeAll(
  located: readonly LocatedSignature[],
  context: SignatureContext,
  { at = new Date(), details = false }: VerifyOptions,
): Promise<readonly SignatureReport[]> {
  const reports = new Map<LocatedSignature, SignatureReport>();
  let proof: Proof = { at, proven: false, later: [] };
  const byAge = [...located].sort((a, b) => (b.range?.end ?? 0) - (a.range?.end ?? 0));
  for (const signature of byAge) {
    context.signal?.throwIfAborted();
    const judged = await judgeSignature(signature, proof, context);
    const { report, timestamp } = judged;
    reports.set(
      signature,
      details ? { ...report, details: signatureDetails(signature, judged, context.file) } : report,
    );
    if (timestamp !== undefined) {
      const later = [...proof.later, { revision: signature.coverage?.revision ?? 0, timestamp: timestamp.sound }];
      const { trusted } = timestamp;
      proof =
        trusted !== undefined && trusted.time <= proof.at
          ? { at: trusted.time, proven: true, later }
          : { ...proof, later };
    }
  }
  return located.flatMap((signature) => reports.get(signature) ?? []);
}

function conclude(
  path: string,
  signatures: readonly SignatureReport[],
  findings: readonly Finding[],
  evidence: readonly EvidenceReport[],
): FileReport {
  const reasons = [...findings.map(toReason), ...evidenceReasons(evidence)];
  const verdict = verdictWithEvidence(verdictOf(signatures, findings), evidence);
  return { file: path, verdict, reasons, signatures, ...(evidence.length === 0 ? {} : { evidence }) };
}

function verdictOf(signatures: readonly SignatureReport[], findings: readonly Finding[]): FileVerdict {
  const doubt = findings.some(({ effect }) => effect !== "information");
  if (signatures.length === 0) {
    return doubt ? "INDETERMINATE" : "NO-SIGNATURE";
  }
  const has = (indication: string): boolean => signatures.some((signature) => signature.indication === indication);
  if (has("TOTAL-FAILED")) {
    return "TOTAL-FAILED";
  }
  return has("INDETERMINATE") || doubt ? "INDETERMINATE" : "TOTAL-PASSED";
}
