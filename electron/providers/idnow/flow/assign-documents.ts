import { createHash } from "node:crypto";
import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { SignedDocument } from "../../provider.ts";
import type { SentFile } from "./flow-state.ts";

/**
 * Which returned document belongs to which sent one. They come without names and in no promised order, so the bytes
 * decide. SECURITY: a signed document begins with all the bytes that were sent (ISO 32000-2 7.5.6) and has more; one that
 * fits none of the sent ones is not taken for anything.
 */
export function assignDocuments(
  sent: readonly SentFile[],
  returned: readonly Uint8Array[],
): Result<readonly SignedDocument[], Failure> {
  const open = new Set(returned);
  const found = new Map<string, Uint8Array>();
  // The longest first: a document may itself be the beginning of another one (its own earlier revision).
  for (const file of sent.toSorted((one, other) => other.size - one.size)) {
    const match = [...open].find((bytes) => beginsWith(bytes, file));
    if (match !== undefined) {
      open.delete(match);
      found.set(file.id, match);
    }
  }
  if (open.size > 0) {
    return failed({ code: "idnow.not-our-document" });
  }
  const missing = sent.filter(({ id }) => !found.has(id));
  if (missing.length > 0) {
    return failed({ code: "provider.signature-missing", params: { missing: missing.length, sent: sent.length } });
  }
  return success(
    sent.flatMap(({ id }) => [...found].filter(([one]) => one === id).map(([, bytes]) => ({ id, bytes }))),
  );
}

function beginsWith(bytes: Uint8Array, { size, digest }: SentFile): boolean {
  return bytes.length > size && createHash("sha256").update(bytes.subarray(0, size)).digest("hex") === digest;
}
