import { type AlgorithmVerdict, judgeSignature } from "./algorithm-dates.ts";
import { type DigestAlgorithm, digestLength } from "./digest.ts";
import type { CurveName } from "./elliptic-curves.ts";
import type { PublicKeyInfo } from "./public-key.ts";
import { type SignatureScheme, schemeDigest } from "./signature-scheme.ts";

/** Digests that we sign with. Others are read, not written: no reader of today needs SHA-3, and many lack it. */
export const SIGNING_DIGESTS = ["SHA-256", "SHA-384", "SHA-512"] as const satisfies readonly DigestAlgorithm[];
export type SigningDigest = (typeof SIGNING_DIGESTS)[number];

export const isSigningDigest = (name: DigestAlgorithm | undefined): name is SigningDigest =>
  SIGNING_DIGESTS.some((one) => one === name);

/** What the person asked for; null leaves it to the key. */
export interface SchemeChoice {
  readonly digest: SigningDigest | null;
  /** RSASSA-PSS for an RSA key that could also sign by PKCS#1 v1.5. */
  readonly pss: boolean;
}

export const KEY_DECIDES: SchemeChoice = { digest: null, pss: false };

/**
 * Curves we sign on (ETSI TS 119 312 table 4 and ISO/TS 32002) with the digest that is as strong as they are: a shorter
 * one would weaken the key, a longer one is cut off anyway (FIPS 186-5 6.4.1).
 */
const CURVE_DIGEST: Readonly<Partial<Record<CurveName, SigningDigest>>> = {
  "P-256": "SHA-256",
  "P-384": "SHA-384",
  "P-521": "SHA-512",
  brainpoolP256r1: "SHA-256",
  brainpoolP384r1: "SHA-384",
  brainpoolP512r1: "SHA-512",
};

/**
 * The schemes that this key can sign with, the best first; those that follow are for a document that insists on another
 * digest. Empty when the key is of a kind that we cannot sign with, or cannot do what was chosen.
 */
export function signingSchemes(key: PublicKeyInfo | undefined, choice: SchemeChoice): readonly SignatureScheme[] {
  switch (key?.kind) {
    case "rsa":
      return key.pssOnly || choice.pss
        ? pssSchemes(key, choice)
        : digestsFor(choice, "SHA-256").map((digest) => ({ kind: "rsa-pkcs1", digest }));
    case "ec": {
      const own = key.curve === undefined ? undefined : CURVE_DIGEST[key.curve];
      return own === undefined || choice.pss
        ? []
        : digestsFor(choice, own).map((digest) => ({ kind: "ecdsa", digest, format: "der" }));
    }
    case "ed25519":
      // RFC 8419 3.1 ties Ed25519 in CMS to SHA-512.
      return (choice.digest ?? "SHA-512") === "SHA-512" && !choice.pss ? [{ kind: "ed25519" }] : [];
    case "ed448":
    case undefined:
      return [];
  }
}

/** The salt is as long as the digest (RFC 4055 3.1, ETSI TS 119 312), unless the key itself asks for a longer one. */
function pssSchemes(
  key: Extract<PublicKeyInfo, { readonly kind: "rsa" }>,
  choice: SchemeChoice,
): readonly SignatureScheme[] {
  const limits = key.pssLimits;
  return digestsFor(choice, isSigningDigest(limits?.digest) ? limits.digest : "SHA-256")
    .filter((digest) => limits === undefined || (limits.digest === digest && limits.mgfDigest === digest))
    .map((digest) => ({
      kind: "rsa-pss",
      digest,
      mgfDigest: digest,
      saltLength: Math.max(digestLength(digest), limits?.saltLength ?? 0),
    }));
}

function digestsFor({ digest }: SchemeChoice, own: SigningDigest): readonly SigningDigest[] {
  return digest === null ? [own, ...SIGNING_DIGESTS.filter((one) => one !== own)] : [digest];
}

/** The digest of the document (message-digest attribute) that belongs to a scheme; undefined when we do not write it. */
export function documentDigestOf(scheme: SignatureScheme): SigningDigest | undefined {
  const digest = scheme.kind === "ed25519" ? "SHA-512" : schemeDigest(scheme);
  return isSigningDigest(digest) ? digest : undefined;
}

/** Why nobody should sign like this any more, by the one table of dates; null when it is fine. */
export function signingObjection(key: PublicKeyInfo, scheme: SignatureScheme, now: Date): AlgorithmVerdict | null {
  const verdict = judgeSignature(key, scheme, now);
  return verdict.acceptable ? null : verdict;
}
