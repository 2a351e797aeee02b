import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { verifySignature } from "../../pki/algorithms.ts";
import type { SignedMessage } from "../../pki/algorithms.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";
import type { SignatureValue } from "../provider.ts";
import type { MessageToSign, SigningIdentity } from "./signing-identity.ts";

export interface StoredDocument {
  readonly id: string;
  readonly scheme: SignatureScheme;
  readonly digest: string;
  readonly message: string | null;
}

/** Signs one after the other and checks each value under the certificate before it leaves. */
export async function signDocuments(
  { key, chain }: SigningIdentity,
  documents: readonly StoredDocument[],
): Promise<Result<readonly SignatureValue[], Failure>> {
  const [leaf] = chain;
  if (leaf === undefined) {
    return failed({ code: "certificate.no-key" });
  }
  const values: SignatureValue[] = [];
  for (const { id, scheme, digest, message } of documents) {
    const what: MessageToSign = {
      digest: new Uint8Array(Buffer.from(digest, "hex")),
      message: message === null ? null : new Uint8Array(Buffer.from(message, "base64")),
    };
    const value = await key.sign(scheme, what);
    if (!value.ok) {
      return value;
    }
    // A fault in one computation would not only be useless: with RSA it can give the key away.
    if (verifySignature(leaf.spki, scheme, signedMessage(what), value.value) !== "valid") {
      return failed({ code: "provider.signature-invalid" });
    }
    values.push({ id, value: Buffer.from(value.value).toString("base64") });
  }
  return success(values);
}

const signedMessage = ({ digest, message }: MessageToSign): SignedMessage =>
  message === null ? { kind: "digest", bytes: digest } : { kind: "data", bytes: message };
