/** Room for a chain that is not known yet: four certificates of a size seen in the trusted lists' services. */
const UNKNOWN_CHAIN = 8 * 1024;
/** Signature value of RSA 4096 (512), signed attributes with a long issuer name (about 600), structure. */
const SIGNATURE_AND_ATTRIBUTES = 2 * 1024;
/** Tokens with their certificates are 2 to 8 KiB; the largest seen in the corpus is below 7 KiB. */
const TIMESTAMP = 10 * 1024;

/**
 * Bytes to reserve in /Contents. Too small costs the person a second approval, too large only zeros in the file, so
 * the estimate is generous.
 */
export function estimateCapacity(options: {
  readonly chain: readonly Uint8Array[] | null;
  readonly timestamped: boolean;
}): number {
  const chain =
    options.chain === null ? UNKNOWN_CHAIN : options.chain.reduce((sum, certificate) => sum + certificate.length, 0);
  const total = chain + SIGNATURE_AND_ATTRIBUTES + (options.timestamped ? TIMESTAMP : 0);
  return Math.ceil(total / 512) * 512;
}
