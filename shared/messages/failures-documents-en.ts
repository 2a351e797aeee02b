import type { FailureTexts } from "./failure-texts.ts";

/** Failures of a document: while it is opened, placed on, or written. */
export const documentFailures = {
  "document.not-a-pdf": {
    what: "This file is not a PDF.",
    why: "It does not begin the way every PDF file begins, whatever its name says.",
    next: "Open the document in the program it was made with and save it as PDF.",
  },
  "document.empty-file": {
    what: "This file is empty.",
    why: "It holds no bytes at all. A download or a copy may have been interrupted.",
    next: "Get the file again from where it came from.",
  },
  "document.encrypted": {
    what: "This PDF is protected with a password.",
    why: "It can be read and signed only with its password.",
    next: "Enter the password (on the command line with --document-password-env), or ask the sender for it.",
  },
  "document.wrong-password": {
    what: "This is not the password of the document.",
    why: "“{{name}}” does not open with it.",
    next: "Type it again. Mind capital letters and the keyboard layout, or ask the sender.",
  },
  "document.password-needed": {
    what: "Waiting for the password of “{{name}}”.",
    why: "The document is encrypted, and Sealdesk does not keep passwords when it is closed. What you approved is kept.",
    next: "Enter the password of the document (on the command line with --document-password-env), and it is finished.",
  },
  "document.encryption-unsupported": {
    what: "This PDF is protected in a way that Sealdesk cannot open.",
    why: "It is encrypted for the holders of certain certificates, by a method that is not a PDF standard, or its encryption is damaged.",
    next: "Ask the sender for a copy that is not encrypted, or is protected with a password.",
  },
  "document.signing-not-permitted": {
    what: "This document does not allow signing.",
    why: "Its author protected it with permissions, and they do not include signing or adding a signature field.",
    next: "Ask the author for a version that may be signed, or open it with the owner password if you have it.",
  },
  "document.no-pages": {
    what: "This PDF has no pages.",
    why: "The file is a PDF, but there is nothing in it to look at or to sign.",
    next: "Ask the sender for a complete copy.",
  },
  "document.damaged": {
    what: "This PDF is damaged.",
    why: "Its inner structure is broken and could not be rebuilt.",
    next: "Ask the sender for a fresh copy, or print it to PDF again from the original document.",
  },
  "document.damaged-signed": {
    what: "This PDF is damaged and already signed.",
    why: "Repairing it would change bytes that an earlier signature protects, and so destroy that signature.",
    next: "Ask the sender for an undamaged copy. This file can still be looked at.",
  },
  "document.not-readable": {
    what: "This file cannot be read.",
    why: "The system did not allow it. The file may be open in another program, or you may lack the right to read it.",
    next: "Close other programs that use it, or check its permissions, then try again.",
  },
  "document.not-found": {
    what: "This file is no longer there.",
    why: "It was moved, renamed or deleted since it was opened, or its drive was disconnected.",
    next: "Open it again from its new place.",
  },
  "document.changed-on-disk": {
    what: "This file was changed since you opened it.",
    why: "What you looked at is not what is on the disk now, so it will not be signed.",
    next: "Close it, open it again, and look at it before you sign.",
  },
  "document.certified-no-changes": {
    what: "This document does not allow another signature.",
    why: "Its author certified it in a way that forbids every change, and a signature is a change.",
    next: "Ask the author for a version that may be signed.",
  },
  "document.certified-no-new-mark": {
    what: "A new visible mark would break the certification of this document.",
    why: "Its author certified it. A mark that is drawn over a certified page counts as a forgery for careful programs.",
    next: "Sign without a mark, or in a signature field that the author put there.",
  },
  "document.hidden-parts": {
    what: "This document has parts that only some programs show.",
    why: "“{{name}}” is signed already and defines some of its parts twice. With a further signature, the earlier one would look forged.",
    next: "Ask whoever sent it for a clean copy, or for one that nobody has signed yet.",
  },
  "document.covers-certified": {
    what: "The mark would cover the author's own signature.",
    why: "This document is certified, and the field “{{field}}” with the certifying signature lies under the chosen place.",
    next: "Choose another field, or sign without a mark.",
  },
  "document.certify-not-first": {
    what: "This document can no longer be certified.",
    why: "Only the first signature of a document can certify it, and this one is signed or certified already.",
    next: "Sign without certifying, or certify a copy that nobody has signed.",
  },
  "document.certify-after-timestamp": {
    what: "This document can no longer be certified, because it has a document timestamp.",
    why: "Only the first signature of a document can certify it, and a document timestamp counts as one.",
    next: "Sign without certifying, or certify the copy without the timestamp.",
  },
  "document.dynamic-form": {
    what: "This form cannot be signed here.",
    why: "It makes its pages only when Adobe Reader opens it (dynamic XFA). What Sealdesk could show you is not what you would sign.",
    next: "Ask the sender for a plain PDF of the filled-in form, or print it to PDF in Adobe Reader and sign that.",
  },
  "document.locked-by-signature": {
    what: "An earlier signature has locked this document.",
    why: "The person who signed before forbade further changes to the fields of the form.",
    next: "Ask that person for a version that may be signed by others too.",
  },
  "document.no-such-field": {
    what: "The signature field was not found.",
    why: "This document has no signature field with that name.",
    next: "Choose another field, or draw a place on the page.",
  },
  "document.field-already-signed": {
    what: "This signature field is already signed.",
    why: "A field holds one signature only.",
    next: "Choose an empty field, or draw a new place on the page.",
  },
  "document.field-name-taken": {
    what: "The name of the signature field is taken.",
    why: "Another field of this document has the same name.",
    next: "Try again. Sealdesk will choose another name.",
  },
  "document.no-such-page": {
    what: "The page for the mark does not exist.",
    why: "This document has fewer pages than the page you placed the mark on.",
    next: "Place the mark on a page of this document.",
  },
  "document.place-outside-page": {
    what: "The mark lies outside the page.",
    why: "The chosen place does not fit the size of this page.",
    next: "Move the mark so that it lies fully on the page.",
  },
  "document.seed-value-conflict": {
    what: "The signature field asks for something else.",
    why: "The author of the document set a condition for this field that this signature does not meet: {{condition}}.",
    next: "Sign as the field asks, or choose another field, certificate or provider, or ask the author.",
  },
  "output.folder-read-only": {
    what: "The result cannot be saved in this folder.",
    why: "You are not allowed to write into it.",
    next: "Choose another output folder and try again.",
  },
  "output.folder-missing": {
    what: "The output folder does not exist any more.",
    why: "It was moved or deleted, or its drive was disconnected.",
    next: "Choose another output folder and try again.",
  },
  "output.disk-full": {
    what: "The disk is full.",
    why: "There is not enough room for the signed file. The original was not touched.",
    next: "Free some space or choose a folder on another disk, then try again.",
  },
  "output.name-taken": {
    what: "The name of the result is taken.",
    why: "A file of that name appeared in the folder, and Sealdesk never overwrites a file.",
    next: "Move or rename that file, or choose another folder, then try again.",
  },
  "output.not-writable": {
    what: "The signed file could not be written.",
    why: "The system reported an error while the file was being saved. The original was not touched.",
    next: "Check the disk or the network drive, or choose another folder, then try again.",
  },
  "output.conformance": {
    what: "The signed file did not pass our own check.",
    why: "It does not meet every rule for signed PDF files, so it was not handed out.",
    next: "Try again. If it happens again, send the details to support.",
  },
  "output.clock-behind": {
    what: "The signature of {{name}} cannot be checked at the time that this computer shows.",
    why: "By this computer's clock, the certificate of {{signer}} is not valid yet.",
    next: "Set date and time of this computer right, then start Sealdesk again. The signature is kept, and nobody is asked again.",
  },
  "output.verification": {
    what: "The signed file did not verify.",
    why: "Sealdesk checks each result as if a stranger had sent it. This one did not pass, so it was not handed out.",
    next: "Try again. If it happens again, send the details to support.",
  },
  "output.placeholder-too-small": {
    what: "The signature did not fit into the document.",
    why: "It was larger than the room kept for it, also at the second attempt.",
    next: "Try again. If it happens again, send the details to support.",
  },
} as const satisfies FailureTexts;
