import { readFile } from "node:fs/promises";
import { bindSigner } from "../electron/pades/bind-signer.ts";
import { completeSignature } from "../electron/pades/complete-signature.ts";
import { prepareSignature } from "../electron/pades/prepare-signature.ts";
import type { PreparedSignature } from "../electron/pades/prepared-signature.ts";
import { importPrivateKey, signDigest } from "../electron/pki/algorithms.ts";
import type { PrivateKey } from "../electron/pki/algorithms.ts";

export interface LocalSigner {
  readonly key: PrivateKey;
  readonly certificate: Uint8Array;
}

export async function readLocalSigner(keyDer: string, certificateDer: string): Promise<LocalSigner> {
  const [key, certificate] = await Promise.all([readFile(keyDer), readFile(certificateDer)]);
  return { key: importPrivateKey(key), certificate };
}

/** First phase, as the signing service does it: staged copy with field and placeholder, hashed, signed attributes. */
export async function prepareLocally(source: string, staged: string, signer: LocalSigner): Promise<PreparedSignature> {
  const prepared = await prepareSignature({
    source,
    staged,
    placement: { kind: "invisible" },
    appearance: null,
    signerName: "Bench Signer",
    reason: null,
    location: null,
    contactInfo: null,
    claimedTime: new Date(),
  });
  if (!prepared.ok) {
    throw new Error(`preparing failed: ${prepared.failure.code}`);
  }
  return bindSigner(prepared.value, [signer.certificate]);
}

/** Both phases: a B-B signature. */
export async function signLocally(source: string, target: string, signer: LocalSigner): Promise<void> {
  const prepared = await prepareLocally(source, target, signer);
  if (prepared.toBeSigned === null) {
    throw new Error("a bound signature has a digest to be signed");
  }
  const digest = Buffer.from(prepared.toBeSigned, "hex");
  const value = signDigest(signer.key, { kind: "rsa-pkcs1", digest: "SHA-256" }, digest);
  const completed = await completeSignature({ prepared, staged: target, value });
  if (!completed.ok) {
    throw new Error(`completing failed: ${completed.failure.code}`);
  }
}
