/** Passwords: of documents, and of what a person signs with. */
export const passwordMessages = {
  "unlock.open": "Enter password",
  "unlock.open-named": "Enter password: {{name}}",
  "unlock.open-owner": "Enter owner password",
  "unlock.open-owner-named": "Enter owner password: {{name}}",
  "unlock.title": "Password of the document",
  "unlock.ask": "“{{name}}” is protected with a password. Enter it to read and sign the document.",
  "unlock.ask-owner":
    "The author of “{{name}}” does not allow signing. With the author's own password it can be signed.",
  "unlock.ask-pages": "Enter the password of “{{name}}” once more to see its pages.",
  "unlock.ask-run": "Signing goes on when “{{name}}” is opened with its password.",
  "unlock.kept": "Sealdesk keeps the password only until you close the document. It is not stored and not sent.",
  "unlock.label": "Password",
  "unlock.confirm": "Open document",
  "unlock.checking": "Checking the password…",
  "unlock.locked-title": "This document is locked",
  "unlock.locked-text": "It is protected with a password. Its pages and signatures can be seen when it is open.",
  "unlock.pages-title": "The pages are locked",
  "secret.show": "Show what I type",
  "state.locked": "Locked",
  "state.waiting-for-password": "Waiting for its password",
  "sign.locked": "Enter the password of this document to sign it.",
} as const;
