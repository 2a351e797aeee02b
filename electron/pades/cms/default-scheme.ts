import type { PublicKeyInfo } from "../../pki/public-key.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";

/**
 * The scheme a certificate's key signs with over a SHA-256 digest; undefined for keys we cannot use.
 *
 * Ed25519 is not among them: it signs the attributes themselves, not their digest, and wants SHA-512 for the document
 * (RFC 8419 3), while a prepared signature holds SHA-256 digests only.
 */
export function defaultScheme(key: PublicKeyInfo | undefined): SignatureScheme | undefined {
  switch (key?.kind) {
    case "rsa":
      return key.pssOnly
        ? { kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-256", saltLength: 32 }
        : { kind: "rsa-pkcs1", digest: "SHA-256" };
    case "ec":
      return key.curve === undefined ? undefined : { kind: "ecdsa", digest: "SHA-256", format: "der" };
    case "ed25519":
    case "ed448":
    case undefined:
      return undefined;
  }
}
