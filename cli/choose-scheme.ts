import type { SchemeChoice, SigningDigest } from "../electron/pki/signing-schemes.ts";

const DIGESTS: Readonly<Record<string, SigningDigest>> = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" };

/** As `--digest` takes them. */
export const DIGEST_ARGUMENTS: readonly string[] = Object.keys(DIGESTS);

/** What `--digest` and `--pss` ask for; without them the key decides. */
export function schemeChoice({ digest, pss }: { readonly digest?: string; readonly pss: boolean }): SchemeChoice {
  return { digest: DIGESTS[digest ?? ""] ?? null, pss };
}
