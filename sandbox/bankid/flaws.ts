/** What goes wrong on purpose, until it is reset. The first value of each list is as it should be. */

/** Of the XML signature. */
export const signatureFlaws = [
  "right",
  /** Signed, but not what was sent. */
  "other-text",
  "other-format",
  "other-hidden",
  "no-hidden",
  "identification",
  /** Signed, but in another shape. */
  "sha1",
  "one-reference",
  "other-ids",
  "two-texts",
  "no-certificate",
  /** Changed after it was signed. */
  "changed-text",
  "changed-certificates",
  "wrong-value",
  /** Something else beside the signed data: signature wrapping. */
  "wrapped",
  "doctype",
  "not-xml",
  "not-base64",
] as const;

/** Of the OCSP response. */
export const responseFlaws = [
  "right",
  "other-signature",
  "wrong-nonce",
  "no-nonce",
  "other-certificate",
  "revoked",
  "unknown",
  "weak-algorithm",
  "broken-value",
  "foreign-responder",
  "expired-responder",
  "stale",
  "future",
  "try-later",
  "not-der",
] as const;

/** Of who signs. */
export const signerFlaws = [
  "person",
  "other-person",
  "no-number",
  "unknown-root",
  "expired",
  "wrong-usage",
  "other-policy",
  "short-key",
] as const;

export interface BankIdFlaws {
  readonly signature: (typeof signatureFlaws)[number];
  readonly response: (typeof responseFlaws)[number];
  readonly signer: (typeof signerFlaws)[number];
}

export const noFlaws: BankIdFlaws = { signature: "right", response: "right", signer: "person" };
