/** What the system shows for us: file dialogs, notifications, and the command line's own words. */
export const nativeMessages = {
  "native.dialog.open": "Open documents",
  "native.dialog.pdf": "PDF documents",
  "native.dialog.certificate": "Choose your certificate",
  "native.dialog.pkcs12": "Certificate files (PKCS#12)",
  "native.dialog.client-certificate": "Choose the client certificate and its key",
  "native.dialog.certificates-and-keys": "Certificates and keys (PKCS#12, PEM)",
  "native.dialog.authorities": "Choose the authority's certificate",
  "native.dialog.authority-files": "Certificates (PEM, DER)",
  "native.dialog.folder": "Folder for signed documents",
  "native.dialog.save": "Save as",
  "notification.done_one": "{{signed}} of {{count}} document signed.",
  "notification.done_other": "{{signed}} of {{count}} documents signed.",
  "notification.failed": "The documents were not signed.",
} as const;
