import { rm, stat } from "node:fs/promises";
import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { PadesLevel } from "../../shared/verification.ts";
import { openFileSource } from "../pdf/file-source.ts";
import { IncrementalUpdate } from "../pdf/incremental-update.ts";
import { openOptions, openPdf } from "../pdf/open-pdf.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { stageCopy } from "../pdf/staged-copy.ts";
import type { Certificate } from "../pki/certificate.ts";
import type { PkiTransport } from "../pki/pki-transport.ts";
import type { RevocationCache } from "../pki/revocation-cache.ts";
import type { MissingRevocation } from "../pki/revocation-collector.ts";
import { requestTimestamp } from "../pki/tsp-client.ts";
import { appendDocumentTimestamp } from "./document-timestamp.ts";
import { appendUpdate, truncateTo } from "./extend/append-update.ts";
import { collectForDocument } from "./extend/collect-for-document.ts";
import { readIntactSignatures } from "./extend/read-signatures.ts";
import type { IntactSignature } from "./extend/read-signatures.ts";
import { readFailure } from "./read-failure.ts";
import { lockedRefusal } from "./signing-refusal.ts";
import { writeDss } from "./write-dss.ts";
import { writeFailure } from "./write-failure.ts";

export type ExtensionLevel = Exclude<PadesLevel, "B-B">;

export interface ExtensionParts {
  readonly transport: PkiTransport;
  readonly cache: RevocationCache;
  /** Address of an RFC 3161 authority; null: none is known, and only what needs no timestamp can be done. */
  readonly timestampUrl: string | null;
  /** Where chains end, besides at certificates that issued themselves. */
  readonly anchors: readonly Certificate[];
  /** What the timestamp authority must chain up to; "none" leaves that judgement to the verifier. */
  readonly timestampAnchors: readonly Certificate[] | "none";
  readonly now: () => Date;
  /** For an encrypted document that does not open without one. */
  readonly password?: string | undefined;
}

export interface Extension {
  /** What every signature of the document has now. */
  readonly level: PadesLevel;
  /** What could not be got; empty when the wanted level is reached. */
  readonly missing: readonly MissingRevocation[];
  /** Why the wanted level was not reached: `level.not-reached`, or the timestamp's failure. Null when it was. */
  readonly shortfall: Failure | null;
  /** Bytes that were added. */
  readonly appended: number;
}

export interface ExtendFileRequest extends ExtensionParts {
  readonly source: string;
  /** Overwritten when it exists; removed again when nothing can be extended. */
  readonly staged: string;
  readonly level: ExtensionLevel;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a copy of a signed document whose signatures last longer: B-T by a document timestamp (the CMS of a finished
 * signature is left alone), B-LT by a document security store, B-LTA by a document timestamp over it. A document that
 * is B-LTA already is renewed: first the data about the last timestamp, then a new one (EN 319 142-1 5.5).
 *
 * Failures: `extension.*`, `revocation.revoked`, `document.*`, `output.*`. A service that cannot be reached is none:
 * see `Extension.shortfall`.
 */
export async function extendFile(request: ExtendFileRequest): Promise<Result<Extension, Failure>> {
  const { source, staged, signal } = request;
  try {
    await rm(staged, { force: true });
    await stageCopy(source, staged, signal === undefined ? {} : { signal });
    const outcome = await extendInPlace(staged, request.level, request, signal);
    if (!outcome.ok) {
      await rm(staged, { force: true });
    }
    return outcome;
  } catch (error) {
    await rm(staged, { force: true });
    return failed(signal?.aborted === true ? { code: "provider.cancelled" } : writeFailure(error));
  }
}

/** As `extendFile`, for a staged file that may grow. When it fails, the file is what it was. */
export async function extendInPlace(
  path: string,
  level: ExtensionLevel,
  parts: ExtensionParts,
  signal?: AbortSignal,
): Promise<Result<Extension, Failure>> {
  const before = (await stat(path)).size;
  let outcome: Result<Omit<Extension, "appended">, Failure> | null = null;
  try {
    outcome = await climb(path, level, parts, signal);
  } catch (error) {
    outcome = failed(signal?.aborted === true ? { code: "provider.cancelled" } : anyFailure(error));
  } finally {
    if (outcome?.ok !== true) {
      await truncateTo(path, before);
    }
  }
  return outcome.ok ? success({ ...outcome.value, appended: (await stat(path)).size - before }) : outcome;
}

/** PdfProblem is a matter of the document, the rest of the disk. */
function anyFailure(error: unknown): Failure {
  return error instanceof Error && "syscall" in error ? writeFailure(error) : readFailure(error);
}

type Climbed = Result<Omit<Extension, "appended">, Failure>;

async function climb(
  path: string,
  level: ExtensionLevel,
  parts: ExtensionParts,
  signal: AbortSignal | undefined,
): Promise<Climbed> {
  const signatures = await withFile(path, parts.password, (file) => readForExtension(path, file, signal));
  if (!signatures.ok) {
    return signatures;
  }
  const timestamped = signatures.value.every((signature) => isTimestamped(signature, signatures.value));
  if (!timestamped) {
    const stamped = await timestamp(path, parts, signal);
    if (!stamped.ok) {
      return reached("B-B", stamped.failure);
    }
  }
  if (level === "B-T") {
    return reached("B-T", null);
  }
  const stored = await storeValidationData(path, timestamped ? signatures.value : null, parts, signal);
  if (!stored.ok) {
    return stored;
  }
  if (stored.value.length > 0) {
    return reached("B-T", shortfall(level, stored.value), stored.value);
  }
  if (level === "B-LT") {
    return reached("B-LT", null);
  }
  const archived = await timestamp(path, parts, signal);
  return archived.ok ? reached("B-LTA", null) : reached("B-LT", archived.failure);
}

const reached = (level: PadesLevel, problem: Failure | null, missing: readonly MissingRevocation[] = []): Climbed =>
  success({ level, missing, shortfall: problem });

function shortfall(wanted: ExtensionLevel, missing: readonly MissingRevocation[]): Failure {
  const names = missing.map(({ certificate, means, reason }) => `${WORDS[means]} "${certificate}": ${reason}`);
  return { code: "level.not-reached", params: { reached: "B-T", wanted, missing: names.join("; ") } };
}

const WORDS = { OCSP: "OCSP of", CRL: "CRL of", none: "revocation of" } as const;

async function readForExtension(
  path: string,
  file: PdfFile,
  signal: AbortSignal | undefined,
): Promise<Result<readonly IntactSignature[], Failure>> {
  const locked = lockedRefusal(file);
  return locked === null ? readIntactSignatures(path, file, signal) : failed(locked);
}

/** EN 319 142-1 table 1: by its own timestamp, or by a document timestamp that covers it. */
function isTimestamped(signature: IntactSignature, all: readonly IntactSignature[]): boolean {
  const covered = all.some(({ kind, end }) => kind === "document-timestamp" && end > signature.end);
  return signature.kind === "document-timestamp" || signature.timestamps.length > 0 || covered;
}

function timestamp(
  path: string,
  { transport, timestampUrl, timestampAnchors, password }: ExtensionParts,
  signal: AbortSignal | undefined,
): Promise<Result<null, Failure>> {
  if (timestampUrl === null) {
    return Promise.resolve(failed({ code: "extension.no-timestamp-service" }));
  }
  return appendDocumentTimestamp({
    path,
    password,
    signal,
    timestamp: async (imprint) => {
      const token = await requestTimestamp(transport, {
        url: timestampUrl,
        imprint,
        digestAlgorithm: "SHA-256",
        anchors: timestampAnchors,
        ...(signal === undefined ? {} : { signal }),
      });
      return token.ok ? success(token.value.token) : token;
    },
  });
}

/**
 * Answers what is missing; the store is written only when nothing is. `known`: the signatures, when they were read
 * already and nothing was added since: each costs a pass over the file.
 */
function storeValidationData(
  path: string,
  known: readonly IntactSignature[] | null,
  parts: ExtensionParts,
  signal: AbortSignal | undefined,
): Promise<Result<readonly MissingRevocation[], Failure>> {
  return withFile(path, parts.password, async (file) => {
    const signatures = known === null ? await readIntactSignatures(path, file, signal) : success(known);
    if (!signatures.ok) {
      return signatures;
    }
    const { anchors, now } = parts;
    const order = { file, signatures: signatures.value, anchors, now: now(), signal };
    const collected = await collectForDocument(parts, order);
    if (!collected.ok || collected.value.missing.length > 0) {
      return collected.ok ? success(collected.value.missing) : collected;
    }
    const update = new IncrementalUpdate(file);
    if (await writeDss(file, update, collected.value.material)) {
      const { base, bytes } = update.render();
      if (!(await appendUpdate(path, base, bytes))) {
        return failed({ code: "document.changed-on-disk" });
      }
    }
    return success([]);
  });
}

async function withFile<T>(
  path: string,
  password: string | undefined,
  work: (file: PdfFile) => Promise<T>,
): Promise<T> {
  const file = openPdf(openFileSource(path), openOptions(password));
  try {
    return await work(file);
  } finally {
    file.close();
  }
}
