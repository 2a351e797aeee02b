import { createHash } from "node:crypto";
import type { Failure } from "../../../../shared/failure.ts";
import type { SignedDocument } from "../../provider.ts";
import type { SentFile } from "./flow-state.ts";

export interface Assigned {
  readonly documents: readonly SignedDocument[];
  /** Why something is left over or missing; null: every document came back. */
  readonly problem: Failure | null;
}

/**
 * Which returned document belongs to which sent one. They come without names and in no promised order, so the bytes
 * decide. SECURITY: a signed document begins with all the bytes that were sent (ISO 32000-2 7.5.6) and has more; one that
 * fits none of the sent ones is not taken for anything. What fits is not lost because of what does not.
 */
export function assignDocuments(sent: readonly SentFile[], returned: readonly Uint8Array[]): Assigned {
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
  const documents = sent.flatMap(({ id, size }) => {
    const bytes = found.get(id);
    // As long as it was sent: nobody has signed it.
    return bytes === undefined || bytes.length === size ? [] : [{ id, bytes }];
  });
  const missing = sent.length - documents.length;
  if (open.size > 0) {
    return { documents, problem: { code: "idnow.not-our-document" } };
  }
  return {
    documents,
    problem: missing === 0 ? null : { code: "provider.signature-missing", params: { missing, sent: sent.length } },
  };
}

function beginsWith(bytes: Uint8Array, { size, digest }: SentFile): boolean {
  return bytes.length >= size && createHash("sha256").update(bytes.subarray(0, size)).digest("hex") === digest;
}
