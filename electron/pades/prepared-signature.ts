import type { Sha256Hex } from "../../shared/ids.ts";

/**
 * A signature between its two phases, as JSON: the staged file on disk already has the field, the appearance and a
 * placeholder; what is missing is the CMS in /Contents. It survives a restart.
 */
export interface PreparedSignature {
  readonly version: 1;
  /** Bytes of the original: the staged file's first `originalSize` bytes are identical to it. */
  readonly originalSize: number;
  /** Bytes of the staged file. */
  readonly stagedSize: number;
  /** ISO 32000-2 12.8.1, table 255: [0, a, b, c]. */
  readonly byteRange: readonly [number, number, number, number];
  /** Where the hexadecimal digits of /Contents begin (behind "<") and how many CMS bytes fit. */
  readonly contents: { readonly offset: number; readonly capacityBytes: number };
  /** SHA-256 over the byte range. */
  readonly documentDigest: Sha256Hex;
  readonly field: string;
  /** Set once the certificate is known: DER of the signed attributes (SET OF), base64, and its SHA-256 (the DTBSR). */
  readonly signedAttributes: string | null;
  readonly toBeSigned: Sha256Hex | null;
  /** DER certificates, base64, leaf first; goes into the CMS. */
  readonly chain: readonly string[];
}
