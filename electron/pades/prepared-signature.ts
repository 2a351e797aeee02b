import type { SignatureScheme } from "../pki/signature-scheme.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";

/**
 * A signature between its two phases, as JSON: the staged file on disk already has the field, the appearance and a
 * placeholder; what is missing is the CMS in /Contents. It survives a restart.
 */
export interface PreparedSignature {
  /** Version 1 knew SHA-256 only and has neither `digestAlgorithm` nor `scheme`. */
  readonly version: 1 | 2;
  /** Bytes of the original: the staged file's first `originalSize` bytes are identical to it. */
  readonly originalSize: number;
  /** Bytes of the staged file. */
  readonly stagedSize: number;
  /** ISO 32000-2 12.8.1, table 255: [0, a, b, c]. */
  readonly byteRange: readonly [number, number, number, number];
  /** Where the hexadecimal digits of /Contents begin (behind "<") and how many CMS bytes fit. */
  readonly contents: { readonly offset: number; readonly capacityBytes: number };
  /** Of the document and of the signed attributes. */
  readonly digestAlgorithm?: SigningDigest;
  /** Over the byte range, lower-case hexadecimal. */
  readonly documentDigest: string;
  readonly field: string;
  /** Set once the certificate is known: DER of the signed attributes (SET OF), base64, and its digest (the DTBSR). */
  readonly signedAttributes: string | null;
  readonly toBeSigned: string | null;
  /** How the value is to be made; set with the two above. */
  readonly scheme?: SignatureScheme;
  /** DER certificates, base64, leaf first; goes into the CMS. */
  readonly chain: readonly string[];
  /** The signed attributes are of a CMS that the provider made, whose signer was not known when the mark was drawn. */
  readonly adopted?: true;
}

export const preparedDigest = ({ digestAlgorithm }: PreparedSignature): SigningDigest => digestAlgorithm ?? "SHA-256";
