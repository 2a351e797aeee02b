import { rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { WorkStep } from "../../../shared/app-state.ts";
import type { EvidenceResult } from "../../../shared/evidence-result.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { FileReport, PadesLevel } from "../../../shared/verification.ts";
import { completeSignature } from "../../pades/complete-signature.ts";
import { preparedScheme } from "../../pades/prepared-scheme.ts";
import { truncateTo } from "../../pades/extend/append-update.ts";
import { preparedDigest } from "../../pades/prepared-signature.ts";
import type { PreparedSignature } from "../../pades/prepared-signature.ts";
import { openOptions } from "../../pdf/open-pdf.ts";
import type { SigningDigest } from "../../pki/signing-schemes.ts";
import type { DocumentToSign } from "../../providers/provider.ts";
import type { ValidationNetwork } from "../../verify/validation-network.ts";
import { verifyFile } from "../../verify/verify-file.ts";
import type { PictureStore } from "../../storage/picture-store.ts";
import type { Journal } from "../../storage/journal.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import type { ReturnedFiles, StoredFile } from "../../storage/returned-files.ts";
import { fileFailure } from "../documents/file-failure.ts";
import { lockOf } from "../documents/open-document.ts";
import type { Clock } from "../ports.ts";
import { checkResult } from "./check-result.ts";
import type { Judge } from "./check-result.ts";
import { deliverItem, wasDelivered } from "./deliver-item.ts";
import { reachLevel } from "./reach-level.ts";
import type { LevelReached } from "./reach-level.ts";
import { prepareForUnknown, prepareItem, stagedFiles } from "./prepare-item.ts";
import type { PreparingSigner } from "./prepare-item.ts";
import { documentToSend } from "./returned/document-to-send.ts";
import type { PreparedToSend } from "./returned/document-to-send.ts";
import { finishReturned } from "./returned/finish-returned.ts";
import { finishEvidence } from "./evidence/finish-evidence.ts";
import type { EvidenceParts } from "./evidence/finish-evidence.ts";
import type { SigningEnvironment } from "./signing-environment.ts";

export interface SigningStepsParts {
  readonly environment: SigningEnvironment;
  readonly journal: Journal;
  readonly clock: Clock;
  /**
   * Password of an encrypted document, by the path of the original. SECURITY: it is asked for when it is needed and is in
   * neither the journal nor a setting, so a run that another start of the program finishes asks for it again.
   */
  readonly documentPassword?: (sourcePath: string) => string | undefined;
  /** For the report that the person sees at the end. Absent: it says what was not asked. */
  readonly network?: ValidationNetwork;
  /** Pictures of visible marks, by their digest. */
  readonly pictures: PictureStore;
  /** Folder with the fonts of the visible mark. */
  readonly fonts: string;
  /** Signed documents that a provider gave back. */
  readonly returned: ReturnedFiles;
}

export interface PreparedItem {
  readonly prepared: PreparedSignature;
  /** What the provider signs. */
  readonly toSign: Omit<DocumentToSign, "id">;
}

export interface DeliveredItem {
  readonly outputPath: string;
  /** Null: the result is no PDF file, but a package of evidence. */
  readonly level: PadesLevel | null;
  readonly report: FileReport | null;
  /** What kept the document from the wanted level; it is good as it is. */
  readonly notice: Failure | null;
  /** Set where the person's signature is evidence and no signature of the PDF. */
  readonly evidence?: EvidenceResult;
}

/** What is done to one document; every step can be repeated after a crash. */
export interface SigningSteps {
  /** `provider.cancelled` when aborted: nothing is left behind, and it can be asked for again. */
  readonly prepare: (
    item: ItemRecord,
    signer: PreparingSigner,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ) => Promise<Result<PreparedItem, Failure>>;
  /** As `prepare`, for a provider that shows the certificate only with the signature. */
  readonly prepareUnknown: (
    item: ItemRecord,
    digest: SigningDigest,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ) => Promise<Result<PreparedSignature, Failure>>;
  /** The document for a provider that takes whole ones. */
  readonly send: (item: ItemRecord) => Promise<Result<PreparedToSend, Failure>>;
  /** Keeps a signed document that came back, on the disk, before the journal says that it is there. */
  readonly keep: (item: ItemRecord, bytes: Uint8Array) => Result<StoredFile, Failure>;
  /** From the approved value to the delivered file. Aborting ends a wait for the timestamp service, not more. */
  readonly finish: (
    item: ItemRecord,
    level: PadesLevel,
    onStep: (step: WorkStep) => void,
    signal: AbortSignal,
  ) => Promise<Result<DeliveredItem, Failure>>;
  /** Is the document encrypted, with a password that nobody has given yet? Preparing and finishing it must wait then. */
  readonly needsPassword: (item: ItemRecord) => boolean;
  /** Removes what a document that will not be signed left behind. Never rejects. */
  readonly discard: (item: ItemRecord) => Promise<void>;
}

/** The staged file is not the one that was prepared: somebody else's hands were on it, or it is gone. */
const STAGED_IS_SPOILT: ReadonlySet<string> = new Set([
  "document.changed-on-disk",
  "output.conformance",
  "output.verification",
]);

export function createSigningSteps(parts: SigningStepsParts): SigningSteps {
  return {
    prepare: (item, signer, onProgress, signal) => prepareItem(parts, item, signer, onProgress, signal),
    finish: async (item, level, onStep, signal) => {
      try {
        return await finish(parts, item, level, onStep, signal);
      } catch (error) {
        if (isSystemError(error)) {
          return failed(fileFailure(error, item.outputPath));
        }
        throw error;
      }
    },
    prepareUnknown: (item, digest, onProgress, signal) =>
      prepareForUnknown(parts, item, { name: orderedName(parts, item), digest }, onProgress, signal),
    send: (item) => {
      const { takes } = parts.environment.provider.descriptor;
      return documentToSend(item, { takes, password: parts.documentPassword?.(item.sourcePath) });
    },
    keep: (item, bytes) => {
      try {
        return success(parts.returned.put(item.transaction, item.item, bytes));
      } catch (error) {
        if (isSystemError(error)) {
          return failed(fileFailure(error, item.outputPath));
        }
        throw error;
      }
    },
    needsPassword: (item) => needsPassword(parts, item),
    discard: async (item) => {
      for (const path of stagedFiles(item)) {
        // What cannot be removed (the folder is gone or read-only) is no reason to stop.
        await rm(path, { force: true }).catch(() => undefined);
      }
    },
  };
}

async function finish(
  parts: SigningStepsParts,
  item: ItemRecord,
  level: PadesLevel,
  onStep: (step: WorkStep) => void,
  signal: AbortSignal,
): Promise<Result<DeliveredItem, Failure>> {
  const { prepared, value } = item;
  const judge: Judge = async (path) => {
    const report = await verifyFile(path, {
      trustAnchors: parts.environment.trustAnchors,
      bankIdRoots: parts.environment.evidence?.trust.roots ?? [],
      at: new Date(parts.clock.now()),
      ...(parts.network === undefined ? {} : { network: parts.network }),
      ...openOptions(parts.documentPassword?.(item.sourcePath)),
    });
    throwIfAway(report);
    return report;
  };
  if (item.returned !== null && item.returned !== undefined) {
    const { journal, returned, environment } = parts;
    return finishReturned({ journal, returned, judge, extend: environment.extend }, item, level, onStep, signal);
  }
  if (item.evidence !== null && item.evidence !== undefined) {
    return finishWithEvidence(parts, item, item.evidence, judge, { level, onStep, signal });
  }
  if (prepared === null || value === null) {
    throw new Error("a document is finished only after its approval");
  }
  if (item.phase === "assembled" && (await wasDelivered(item, prepared))) {
    if (lockOf(item.outputPath, parts.documentPassword?.(item.sourcePath)) === "locked") {
      return passwordNeeded(item);
    }
    const found = { report: await judge(item.outputPath), notice: null };
    return delivered(parts, item, prepared, item.outputPath, found);
  }
  // Also before anything is taken for spoilt: without the password the value would seem to fit nothing any more.
  if (needsPassword(parts, item)) {
    return passwordNeeded(item);
  }
  const assembleOnce = () => assemble(parts, item, prepared, value, level, judge, onStep, signal);
  let assembled = await assembleOnce();
  if (!assembled.ok && STAGED_IS_SPOILT.has(assembled.failure.code) && (await prepareAgain(parts, item, prepared))) {
    assembled = await assembleOnce();
  }
  if (!assembled.ok) {
    return assembled;
  }
  parts.journal.storeAssembled(item.transaction, item.item);
  onStep("delivering");
  const outcome = await deliverItem(parts.journal, item);
  return outcome.ok ? delivered(parts, item, prepared, outcome.value, assembled.value) : outcome;
}

async function finishWithEvidence(
  parts: SigningStepsParts,
  item: ItemRecord,
  id: number,
  judge: Judge,
  run: Pick<EvidenceParts, "level" | "onStep" | "signal">,
): Promise<Result<DeliveredItem, Failure>> {
  const { evidence: environment } = parts.environment;
  const signing = parts.journal.evidence(id);
  if (environment === undefined || signing === null) {
    throw new Error("evidence is finished where its provider is");
  }
  return finishEvidence({ ...run, parts, environment, judge, item, signing });
}

/** Nobody could read it: that says something about the disk or the folder, and nothing about what was approved. */
function throwIfAway({ file, reasons }: FileReport): void {
  if (reasons.some(({ code }) => code === "file.unreadable")) {
    // As the system says it where the file is gone; whatever it was, it is tried again.
    throw Object.assign(new Error(`${file} cannot be read`), { code: "ENOENT", syscall: "open" });
  }
}

/** Signature into the staged file, then our own checks of it. */
async function assemble(
  parts: SigningStepsParts,
  item: ItemRecord,
  prepared: PreparedSignature,
  value: string,
  level: PadesLevel,
  judge: Judge,
  onStep: (step: WorkStep) => void,
  signal: AbortSignal,
): Promise<Result<LevelReached, Failure>> {
  onStep("assembling");
  const timestamp = level === "B-B" ? null : parts.environment.timestamp;
  if (level !== "B-B" && timestamp === null) {
    return failed({ code: "timestamp.unreachable", params: { reason: "not-configured" } });
  }
  if (await isGone(item.stagedPath)) {
    return failed({ code: "document.changed-on-disk", params: { name: item.name } });
  }
  // A run that ended here before may have added long-term data already.
  await truncateTo(item.stagedPath, prepared.stagedSize);
  const completed = await completeSignature({
    prepared,
    staged: item.stagedPath,
    value: new Uint8Array(Buffer.from(value, "base64")),
    ...(timestamp === null
      ? {}
      : {
          timestamp: (signatureValue) => {
            onStep("timestamping");
            return timestamp(signatureValue, signal);
          },
        }),
  });
  if (!completed.ok) {
    return completed;
  }
  onStep("checking");
  const password = parts.documentPassword?.(item.sourcePath);
  const checked = await checkResult(judge, item, prepared, completed.value.level, password);
  if (!checked.ok || level === "B-B" || level === "B-T") {
    return checked.ok ? success({ report: checked.value, notice: null }) : checked;
  }
  onStep("extending");
  return reachLevel(parts.environment.extend, judge, { item, level, report: checked.value, password }, signal);
}

function passwordNeeded(item: ItemRecord): Result<never, Failure> {
  return failed({ code: "document.password-needed", params: { name: item.name } });
}

/** The staged copy is encrypted as the original is, which may be gone by now or be another file. */
function needsPassword(parts: SigningStepsParts, item: ItemRecord): boolean {
  const password = parts.documentPassword?.(item.sourcePath);
  const staged = lockOf(item.stagedPath, password);
  return (staged === "unreadable" ? lockOf(item.sourcePath, password) : staged) === "locked";
}

/** Its folder is still there, the staged file is not. A folder that is gone may come back (a stick, a network drive). */
async function isGone(path: string): Promise<boolean> {
  const there = async (name: string): Promise<boolean> => (await stat(name).catch(() => null)) !== null;
  return !(await there(path)) && (await there(dirname(path)));
}

/**
 * Preparing makes the same bytes from the same original, so an approved value still fits when the staged file was
 * damaged or lost. False when the original is no longer the same either: then nothing that the value fits is left.
 */
async function prepareAgain(parts: SigningStepsParts, item: ItemRecord, prepared: PreparedSignature): Promise<boolean> {
  const same = { ...item, capacityBytes: prepared.contents.capacityBytes };
  if (prepared.adopted === true) {
    const unknown = { name: orderedName(parts, item), digest: preparedDigest(prepared) };
    const redone = await prepareForUnknown(parts, same, unknown, () => undefined, new AbortController().signal);
    return (
      redone.ok && redone.value.documentDigest === prepared.documentDigest && redone.value.field === prepared.field
    );
  }
  const scheme = preparedScheme(prepared);
  const signer = { chain: prepared.chain, schemes: scheme === undefined ? [] : [scheme] };
  const again = await prepareItem(parts, same, signer, () => undefined, new AbortController().signal);
  if (!again.ok) {
    return false;
  }
  // SECURITY: only the very bytes that the person approved.
  return again.value.toSign.digest === prepared.toBeSigned && again.value.prepared.field === prepared.field;
}

/** Who the order says will sign, for a mark that is drawn before the certificate is known. */
function orderedName({ journal }: SigningStepsParts, { transaction }: ItemRecord): string | null {
  const details = journal.transaction(transaction)?.order.details;
  const signer =
    details?.provider === "fourthline"
      ? details.signer
      : details?.provider === "idnow"
        ? details.signers[0]
        : undefined;
  return signer === undefined ? null : `${signer.givenName} ${signer.surname}`;
}

function delivered(
  parts: SigningStepsParts,
  item: ItemRecord,
  prepared: PreparedSignature,
  outputPath: string,
  { report, notice }: LevelReached,
): Result<DeliveredItem, Failure> {
  const own = report.signatures.find((signature) => signature.field === prepared.field);
  const level = own?.level ?? "B-B";
  parts.journal.storeDelivered(item.transaction, item.item, { level, verdict: report.verdict });
  return success({ outputPath, level, report: { ...report, file: outputPath }, notice });
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "code" in error && "syscall" in error;
}
