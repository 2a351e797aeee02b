import type { FailureTexts } from "./failure-texts.ts";

const PACKAGE_NEXT = "Keep the package and the document together; neither proves anything without the other.";

/** Evidence of a service that signs no PDF files: what became of it. */
export const evidenceFailures = {
  "evidence.no-initials": {
    what: "Initials on the pages cannot be had with BankID.",
    why: "With BankID a person signs a text that names the document, and not its pages. Initials would claim more.",
    next: "Take the initials out of the order, or choose another provider.",
  },
  "evidence.not-this-document": {
    what: "The signature does not speak of “{{name}}”.",
    why: "The list of documents that was signed has no entry with its size and SHA-256.",
    next: "Do not use it as signed. Sign the document again, and tell support.",
  },
  "evidence.not-valid": {
    what: "The evidence for “{{name}}” does not hold any more.",
    why: "It was good when it came. Now these checks failed: {{rules}}. The settings may have changed since.",
    next: "Ask your administrator whether BankID's root certificate is still set up. The evidence is kept and tried again.",
  },
  "evidence.original-changed": {
    what: "“{{name}}” was changed or moved after it was signed.",
    why: "The signature is for the file as it was, so nothing could be put into it. A package with the evidence was made instead.",
    next: "Keep the package with the file that was signed. Its READ-ME.txt names the size and SHA-256 of that file.",
  },
  "evidence.no-seal": {
    what: "“{{name}}” was signed with BankID, but not sealed.",
    why: "The organisation's seal could not be used. A package with the evidence was made instead.",
    next: "Keep package and document together, and ask your administrator about the seal.",
  },
  "evidence.seal-refused": {
    what: "“{{name}}” was signed with BankID, but its seal did not pass our own check.",
    why: "What was found: {{reason}} A package with the evidence was made instead.",
    next: "Keep package and document together, and ask your administrator about the seal.",
  },
  "evidence.page-left-out": {
    what: "“{{name}}” got no evidence page.",
    why: "The document is made for screen readers, and a page could not be added so that they would find it.",
    next: "Nothing is missing: the evidence itself is in the document.",
  },
  "evidence.beside-signed": {
    what: "The evidence for “{{name}}” was not put into it.",
    why: "The document has signatures already, and adding to it would make them doubtful. It lies in a package beside it.",
    next: PACKAGE_NEXT,
  },
  "evidence.beside-encrypted": {
    what: "The evidence for the encrypted document “{{name}}” lies beside it.",
    why: "Inside, nobody could check it without the document's password. It lies in a package beside the document.",
    next: PACKAGE_NEXT,
  },
  "evidence.beside-damaged": {
    what: "“{{name}}” is damaged inside, so its evidence lies beside it.",
    why: "Its structure would have to be written anew to add anything, and then it would not be what was signed.",
    next: PACKAGE_NEXT,
  },
  "evidence.beside-pdfa": {
    what: "“{{name}}” is an archive file, so its evidence lies beside it.",
    why: "The kind of PDF/A that it claims to be allows no attached files; only PDF/A-3 and PDF/A-4f do.",
    next: PACKAGE_NEXT,
  },
  "evidence.beside-form": {
    what: "The evidence for the form “{{name}}” lies beside it.",
    why: "The form is of a kind that stops working when something is added to it.",
    next: PACKAGE_NEXT,
  },
  "evidence.beside-portfolio": {
    what: "The evidence for the portfolio “{{name}}” lies beside it.",
    why: "Inside, it would be shown as one of the portfolio's documents.",
    next: PACKAGE_NEXT,
  },
  "evidence.beside-names": {
    what: "“{{name}}” has files attached already that are called like evidence, so its own lies beside it.",
    why: "Two files of one name could be taken for each other, or its list of attached files cannot be read.",
    next: PACKAGE_NEXT,
  },
} as const satisfies FailureTexts;
