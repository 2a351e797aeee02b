/**
 * A failure that a person can meet. `code` is stable (dotted, kebab-case words: "provider.itsme.rejected"); the words
 * live in `shared/messages/`: `<code>.what`, `<code>.why`, `<code>.next`. `params` fills the texts and never holds a
 * secret or a full path.
 */
export interface Failure {
  readonly code: FailureCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Every code has three texts in the catalogue; a test keeps the two together. */
export type FailureCode = (typeof FAILURE_CODES)[number];

export const FAILURE_CODES = [
  // Opening a document
  "document.not-a-pdf",
  "document.empty-file",
  "document.encrypted",
  "document.wrong-password",
  "document.password-needed",
  "document.encryption-unsupported",
  "document.signing-not-permitted",
  "document.no-pages",
  "document.damaged",
  "document.damaged-signed",
  "document.not-readable",
  "document.not-found",
  "document.changed-on-disk",
  "document.certified-no-changes",
  "document.locked-by-signature",
  "document.no-such-field",
  "document.field-already-signed",
  "document.field-name-taken",
  "document.no-such-page",
  "document.place-outside-page",
  "document.seed-value-conflict",
  // Writing the result
  "output.folder-read-only",
  "output.folder-missing",
  "output.disk-full",
  "output.name-taken",
  "output.not-writable",
  "output.conformance",
  "output.verification",
  "output.placeholder-too-small",
  // Timestamps
  "timestamp.unreachable",
  "timestamp.refused",
  "timestamp.invalid",
  // Revocation and levels
  "revocation.revoked",
  "level.not-reached",
  "extension.no-signature",
  "extension.broken-signature",
  "extension.unsupported-signature",
  "extension.no-timestamp-service",
  // Any provider
  "provider.unreachable",
  "provider.tls",
  "provider.client-certificate",
  "provider.unexpected-answer",
  "provider.server-error",
  "provider.deadline",
  "provider.cancelled",
  "provider.window-closed",
  "provider.signature-invalid",
  "provider.signature-missing",
  "provider.certificate-invalid",
  "provider.text-not-allowed",
  "provider.text-too-long",
  "provider.access-denied",
  "provider.configuration",
  "provider.too-many-documents",
  "provider.no-credentials",
  "provider.not-available",
  // itsme (providers/itsme.md section 5)
  "itsme.not-allowed-to-sign",
  "itsme.rejected",
  "itsme.expired",
  "itsme.sign-rejected",
  "itsme.sign-expired",
  "itsme.unknown-session",
  "itsme.invalid-url",
  "itsme.invalid-requestor",
  "itsme.unauthorized-url",
  "itsme.invalid-language",
  "itsme.missing-code",
  "itsme.batch-too-large",
  "itsme.policy",
  "itsme.temporary",
  "itsme.unknown-code",
  // Local certificate
  "certificate.not-chosen",
  "certificate.wrong-password",
  "certificate.broken-file",
  "certificate.no-key",
  "certificate.expired",
  "certificate.unsupported-key",
  "certificate.unsupported-file",
  "certificate.weak-algorithm",
  "certificate.scheme-unavailable",
  // A key on a token (PKCS#11)
  "token.module-unusable",
  "token.not-found",
  "token.ambiguous",
  "token.removed",
  "token.certificate-not-found",
  "token.certificate-ambiguous",
  "token.key-not-found",
  "token.pin-wrong",
  "token.pin-wrong-few-left",
  "token.pin-wrong-last-try",
  "token.pin-locked",
  "token.pin-not-set",
  "token.pin-cancelled",
  "token.mechanism-missing",
  "token.failed",
  // The program itself
  "app.keychain-unavailable",
  "app.journal-unavailable",
  "app.settings-reset",
  "app.internal",
] as const;
