import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { verifySignature } from "../pki/algorithms.ts";
import { parseCertificate } from "../pki/certificate.ts";
import type { Certificate } from "../pki/certificate.ts";
import { DerProblem } from "../pki/der-reader.ts";
import { signedData } from "./cms/signed-data.ts";
import { preparedScheme } from "./prepared-scheme.ts";
import { preparedDigest } from "./prepared-signature.ts";
import type { PreparedSignature } from "./prepared-signature.ts";
import type { CompletedSignature, CompleteRequest } from "./signature-request.ts";
import { writeFailure } from "./write-failure.ts";
import { writeFully } from "../pdf/file-bytes.ts";

/**
 * Checks the signature value, builds the CMS and writes it into the placeholder: no other byte of the staged file
 * changes. May be called again after a crash.
 *
 * Failures: provider.signature-invalid, certificate.unsupported-key, provider.certificate-invalid,
 * output.placeholder-too-small (params.needed: bytes), document.changed-on-disk, output.* and whatever `timestamp` says.
 */
export async function completeSignature(request: CompleteRequest): Promise<Result<CompletedSignature, Failure>> {
  const { prepared } = request;
  const signer = signerOf(prepared);
  if (signer === null) {
    return failed({ code: "provider.certificate-invalid" });
  }
  const attributes = boundAttributes(prepared);
  const scheme = request.scheme ?? preparedScheme(prepared);
  if (scheme === undefined) {
    return failed({ code: "certificate.unsupported-key" });
  }
  // SECURITY: a value that does not fit this document and this certificate never gets into the file.
  if (verifySignature(signer.spki, scheme, { kind: "data", bytes: attributes }, request.value) !== "valid") {
    return failed({ code: "provider.signature-invalid" });
  }
  const timestamp = await request.timestamp?.(request.value, request.signal);
  if (timestamp?.ok === false) {
    return timestamp;
  }
  const cms = signedData({
    signer,
    chain: prepared.chain.map(fromBase64),
    signedAttributes: attributes,
    digest: preparedDigest(prepared),
    scheme,
    value: request.value,
    timestampToken: timestamp?.value ?? null,
  });
  if (cms.length > prepared.contents.capacityBytes) {
    // Room to spare: the next ECDSA value or timestamp may be a few bytes longer.
    const needed = Math.ceil((cms.length + 256) / 512) * 512;
    return failed({ code: "output.placeholder-too-small", params: { needed } });
  }
  const problem = await embed(request.staged, prepared, cms);
  return problem === null
    ? success({ level: timestamp === undefined ? "B-B" : "B-T", cmsBytes: cms.length, field: prepared.field })
    : failed(problem);
}

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

function signerOf(prepared: PreparedSignature): Certificate | null {
  const [leaf] = prepared.chain;
  if (leaf === undefined) {
    throw new TypeError("completeSignature needs a signature bound to a signer");
  }
  try {
    return parseCertificate(fromBase64(leaf));
  } catch (error) {
    if (error instanceof DerProblem) {
      return null;
    }
    throw error;
  }
}

function boundAttributes(prepared: PreparedSignature): Uint8Array {
  if (prepared.signedAttributes === null) {
    throw new TypeError("completeSignature needs a signature bound to a signer");
  }
  return fromBase64(prepared.signedAttributes);
}

async function embed(staged: string, prepared: PreparedSignature, cms: Uint8Array): Promise<Failure | null> {
  const { offset, capacityBytes } = prepared.contents;
  // ISO 32000-2 12.8.1: the unused rest is filled with zeros. Other fillers make readers say that the file is not covered.
  const digits = Buffer.alloc(capacityBytes * 2, "0");
  digits.write(Buffer.from(cms).toString("hex").toUpperCase(), "latin1");
  try {
    const handle = await open(staged, "r+");
    try {
      if (!(await isPlaceholder(handle, prepared))) {
        return { code: "document.changed-on-disk" };
      }
      await writeFully(handle, digits, offset);
      await handle.sync();
      const written = await readAt(handle, offset, digits.length);
      return written.equals(digits) ? null : { code: "output.not-writable" };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return writeFailure(error);
  }
}

/** SECURITY: writes only between the brackets of a hexadecimal string, in a file of the size that was prepared. */
async function isPlaceholder(handle: FileHandle, prepared: PreparedSignature): Promise<boolean> {
  const { offset, capacityBytes } = prepared.contents;
  if ((await handle.stat()).size !== prepared.stagedSize) {
    return false;
  }
  const text = (await readAt(handle, offset - 1, capacityBytes * 2 + 2)).toString("latin1");
  return text.length === capacityBytes * 2 + 2 && /^<[0-9A-F]*>$/u.test(text);
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
