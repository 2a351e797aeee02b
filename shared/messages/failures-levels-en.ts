import type { FailureTexts } from "./failure-texts.ts";

/** Timestamps over documents, revocation, and raising the level of a signature. */
export const levelFailures = {
  "revocation.revoked": {
    what: "A certificate has been revoked.",
    why: "The certificate of {{name}} was revoked before this could be proven to be older.",
    next: "Ask the signer for a signature with a valid certificate.",
  },
  "level.not-reached": {
    what: "The document reached level {{reached}}, not {{wanted}}.",
    why: "Something that proves the certificates' validity could not be got: {{missing}}.",
    next: "The document can be used as it is. Raise its level later, when the services can be reached again.",
  },
  "extension.no-signature": {
    what: "The document has no signature.",
    why: "Only a signature that is there can be made to last longer.",
    next: "Sign the document first.",
  },
  "extension.broken-signature": {
    what: "A signature in the document is broken.",
    why: "The signature in field {{field}} does not fit the document, so nothing is gained by keeping it longer.",
    next: "Look at the report of the document and ask its sender for an intact copy.",
  },
  "extension.unsupported-signature": {
    what: "A signature in the document is of a kind that cannot be extended.",
    why: "The signature in field {{field}} has the format {{format}}, which is out of date.",
    next: "Ask the signer for a new signature.",
  },
  "extension.no-timestamp-service": {
    what: "No timestamp service is set up.",
    why: "This level needs a timestamp, and nobody is known to ask for one.",
    next: "Set up a timestamp service, or choose another level.",
  },
} as const satisfies FailureTexts;
