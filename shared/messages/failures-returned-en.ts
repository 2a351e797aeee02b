import type { FailureTexts } from "./failure-texts.ts";

/** Whole documents that go to a provider, and what comes back. */
export const returnedFailures = {
  "provider.document-too-large": {
    what: "“{{name}}” is too large for this provider.",
    why: "The whole document would have to be sent, and the provider does not take one of this size.",
    next: "Make the document smaller, or choose a provider that signs without getting the document.",
  },
  "provider.document-encrypted": {
    what: "“{{name}}” is encrypted.",
    why: "The provider gets the whole document and takes no encrypted ones.",
    next: "Choose a provider that signs without getting the document, or ask for a copy without encryption.",
  },
  "provider.own-mark": {
    what: "This provider draws the signature itself.",
    why: "A mark, a reason, a place of signing, initials, a certification or locked fields of our own cannot be had with it.",
    next: "Take them out of the order, or choose another provider.",
  },
  "returned.not-ours": {
    what: "What came back for “{{name}}” is not the document that was sent.",
    why: "A signed document begins with the very bytes that were sent. This one does not, so nobody can say what was signed.",
    next: "Do not use it. Tell the provider, and sign the document again.",
  },
  "returned.changed": {
    what: "“{{name}}” came back with changes that are no signature.",
    why: "The comparison with the document that was sent found: {{change}} That is more than a signature.",
    next: "Do not use it. Tell the provider, and sign the document again.",
  },
  "returned.unclear-change": {
    what: "“{{name}}” was signed, and something else was added to it.",
    why: "The comparison with the document that was sent found: {{change}} Whether that matters cannot be judged.",
    next: "Compare the signed document with the original before you use it.",
  },
  "returned.not-signed": {
    what: "“{{name}}” came back without a signature.",
    why: "The provider said that it was signed, but no new signature is in it.",
    next: "Tell the provider, and sign the document again.",
  },
  "returned.other-signer": {
    what: "“{{name}}” was signed by somebody else.",
    why: "The order was for {{expected}}; the certificate says {{found}}.",
    next: "Check the names in the order. If they are right, tell the provider.",
  },
  "returned.not-countersigned": {
    what: "“{{name}}” came back without the provider's own signature.",
    why: "The person signed before the identification was finished. The provider should have confirmed the signature afterwards with one of its own or a timestamp, and none is in the document.",
    next: "Ask the provider whether the signature is binding before you use it.",
  },
  "returned.lost": {
    what: "The signed copy of “{{name}}” is gone or was changed.",
    why: "It was kept in Sealdesk's own folder until it could be delivered, and is not what it was.",
    next: "Ask the provider for the signed document, or sign it again.",
  },
} as const satisfies FailureTexts;
