import { chmod, open, rm, stat } from "node:fs/promises";
import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { openFileSource } from "../pdf/file-source.ts";
import { IncrementalUpdate } from "../pdf/incremental-update.ts";
import { openOptions, openPdf } from "../pdf/open-pdf.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { digestRanges } from "../pdf/range-digest.ts";
import { stageCopy } from "../pdf/staged-copy.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";
import type { MarkFont } from "./appearance/mark-font.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { declaringCurves } from "./curve-extension.ts";
import { readSignatureFields } from "./earlier-signatures.ts";
import { estimateCapacity } from "./estimate-capacity.ts";
import type { PreparedSignature } from "./prepared-signature.ts";
import { readFailure } from "./read-failure.ts";
import { chooseDigest } from "./seed-values.ts";
import { byteRangeText, fieldLockReference, signatureDictionary } from "./signature-dictionary.ts";
import type { PrepareRequest } from "./signature-request.ts";
import { chooseTarget } from "./signature-target.ts";
import type { SignatureTarget } from "./signature-target.ts";
import { documentRefusal, lockedRefusal } from "./signing-refusal.ts";
import { writeFailure } from "./write-failure.ts";
import { writeFully } from "./write-fully.ts";
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
  const { staged, signal, onProgress } = request;
  const options = signal === undefined ? {} : { signal };
  await rm(staged, { force: true });
  await stageCopy(request.source, staged, options);
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
  const [first, firstLength, second, secondLength] = placeholder.byteRange;
  const ranges = [
    { offset: first, length: firstLength },
    { offset: second, length: secondLength },
  ];
  const total = firstLength + secondLength;
  const digest = await digestRanges(staged, ranges, {
    ...options,
    algorithm: placeholder.digestAlgorithm,
    ...(onProgress === undefined ? {} : { onProgress: (done: number) => onProgress(done / total) }),
  });
  return success({
    version: 2,
    ...placeholder,
    documentDigest: Buffer.from(digest).toString("hex"),
    signedAttributes: null,
    toBeSigned: null,
    chain: [],
  });
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
  const locked = lockedRefusal(file);
  if (locked !== null) {
    return failed(locked);
  }
  const fields = readSignatureFields(file);
  const refusal = documentRefusal(file, fields);
  if (refusal !== null) {
    return failed(refusal);
  }
  const target = chooseTarget(file, fields, request);
  return target.ok ? success(writeUpdate(file, target.value, request, markFont)) : target;
}

function writeUpdate(
  file: PdfFile,
  target: SignatureTarget,
  request: PrepareRequest,
  markFont: typeof MarkFont | null,
): PlannedUpdate {
  const update = new IncrementalUpdate(file);
  const signature = update.allocate();
  const utcOffsetMinutes = request.utcOffsetMinutes ?? -request.claimedTime.getTimezoneOffset();
  const capacityBytes = request.capacityBytes ?? estimateCapacity({ chain: null, timestamped: true });
  const seeded = target.kind === "existing" ? target.field.dict : null;
  const digestAlgorithm = chooseDigest(file, seeded, request.digests ?? []) ?? "SHA-256";
  const lock = target.kind === "existing" ? fieldLockReference(file, target.field.dict) : null;
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
      references: lock === null ? [] : [lock],
    }),
  );
  const writeField = (sink: ObjectSink): void =>
    writeSignatureField(file, sink, target, signature, { ...request, markFont }, utcOffsetMinutes);
  if (request.curveExtension === true) {
    declaringCurves(file, update, writeField);
  } else {
    writeField(update);
  }
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

function markAt(marks: ReadonlyMap<string, number>, mark: string): number {
  const offset = marks.get(mark);
  if (offset === undefined) {
    throw new TypeError(`the update has no mark "${mark}"`);
  }
  return offset;
}
