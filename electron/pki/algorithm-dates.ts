import type { DigestAlgorithm } from "./digest.ts";
import { curveBits } from "./elliptic-curves.ts";
import type { PublicKeyInfo } from "./public-key.ts";
import { type SignatureScheme, schemeDigest } from "./signature-scheme.ts";

/**
 * Until when an algorithm is trusted (ETSI TS 119 312 V1.5.1 as encoded in the default policy of EU DSS): undefined has
 * no end yet, null was never acceptable.
 */
const DIGEST_END: Readonly<Record<DigestAlgorithm, string | undefined | null>> = {
  MD5: "2004-08-01",
  "RIPEMD-160": "2011-08-01",
  "SHA-1": "2012-08-01",
  "SHA-224": "2029-01-01",
  "SHA-256": undefined,
  "SHA-384": undefined,
  "SHA-512": undefined,
  "SHA-512/256": undefined,
  "SHA3-224": null,
  "SHA3-256": undefined,
  "SHA3-384": undefined,
  "SHA3-512": undefined,
  "SHAKE256-512": undefined,
};

/** RSA sizes in bits and the day on which keys below the next size stop being trusted. */
const RSA_END: readonly { readonly from: number; readonly end: string | undefined | null }[] = [
  { from: 3000, end: undefined },
  { from: 1900, end: "2029-01-01" },
  { from: 1024, end: "2019-10-01" },
  { from: 786, end: "2010-08-01" },
  { from: 0, end: null },
];

export interface AlgorithmVerdict {
  readonly acceptable: boolean;
  /** "SHA-1", "RSA 1024": which one is too weak. */
  readonly weakest: string;
  /** ISO date since when; undefined for never acceptable. */
  readonly since: string | undefined;
}

const ACCEPTABLE: AlgorithmVerdict = { acceptable: true, weakest: "", since: undefined };

const judge = (name: string, end: string | undefined | null, at: Date): AlgorithmVerdict => {
  if (end === undefined || (end !== null && at < new Date(end))) {
    return ACCEPTABLE;
  }
  return { acceptable: false, weakest: name, since: end ?? undefined };
};

export const judgeDigest = (algorithm: DigestAlgorithm, at: Date): AlgorithmVerdict =>
  judge(algorithm, DIGEST_END[algorithm], at);

export function judgeKey(key: PublicKeyInfo, at: Date): AlgorithmVerdict {
  switch (key.kind) {
    case "rsa": {
      const row = RSA_END.find(({ from }) => key.modulusBits >= from);
      return judge(`RSA ${key.modulusBits}`, row?.end, at);
    }
    case "ec":
      return judge(`ECDSA ${key.curve ?? "unknown curve"}`, curveEnd(key.curve), at);
    case "ed25519":
    case "ed448":
      return ACCEPTABLE;
  }
}

function curveEnd(curve: Parameters<typeof curveBits>[0] | undefined): undefined | null {
  return curve !== undefined && curveBits(curve) >= 256 ? undefined : null;
}

/** Key and digest of one signature together, at a time. */
export function judgeSignature(key: PublicKeyInfo, scheme: SignatureScheme, at: Date): AlgorithmVerdict {
  const algorithm = schemeDigest(scheme);
  const byDigest = algorithm === undefined ? ACCEPTABLE : judgeDigest(algorithm, at);
  return byDigest.acceptable ? judgeKey(key, at) : byDigest;
}
