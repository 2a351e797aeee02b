import { concatBytes, nullValue, octetString, oid, sequence } from "./der-writer.ts";
import { sameBytes } from "./der-values.ts";
import { type DigestAlgorithm, digest, digestLength, digestOid } from "./digest.ts";

/** DigestInfo (RFC 8017 9.2), with the NULL parameters that everybody writes. */
export const digestInfo = (algorithm: DigestAlgorithm, hash: Uint8Array): Uint8Array =>
  sequence(sequence(oid(digestOid(algorithm)), nullValue()), octetString(hash));

/** RFC 8017 9.2: 00 01 FF… 00 DigestInfo. */
function pkcs1Encoding(info: Uint8Array, length: number): Uint8Array | undefined {
  if (length < info.length + 11) {
    return undefined;
  }
  const encoded = new Uint8Array(length).fill(0xff);
  encoded[0] = 0;
  encoded[1] = 1;
  encoded[length - info.length - 1] = 0;
  encoded.set(info, length - info.length);
  return encoded;
}

/**
 * SECURITY: the expected encoding is built and compared as a whole (RFC 8017 8.2.2); parsing the recovered block is what
 * made signature forgeries with low exponents possible. The DigestInfo without NULL is the only other one allowed.
 */
export function matchesPkcs1(encoded: Uint8Array, algorithm: DigestAlgorithm, hash: Uint8Array): boolean {
  const withoutNull = sequence(sequence(oid(digestOid(algorithm))), octetString(hash));
  return [digestInfo(algorithm, hash), withoutNull].some((info) => {
    const expected = pkcs1Encoding(info, encoded.length);
    return expected !== undefined && sameBytes(expected, encoded);
  });
}

export interface PssParameters {
  readonly digest: DigestAlgorithm;
  readonly mgfDigest: DigestAlgorithm;
  readonly saltLength: number;
}

/** EMSA-PSS-VERIFY (RFC 8017 9.1.2). `encoded` has the modulus's length in bytes. */
export function matchesPss(
  encoded: Uint8Array,
  modulusBits: number,
  parameters: PssParameters,
  hash: Uint8Array,
): boolean {
  const bits = modulusBits - 1;
  const length = Math.ceil(bits / 8);
  const hashLength = digestLength(parameters.digest);
  const block = encoded.subarray(encoded.length - length);
  const leading = encoded.subarray(0, encoded.length - length);
  const zeroBits = 8 * length - bits;
  const maskedLength = length - hashLength - 1;
  if (maskedLength < parameters.saltLength + 1 || block.at(-1) !== 0xbc || leading.some((byte) => byte !== 0)) {
    return false;
  }
  const masked = block.subarray(0, maskedLength);
  const expected = block.subarray(maskedLength, maskedLength + hashLength);
  if (((masked[0] ?? 0) & topMask(zeroBits)) !== 0) {
    return false;
  }
  const data = xor(masked, mgf1(parameters.mgfDigest, expected, maskedLength));
  data[0] = (data[0] ?? 0) & ~topMask(zeroBits);
  const saltStart = maskedLength - parameters.saltLength;
  if (data[saltStart - 1] !== 1 || data.subarray(0, saltStart - 1).some((byte) => byte !== 0)) {
    return false;
  }
  return sameBytes(pssHash(parameters.digest, hash, data.subarray(saltStart)), expected);
}

/** EMSA-PSS-ENCODE (RFC 8017 9.1.1) with the salt given; the result has the modulus's length in bytes. */
export function pssEncoding(
  modulusBits: number,
  parameters: PssParameters,
  hash: Uint8Array,
  salt: Uint8Array,
): Uint8Array {
  const bits = modulusBits - 1;
  const length = Math.ceil(bits / 8);
  const hashLength = digestLength(parameters.digest);
  const data = new Uint8Array(length - hashLength - 1);
  data[data.length - salt.length - 1] = 1;
  data.set(salt, data.length - salt.length);
  const inner = pssHash(parameters.digest, hash, salt);
  const masked = xor(data, mgf1(parameters.mgfDigest, inner, data.length));
  masked[0] = (masked[0] ?? 0) & ~topMask(8 * length - bits);
  const block = concatBytes([masked, inner, Uint8Array.of(0xbc)]);
  return concatBytes([new Uint8Array(Math.ceil(modulusBits / 8) - length), block]);
}

const topMask = (zeroBits: number): number => (0xff << (8 - zeroBits)) & 0xff;

const pssHash = (algorithm: DigestAlgorithm, hash: Uint8Array, salt: Uint8Array): Uint8Array =>
  digest(algorithm, concatBytes([new Uint8Array(8), hash, salt]));

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, index) => byte ^ (b[index] ?? 0));
}

/** RFC 8017 B.2.1. */
function mgf1(algorithm: DigestAlgorithm, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let counter = 0; counter * digestLength(algorithm) < length; counter += 1) {
    const octets = new Uint8Array(4);
    new DataView(octets.buffer).setUint32(0, counter);
    blocks.push(digest(algorithm, concatBytes([seed, octets])));
  }
  return concatBytes(blocks).subarray(0, length);
}
