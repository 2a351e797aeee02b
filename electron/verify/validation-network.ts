import type { PkiTransport } from "../pki/pki-transport.ts";
import type { RevocationCache } from "../pki/revocation-cache.ts";

/**
 * What the verifier may ask the network. SECURITY: nothing of a document leaves the computer. An OCSP request tells the
 * certificate's own authority which certificate is looked at, and only authorities that a trusted one vouches for are
 * asked.
 */
export interface ValidationNetwork {
  readonly transport: PkiTransport;
  /** Kept over many files: a folder of documents asks each question once. */
  readonly cache: RevocationCache;
  /** The real time, for the freshness of answers; the time that is judged may be another. */
  readonly now: () => Date;
  /**
   * Also ask for missing issuers (AIA). SECURITY: those addresses come out of certificates for which nobody vouches yet:
   * whoever made the document can learn that, and from where, it is looked at. Only where a person asked for the check.
   */
  readonly fetchIssuers: boolean;
  /** For all questions of one file together. Default 20 s. */
  readonly timeLimitMilliseconds?: number;
}
