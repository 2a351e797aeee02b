import { openFileSource } from "../pdf/file-source.ts";
import { openOptions, openPdf } from "../pdf/open-pdf.ts";
import type { ByteSource, PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import type { Certificate } from "../pki/certificate.ts";
import type { FileReport, FileVerdict, SignatureReport } from "../../shared/verification.ts";
import { type Finding, note, toReason } from "./finding.ts";
import { signaturesOfForm } from "./find-signatures.ts";
import { explainHits, rawByteRanges } from "./stray-signatures.ts";
import type { RevocationPolicy } from "./unknown-revocation.ts";
import type { ValidationNetwork } from "./validation-network.ts";
import { documentStore } from "./validation-data.ts";
import { locate, type LocatedSignature } from "./locate-signature.ts";
import { judgeSignature, type Proof, type SignatureContext } from "./verify-signature.ts";

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
  readonly signal?: AbortSignal;
}

/** SECURITY: each signature costs a pass over the file. */
const MAXIMUM_SIGNATURES = 200;
/** In milliseconds, for the questions of one file. */
const NETWORK_TIME_LIMIT = 20_000;

/**
 * Judges every signature of a PDF file (EN 319 102-1 over the byte accounting of ISO 32000-2 12.8). Never throws: what
 * cannot be read is a verdict with its reason.
 */
export async function verifyFile(path: string, options: VerifyOptions): Promise<FileReport> {
  let source: ByteSource | undefined;
  try {
    source = openFileSource(path);
    return await verifySource(path, source, options);
  } catch (error) {
    return unreadable(path, error, source);
  } finally {
    source?.close();
  }
}

async function verifySource(path: string, source: ByteSource, options: VerifyOptions): Promise<FileReport> {
  const hits = await rawByteRanges(source, options.signal);
  let file: PdfFile;
  try {
    file = openPdf(source, openOptions(options.password));
  } catch (error) {
    return unopened(path, error, hits);
  }
  if (file.encryption?.authenticated === null) {
    return encrypted(path, hits, file.encryption.handler === "standard");
  }
  try {
    return await verifyPdf(path, file, hits, options);
  } catch (error) {
    return unopened(path, error, hits);
  }
}

async function verifyPdf(
  path: string,
  file: PdfFile,
  hits: readonly number[],
  options: VerifyOptions,
): Promise<FileReport> {
  const ofForm = signaturesOfForm(file);
  const { unreachable, findings } = explainHits(file, hits, ofForm);
  const found = [...ofForm, ...unreachable];
  if (found.length > MAXIMUM_SIGNATURES) {
    const reason = { code: "limit.signatures", message: `The file has more than ${MAXIMUM_SIGNATURES} signatures.` };
    return { file: path, verdict: "INDETERMINATE", reasons: [reason], signatures: [] };
  }
  const located = found.map((signature) => locate(file, signature));
  const store = documentStore(file);
  const context: Omit<SignatureContext, "networkSignal"> = {
    path,
    file,
    anchors: options.trustAnchors,
    revocation: options.revocation ?? "where-published",
    store,
    network: options.network,
    signal: options.signal,
    others: located,
  };
  const signatures = await withTimeLimit(options, (networkSignal) =>
    judgeAll(located, { ...context, networkSignal }, options.at ?? new Date()),
  );
  return conclude(path, signatures, findings);
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
  now: Date,
): Promise<readonly SignatureReport[]> {
  const reports = new Map<LocatedSignature, SignatureReport>();
  let proof: Proof = { at: now, proven: false, later: [] };
  const byAge = [...located].sort((a, b) => (b.range?.end ?? 0) - (a.range?.end ?? 0));
  for (const signature of byAge) {
    context.signal?.throwIfAborted();
    const { report, timestamp } = await judgeSignature(signature, proof, context);
    reports.set(signature, report);
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

function conclude(path: string, signatures: readonly SignatureReport[], findings: readonly Finding[]): FileReport {
  const reasons = findings.map(toReason);
  const doubt = findings.some(({ effect }) => effect !== "information");
  if (signatures.length === 0) {
    return { file: path, verdict: doubt ? "INDETERMINATE" : "NO-SIGNATURE", reasons, signatures };
  }
  const has = (indication: string): boolean => signatures.some((signature) => signature.indication === indication);
  const verdict: FileVerdict = has("TOTAL-FAILED")
    ? "TOTAL-FAILED"
    : has("INDETERMINATE") || doubt
      ? "INDETERMINATE"
      : "TOTAL-PASSED";
  return { file: path, verdict, reasons, signatures };
}

/** The strict reader refused the file. With signatures in it that is a failure of format, never "no signature". */
function unopened(path: string, error: unknown, hits: readonly number[]): FileReport {
  if (!(error instanceof PdfProblem)) {
    throw error;
  }
  const place = error.offset === undefined ? {} : { offset: error.offset };
  const reason = { code: `pdf.${error.code}`, message: error.message, ...place };
  const [hit] = hits;
  if (hit === undefined) {
    return { file: path, verdict: "UNREADABLE", reasons: [reason], signatures: [] };
  }
  const message =
    "The file has a signature, but its structure is damaged, so different programs may show different documents.";
  const format = { code: "format.damaged", message, offset: hit };
  return { file: path, verdict: "TOTAL-FAILED", reasons: [format, reason], signatures: [] };
}

function encrypted(path: string, hits: readonly number[], needsPassword: boolean): FileReport {
  const [hit] = hits;
  const reasons = [
    needsPassword
      ? { code: "document.encrypted", message: "The document can be read only with its password." }
      : {
          code: "document.encryption-unsupported",
          message: "The document is encrypted in a way that is not supported.",
        },
    ...(hit === undefined
      ? []
      : [toReason(note("signature.unchecked", "It has a signature that was not checked.", { offset: hit }))]),
  ];
  return { file: path, verdict: hit === undefined ? "UNREADABLE" : "INDETERMINATE", reasons, signatures: [] };
}

/** Anything that is no problem of the PDF itself: no such file, no right to read it, stopped by the user, a bug. */
function unreadable(path: string, error: unknown, source: ByteSource | undefined): FileReport {
  if (error instanceof PdfProblem) {
    return {
      file: path,
      verdict: "UNREADABLE",
      reasons: [{ code: `pdf.${error.code}`, message: error.message }],
      signatures: [],
    };
  }
  const aborted = error instanceof Error && error.name === "AbortError";
  const reason = aborted
    ? { code: "verification.cancelled", message: "The verification was cancelled." }
    : source === undefined
      ? { code: "file.unreadable", message: "The file cannot be opened." }
      : { code: "verification.error", message: "The verification stopped because of an unexpected error." };
  return {
    file: path,
    verdict: source === undefined ? "UNREADABLE" : "INDETERMINATE",
    reasons: [reason],
    signatures: [],
  };
}
