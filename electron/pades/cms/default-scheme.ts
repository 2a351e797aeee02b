import type { PublicKeyInfo } from "../../pki/public-key.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";
import { documentDigestOf, KEY_DECIDES, signingSchemes } from "../../pki/signing-schemes.ts";
import type { SigningDigest } from "../../pki/signing-schemes.ts";

/**
 * The scheme a certificate's key signs with when nobody chose one, over a document that was hashed with `digest`;
 * undefined for keys that we cannot use or that need another digest.
 */
export function defaultScheme(key: PublicKeyInfo | undefined, digest: SigningDigest): SignatureScheme | undefined {
  return signingSchemes(key, KEY_DECIDES).find((scheme) => documentDigestOf(scheme) === digest);
}
