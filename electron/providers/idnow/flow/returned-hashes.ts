import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { verifySignature } from "../../../pki/algorithms.ts";
import type { SignatureValue } from "../../provider.ts";
import { isBase64 } from "../api/field-types.ts";
import type { ReturnedHash } from "../api/media-answers.ts";
import type { SentFile } from "./flow-state.ts";
import { rawSigner, readChain } from "./raw-signer.ts";

/** The values under the names that were sent, each exactly once. One wrong name and none of them is used. */
export function assignHashes(
  sent: readonly SentFile[],
  returned: readonly ReturnedHash[],
): Result<readonly SignatureValue[], Failure> {
  if (returned.some(({ name }) => !sent.some(({ filename }) => filename === name))) {
    return failed({ code: "idnow.not-our-document" });
  }
  const values: SignatureValue[] = [];
  for (const { id, filename } of sent) {
    const [first, ...more] = returned.filter(({ name }) => name === filename);
    if (first === undefined || more.length > 0) {
      return failed({ code: "provider.signature-missing", params: { missing: 1, sent: sent.length } });
    }
    const value = first.value.replaceAll(/\s/gu, "");
    if (value === "" || !isBase64(value)) {
      return failed({ code: "idnow.damaged-download" });
    }
    values.push({ id, value });
  }
  return success(values);
}

/** SECURITY: a bare value is handed on only when it fits the digest that was sent, under the key in the settings. */
export function rawValuesProblem(
  sent: readonly SentFile[],
  values: readonly SignatureValue[],
  chainPem: string,
  at: Date,
): Failure | null {
  const signer = rawSigner(chainPem, at);
  const [leaf] = readChain(chainPem) ?? [];
  const scheme = signer.ok ? signer.value.schemes[0] : undefined;
  if (!signer.ok) {
    return signer.failure;
  }
  const fits = values.every(({ id, value }) => {
    const digest = sent.find((file) => file.id === id)?.digest;
    return (
      leaf !== undefined &&
      scheme !== undefined &&
      digest !== undefined &&
      verifySignature(leaf.spki, scheme, { kind: "digest", bytes: fromHex(digest) }, fromBase64(value)) === "valid"
    );
  });
  return fits ? null : { code: "provider.signature-invalid" };
}

const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));
