/**
 * What became of a document signed with BankID. The person has signed a text that names the document; whatever signature the
 * PDF has is the organisation's seal.
 */
export interface EvidenceResult {
  readonly kind: "bankid";
  /** The evidence in the document under a seal, or in a file beside the untouched document. */
  readonly form: "sealed-pdf" | "package";
  /** As the person's certificate says; null: it names nobody. */
  readonly signer: string | null;
  /** ISO 8601: the proven time. */
  readonly signedAt: string | null;
  /** The organisation; null for a package. */
  readonly sealedBy: string | null;
}
