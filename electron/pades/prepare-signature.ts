import type { BigIntStats } from "node:fs";
import { chmod, open, rm, stat } from "node:fs/promises";
import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { openFileSource } from "../pdf/file-source.ts";
import { IncrementalUpdate } from "../pdf/incremental-update.ts";
import { dict, name } from "../pdf/objects.ts";
import type { PdfDict, PdfRef } from "../pdf/objects.ts";
import { openOptions, openPdf } from "../pdf/open-pdf.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { readRanges } from "../pdf/read-ranges.ts";
import { stageCopy } from "../pdf/staged-copy.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";
import type { MarkFont } from "./appearance/mark-font.ts";
import { certificationReference, permissionsChange } from "./certification.ts";
import { decideSigning } from "./check-before-signing.ts";
import type { SigningDecision } from "./check-before-signing.ts";
import { curveExtensionChange } from "./curve-extension.ts";
import { estimateCapacity } from "./estimate-capacity.ts";
import { lockEntries, lockOfOtherFields } from "./field-lock.ts";
import { updateCatalog } from "./form-update.ts";
import { initialsRefusal } from "./initials-refusal.ts";
import type { PreparedSignature } from "./prepared-signature.ts";
import { readFailure } from "./read-failure.ts";
import { chooseDigest } from "./seed-values.ts";
import { byteRangeText, fieldLockReference, lockReference, signatureDictionary } from "./signature-dictionary.ts";
import type { PrepareRequest } from "./signature-request.ts";
import { StagedDigest } from "./staged-digest.ts";
import { writeFailure } from "./write-failure.ts";
import { writeFully } from "../pdf/file-bytes.ts";
import { planInitials } from "./write-initials.ts";
import { writeSignatureField } from "./write-signature-field.ts";

type Placeholder = Pick<PreparedSignature, "originalSize" | "stagedSize" | "byteRange" | "contents" | "field"> & {
  readonly digestAlgorithm: SigningDigest;
};

interface PlannedUpdate {
  readonly bytes: Uint8Array;
  readonly placeholder: Placeholder;
}

/**
 * First phase: makes a staged copy that ends in one incremental update with the signature field, its appearance and an
 * empty placeholder, and hashes it. Everything that can be refused is refused before anything is written.
 *
 * Failures: document.* as `shared/failure.ts` lists them, output.* for the staged file, provider.cancelled when aborted.
 */
export async function prepareSignature(request: PrepareRequest): Promise<Result<PreparedSignature, Failure>> {
  const planned = await planUpdate(request);
  if (!planned.ok) {
    return planned;
  }
  const { bytes, placeholder } = planned.value;
  try {
    const staged = await writeStaged(request, placeholder, bytes);
    if (!staged.ok) {
      await rm(request.staged, { force: true });
    }
    return staged;
  } catch (error) {
    await rm(request.staged, { force: true });
    if (request.signal?.aborted === true) {
      return failed({ code: "provider.cancelled" });
    }
    return failed(writeFailure(error));
  }
}

async function writeStaged(
  request: PrepareRequest,
  placeholder: Placeholder,
  update: Uint8Array,
): Promise<Result<PreparedSignature, Failure>> {
  const { source, staged, signal, onProgress } = request;
  await rm(staged, { force: true });
  const before = await stat(source, { bigint: true });
  const digest = new StagedDigest(placeholder, onProgress);
  await bothDone(
    stageCopy(source, staged, signal === undefined ? {} : { signal }),
    readRanges(source, [{ offset: 0, length: placeholder.originalSize }], (bytes) => digest.add(bytes), signal),
  );
  // The copy and its digest were made of the same bytes: nobody wrote to the original meanwhile. The finished file is
  // read once more as a whole before it is delivered.
  if (!sameState(before, await stat(source, { bigint: true }))) {
    return failed({ code: "document.changed-on-disk" });
  }
  // A read-only original makes a read-only copy; and nobody else needs to read what is not finished.
  await chmod(staged, 0o600);
  const handle = await open(staged, "r+");
  try {
    if ((await handle.stat()).size !== placeholder.originalSize) {
      return failed({ code: "document.changed-on-disk" });
    }
    await writeFully(handle, update, placeholder.originalSize);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const { original, document } = digest.end(update);
  if (request.originalSha256 !== undefined && original !== request.originalSha256) {
    return failed({ code: "document.changed-on-disk" });
  }
  return success({
    version: 2,
    ...placeholder,
    documentDigest: document,
    signedAttributes: null,
    toBeSigned: null,
    chain: [],
  });
}

/** The system copies while we hash: on two cores the two cost the time of the longer one. */
async function bothDone(copy: Promise<unknown>, reading: Promise<unknown>): Promise<void> {
  // Neither may go on behind the other's failure: the copy would come back after it was removed.
  const outcomes = await Promise.allSettled([copy, reading]);
  const problem = outcomes.find((outcome) => outcome.status === "rejected");
  if (problem !== undefined) {
    throw problem.reason;
  }
}

/** ctime is the system's own: a program that writes can set back the time of the change, not that one. */
function sameState(before: BigIntStats, after: BigIntStats): boolean {
  return (
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs &&
    before.ctimeNs === after.ctimeNs &&
    before.ino === after.ino
  );
}

/** Reads the document and lays out the update in memory: a few objects, whatever the document's size. */
async function planUpdate(request: PrepareRequest): Promise<Result<PlannedUpdate, Failure>> {
  let file: PdfFile | null = null;
  try {
    // Loading the font library takes longer than all the rest of an invisible signature.
    const fonts = request.appearance === null ? null : await import("./appearance/mark-font.ts");
    const before = await stat(request.source);
    file = openPdf(openFileSource(request.source), openOptions(request.password));
    const planned = layOut(file, request, fonts?.MarkFont ?? null);
    const after = await stat(request.source);
    // The update holds offsets and objects of the file that was read: another file needs another update.
    const same = before.size === after.size && before.mtimeMs === after.mtimeMs && before.ino === after.ino;
    return same ? planned : failed({ code: "document.changed-on-disk" });
  } catch (error) {
    return failed(readFailure(error));
  } finally {
    file?.close();
  }
}

function layOut(
  file: PdfFile,
  request: PrepareRequest,
  markFont: typeof MarkFont | null,
): Result<PlannedUpdate, Failure> {
  const decision = decideSigning(file, request);
  if (!decision.ok) {
    return decision;
  }
  const initials = request.appearance?.initials ?? null;
  const refusal = initials === null ? null : initialsRefusal(file, decision.value.fields, initials.design);
  return refusal === null ? success(writeUpdate(file, decision.value, request, markFont)) : failed(refusal);
}

function writeUpdate(
  file: PdfFile,
  { fields, target }: SigningDecision,
  request: PrepareRequest,
  markFont: typeof MarkFont | null,
): PlannedUpdate {
  const update = new IncrementalUpdate(file);
  const signature = update.allocate();
  const utcOffsetMinutes = request.utcOffsetMinutes ?? -request.claimedTime.getTimezoneOffset();
  const capacityBytes = request.capacityBytes ?? estimateCapacity({ chain: null, timestamped: true });
  const seeded = target.kind === "existing" ? target.field.dict : null;
  const digestAlgorithm = chooseDigest(file, seeded, request.digests ?? []) ?? "SHA-256";
  const { certification } = request;
  const lock = writeLock(file, update, { fields, target }, request.lockFields === true);
  update.setRaw(
    signature,
    signatureDictionary({
      capacityBytes,
      claimedTime: request.claimedTime,
      utcOffsetMinutes,
      signerName: request.signerName,
      reason: request.reason,
      location: request.location,
      contactInfo: request.contactInfo,
      references: [
        ...(certification === undefined ? [] : [certificationReference(certification)]),
        ...(lock.reference === null ? [] : [lock.reference]),
      ],
    }),
  );
  const drawn = { ...request, markFont, lock: lock.entry, tagged: fields.signed.length === 0 };
  const initials = planInitials(file, update, drawn, utcOffsetMinutes);
  updateCatalog(file, update, {
    ...writeSignatureField(file, update, target, signature, drawn, utcOffsetMinutes, initials),
    ...(certification === undefined ? {} : permissionsChange(file, update, signature)),
    ...(request.curveExtension === true ? curveExtensionChange(file, update) : {}),
  });
  const { base, bytes, marks } = update.render();
  const contents = { offset: markAt(marks, "contents"), capacityBytes };
  const stagedSize = base + bytes.length;
  // ISO 32000-2 12.8.1: the gap is the whole string with its angle brackets.
  const behind = contents.offset + capacityBytes * 2 + 1;
  const byteRange = [0, contents.offset - 1, behind, stagedSize - behind] as const;
  const filled = Uint8Array.from(bytes);
  filled.set(byteRangeText(byteRange), markAt(marks, "byteRange") - base);
  return {
    bytes: filled,
    placeholder: { originalSize: base, stagedSize, byteRange, contents, field: target.name, digestAlgorithm },
  };
}

/**
 * FieldMDP: a field's own /Lock is the author's and stays as it is; otherwise the signer may lock the other fields, and a
 * new field says so too (ISO 32000-2 12.8.2.4).
 */
function writeLock(
  file: PdfFile,
  update: IncrementalUpdate,
  { fields, target }: SigningDecision,
  wanted: boolean,
): { readonly reference: PdfDict | null; readonly entry: PdfRef | null } {
  const own = target.kind === "existing" ? fieldLockReference(file, target.field.dict) : null;
  const lock = wanted && own === null ? lockOfOtherFields(fields.all) : null;
  if (lock === null) {
    return { reference: own, entry: null };
  }
  const entries = lockEntries(lock);
  const entry = target.kind === "new" ? update.allocate() : null;
  if (entry !== null) {
    update.set(entry, dict({ Type: name("SigFieldLock"), ...entries }));
  }
  return { reference: lockReference(file, entries), entry };
}

function markAt(marks: ReadonlyMap<string, number>, mark: string): number {
  const offset = marks.get(mark);
  if (offset === undefined) {
    throw new TypeError(`the update has no mark "${mark}"`);
  }
  return offset;
}
