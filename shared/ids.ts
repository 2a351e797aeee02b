declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** An opened document. Opaque: the renderer never learns the path behind it. */
export type DocumentId = Branded<string, "DocumentId">;
/** One signing run: one or more documents sent to one provider. */
export type TransactionId = Branded<string, "TransactionId">;
/** A reviewed request, waiting for the person's "yes" on the confirmation sheet. */
export type ReviewId = Branded<string, "ReviewId">;
/** Lower-case hexadecimal SHA-256 (64 characters). */
export type Sha256Hex = Branded<string, "Sha256Hex">;

/** The providers' names, as the command line takes them. */
export const PROVIDER_IDS = ["itsme", "certificate", "idnow", "bankid", "fourthline"] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

export const documentId = (text: string): DocumentId => text as DocumentId;
export const transactionId = (text: string): TransactionId => text as TransactionId;
export const reviewId = (text: string): ReviewId => text as ReviewId;

const SHA256_HEX = /^[0-9a-f]{64}$/u;

/** Brands a digest; a value of another shape is a bug, so it throws. */
export function sha256Hex(text: string): Sha256Hex {
  if (!SHA256_HEX.test(text)) {
    throw new TypeError("a SHA-256 digest is 64 lower-case hexadecimal characters");
  }
  return text as Sha256Hex;
}
