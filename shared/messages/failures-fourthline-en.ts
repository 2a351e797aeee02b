import type { FailureTexts } from "./failure-texts.ts";

/** Fourthline (providers/fourthline.md sections 2 and 6). */
export const fourthlineFailures = {
  // What its HTTP codes say
  "fourthline.bad-request": {
    what: "Fourthline did not take the request.",
    why: "Fourthline says: {{text}}. Paths and field names in the settings may be others than Fourthline's.",
    next: "Tell your administrator.",
  },
  "fourthline.credentials": {
    what: "Fourthline does not accept the access data.",
    why: "The client id or the client secret is wrong, or was changed.",
    next: "Ask your administrator to enter them again.",
  },
  "fourthline.not-found": {
    what: "Fourthline does not know this signature.",
    why: "It was deleted there, or the path in the settings is another one than Fourthline's.",
    next: "Tell your administrator.",
  },
  "fourthline.wrong-state": {
    what: "Fourthline is not ready for this step.",
    why: "The signing there stands at another point than expected.",
    next: "Sign again. If it happens again, tell your administrator.",
  },
  "fourthline.refused": {
    what: "Fourthline could not carry out the request.",
    why: "Fourthline says: {{text}}.",
    next: "Sign again. If it happens again, tell your administrator.",
  },
  "fourthline.too-many-requests": {
    what: "Fourthline is asked too often at the moment.",
    why: "It takes only so many requests in a time, from all computers of the organisation together.",
    next: "Wait a few minutes, then sign again.",
  },
  // Before anything is sent
  "fourthline.no-details": {
    what: "It is not said who signs with Fourthline.",
    why: "Fourthline needs the person's name and the reference under which it has identified the person.",
    next: "Enter them, then sign again.",
  },
  "fourthline.no-workflow": {
    what: "Fourthline is not set up for this kind of signing.",
    why: "The settings name no workflow for it: there is one for finished identifications and one for those that are still processed.",
    next: "Choose the other one, or ask your administrator.",
  },
  "fourthline.number-format": {
    what: "This is not a phone number.",
    why: "Fourthline takes numbers with + and the country, as in +31 6 12345678.",
    next: "Type the number again.",
  },
  "fourthline.number-refused": {
    what: "Fourthline did not take the phone number.",
    why: "It may not be the number that was checked before, or not one that gets SMS. Fourthline says: {{text}}.",
    next: "Type the number of your own mobile phone.",
  },
  "fourthline.documents-refused": {
    what: "Fourthline did not take the documents.",
    why: "Fourthline says: {{text}}. It may be their size or a protection.",
    next: "Look at the documents. Nothing was signed.",
  },
  "fourthline.documents-differ": {
    what: "Fourthline would have other documents signed than were sent.",
    why: "What it shows for approval does not match what was sent from here. Nothing was approved.",
    next: "Tell your administrator the number of the signature: {{signature}}.",
  },
  // The person's part
  "fourthline.not-a-jpeg": {
    what: "This is not a JPEG picture.",
    why: "Fourthline takes pictures of the face as JPEG only.",
    next: "Choose another picture, or save this one as JPEG.",
  },
  "fourthline.selfie-refused": {
    what: "Fourthline did not accept the picture.",
    why: "It may be too dark, blurred or cut off, or the person was not recognised. Fourthline says: {{text}}.",
    next: "Take another picture, with the whole face in good light.",
  },
  "fourthline.code-format": {
    what: "A passcode has digits only, and as many as are said here.",
    why: "What was typed is something else, so it was not sent. That costs no attempt.",
    next: "Type the digits of the SMS.",
  },
  "fourthline.wrong-code": {
    what: "The passcode was not accepted.",
    why: "It is wrong, or a newer SMS has another one. Fourthline says: {{text}}.",
    next: "Type the passcode of the newest SMS, or ask for a new one.",
  },
  "fourthline.code-unclear": {
    what: "The passcode may not have arrived at Fourthline.",
    why: "The connection broke, and Fourthline still waits for a passcode. It was not sent again by itself.",
    next: "Type it again. If it is not accepted, ask for a new one.",
  },
  "fourthline.no-new-code": {
    what: "Fourthline has sent no new passcode.",
    why: "It did not take the request. Fourthline says: {{text}}.",
    next: "Type the passcode of the last SMS, or try again later.",
  },
  "fourthline.new-code-unclear": {
    what: "A new passcode may be on its way.",
    why: "The connection broke while it was asked for.",
    next: "Look at the phone. If none comes in a minute, ask for a new one.",
  },
  "fourthline.approval-unclear": {
    what: "The approval may not have arrived at Fourthline.",
    why: "The connection broke, and Fourthline still waits for it. It was not sent again by itself.",
    next: "Approve again. If an SMS has come meanwhile, the newest one counts.",
  },
  "fourthline.unknown-status": {
    what: "Fourthline reports something that Sealdesk does not know.",
    why: "The status is “{{status}}”. Sealdesk goes on asking.",
    next: "You need do nothing. If it stays so, tell your administrator.",
  },
  // How a signing ended
  "fourthline.kyc-required": {
    what: "Fourthline has to identify the person again.",
    why: "One of its checks was not passed (code {{code}}), so nobody can sign with the identification that is there. Nothing was signed.",
    next: "Have the person identified by Fourthline again, then sign. Number of the signature, for Fourthline: {{signature}}.",
  },
  "fourthline.failed": {
    what: "Fourthline reports an error in the signing.",
    why: "It has not recovered (code {{code}}).",
    next: "Sign again; no new identification is needed. Number of the signature, for Fourthline: {{signature}}.",
  },
  "fourthline.expired": {
    what: "The time for signing at Fourthline ran out.",
    why: "There are two hours to approve and one hour to type the passcode. Fourthline says: {{text}}.",
    next: "Sign again, and do it in one go; no new identification is needed.",
  },
  "fourthline.mismatch": {
    what: "The name in the certificate is not the one that was verified.",
    why: "The signature was made before the identification was finished, and the two differ. It is not valid.",
    next: "Sign again; the certificate then has the verified name, and no new identification is needed.",
  },
  "fourthline.timed-out": {
    what: "Fourthline did not go on in time.",
    why: "Its answer has been missing for longer than it should take.",
    next: "Sign again later. If it happens again, tell your administrator.",
  },
  "fourthline.left-pending": {
    what: "The signing was left before it became binding.",
    why: "The person has signed, but Fourthline still processes the identification. The signed documents are not here.",
    next: "Ask your administrator to fetch them from Fourthline, or sign again.",
  },
  "fourthline.not-fetched": {
    what: "The documents at Fourthline were not fetched.",
    why: "A passcode was sent, so they may be signed, but the run was stopped before they were here.",
    next: "Ask your administrator to fetch them from Fourthline, or sign again.",
  },
  // Results
  "fourthline.damaged-download": {
    what: "The document came damaged from Fourthline.",
    why: "What Fourthline sent is cut off, or no PDF. It still lies there.",
    next: "Try again. If it stays so, tell your administrator.",
  },
  "fourthline.not-our-document": {
    what: "Fourthline sent a signed document that nobody sent there.",
    why: "A signed document begins with the bytes that were sent. This one does not, so nobody can say what was signed.",
    next: "Tell Fourthline and your administrator.",
  },
  "fourthline.contract-unavailable": {
    what: "The contract with InfoCert could not be fetched.",
    why: "Fourthline did not give it out ({{reason}}). The signed documents are not affected.",
    next: "Try again, or ask your administrator to fetch it: the signer has to get it.",
  },
  "fourthline.contract-not-saved": {
    what: "The contract was not saved.",
    why: "No place was chosen, or it could not be written there.",
    next: "Try again.",
  },
} as const satisfies FailureTexts;
