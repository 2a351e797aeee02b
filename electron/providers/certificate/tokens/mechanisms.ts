import { ecdsaSequence } from "../../../pki/elliptic-curves.ts";
import { digestInfo } from "../../../pki/rsa-encoding.ts";
import type { SignatureScheme } from "../../../pki/signature-scheme.ts";
import { isSigningDigest } from "../../../pki/signing-schemes.ts";
import type { SigningDigest } from "../../../pki/signing-schemes.ts";
import type { MessageToSign } from "../signing-identity.ts";
import type { Mechanism } from "./cryptoki.ts";
import { CKG, CKM } from "./cryptoki-constants.ts";

/** One way to have a token make a signature value. */
export interface TokenMechanism extends Mechanism {
  /** Name in the standard, for people who look for it in the token's documentation. */
  readonly name: string;
  /** What the token is given. */
  readonly input: Uint8Array;
  /** The token's answer as CMS holds it. */
  readonly output: (value: Uint8Array) => Uint8Array;
}

interface DigestNumbers {
  readonly hash: number;
  readonly mgf: number;
  readonly pkcs1: number;
  readonly pss: number;
  readonly ecdsa: number;
}

const NUMBERS: Readonly<Record<SigningDigest, DigestNumbers>> = {
  "SHA-256": {
    hash: CKM.SHA256,
    mgf: CKG.MGF1_SHA256,
    pkcs1: CKM.SHA256_RSA_PKCS,
    pss: CKM.SHA256_RSA_PKCS_PSS,
    ecdsa: CKM.ECDSA_SHA256,
  },
  "SHA-384": {
    hash: CKM.SHA384,
    mgf: CKG.MGF1_SHA384,
    pkcs1: CKM.SHA384_RSA_PKCS,
    pss: CKM.SHA384_RSA_PKCS_PSS,
    ecdsa: CKM.ECDSA_SHA384,
  },
  "SHA-512": {
    hash: CKM.SHA512,
    mgf: CKG.MGF1_SHA512,
    pkcs1: CKM.SHA512_RSA_PKCS,
    pss: CKM.SHA512_RSA_PKCS_PSS,
    ecdsa: CKM.ECDSA_SHA512,
  },
};

const asItIs = (value: Uint8Array): Uint8Array => value;

/**
 * The ways in which a token may make this signature, the usual one first: over a finished digest; some tokens only
 * offer to hash the message themselves. Empty when no mechanism does it.
 */
export function mechanismsFor(scheme: SignatureScheme, what: MessageToSign): readonly TokenMechanism[] {
  const { digest, message } = what;
  if (scheme.kind === "ed25519") {
    // PKCS#11 3.0 2.3.14: no parameter is pure Ed25519.
    return message === null
      ? []
      : [{ name: "CKM_EDDSA", type: CKM.EDDSA, parameter: [], input: message, output: asItIs }];
  }
  if (scheme.kind === "ed448" || !isSigningDigest(scheme.digest)) {
    return [];
  }
  const hash = scheme.digest.replace("-", "");
  const numbers = NUMBERS[scheme.digest];
  const hashing = (name: string, type: number, rest: Pick<TokenMechanism, "parameter" | "output">) =>
    message === null ? [] : [{ name, type, input: message, ...rest }];
  switch (scheme.kind) {
    case "rsa-pkcs1": {
      const rest = { parameter: [], output: asItIs };
      return [
        { name: "CKM_RSA_PKCS", type: CKM.RSA_PKCS, input: digestInfo(scheme.digest, digest), ...rest },
        ...hashing(`CKM_${hash}_RSA_PKCS`, numbers.pkcs1, rest),
      ];
    }
    case "rsa-pss": {
      if (scheme.mgfDigest !== scheme.digest) {
        return [];
      }
      // CK_RSA_PKCS_PSS_PARAMS: hash, mask generation, length of the salt.
      const rest = { parameter: [numbers.hash, numbers.mgf, scheme.saltLength], output: asItIs };
      return [
        { name: "CKM_RSA_PKCS_PSS", type: CKM.RSA_PKCS_PSS, input: digest, ...rest },
        ...hashing(`CKM_${hash}_RSA_PKCS_PSS`, numbers.pss, rest),
      ];
    }
    case "ecdsa": {
      // PKCS#11 2.3.1: tokens answer r ‖ s, CMS wants a SEQUENCE of both.
      const rest = { parameter: [], output: ecdsaSequence };
      return [
        { name: "CKM_ECDSA", type: CKM.ECDSA, input: digest, ...rest },
        ...hashing(`CKM_ECDSA_${hash}`, numbers.ecdsa, rest),
      ];
    }
  }
}
