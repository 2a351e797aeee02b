import type { FailureTexts } from "./failure-texts.ts";

/** IDnow (providers/idnow.md sections 3 and 5). `{{status}}`: words for a status code, see `idnow-statuses-en.ts`. */
export const idnowFailures = {
  // Answers (HTTP)
  "idnow.bad-request": {
    what: "IDnow did not take the request.",
    why: "It answered: “{{text}}”.",
    next: "Correct what it complains of, then sign again. If it makes no sense, give this text to support.",
  },
  "idnow.credentials": {
    what: "IDnow does not accept the user name and password.",
    why: "The access data of this organisation are wrong, or the password was changed.",
    next: "Ask your administrator to enter them again. The order goes on afterwards.",
  },
  "idnow.password-refused": {
    what: "IDnow did not change the password.",
    why: "The user name, the password, the telephone number or the code was wrong.",
    next: "Start the change again, with the telephone number that is registered at IDnow.",
  },
  "idnow.order-gone": {
    what: "IDnow does not know this order any more.",
    why: "It was deleted there. IDnow deletes results after seven days.",
    next: "Sign again.",
  },
  "idnow.wrong-state": {
    what: "IDnow cannot do this with the order now.",
    why: "The order is at another point: it is too early or too late for this.",
    next: "Wait a moment, then try again.",
  },
  "idnow.wrong-tan": {
    what: "The code is wrong.",
    why: "IDnow does not accept it. After too many wrong codes it cancels the order.",
    next: "Look at the newest SMS and type its code again, or ask for a new one.",
  },
  "idnow.already-processed": {
    what: "The order is finished at IDnow.",
    why: "It takes no more codes.",
    next: "Look at the result of the order.",
  },
  "idnow.signing-not-started": {
    what: "IDnow has not sent a code yet.",
    why: "The signing has to be started before a code can be checked.",
    next: "Ask for a code, then type it.",
  },
  "idnow.too-many-tans": {
    what: "A wrong code was entered too often.",
    why: "IDnow has cancelled the order. Nothing was signed by it.",
    next: "Sign again, with the phone at hand that gets the SMS.",
  },
  // Before anything is sent
  "idnow.field": {
    what: "IDnow would not take one of the entries.",
    why: "The entry “{{field}}” has to keep to this: {{limit}}.",
    next: "Correct it, then sign again.",
  },
  "idnow.no-details": {
    what: "It is not said who signs.",
    why: "IDnow needs name, e-mail address and mobile number of each signer.",
    next: "Enter them, then sign again.",
  },
  "idnow.shared-phone": {
    what: "Two signers have the same mobile number.",
    why: "IDnow sends each signer a code of their own. With one number for two, the signing would fail for certain.",
    next: "Enter an own mobile number for each signer.",
  },
  "idnow.signature-type": {
    what: "This kind of signature is not part of the account.",
    why: "The account at IDnow is not set up for {{type}}.",
    next: "Choose another kind of signature, or ask your administrator.",
  },
  "idnow.code-entry": {
    what: "The code cannot be typed in Sealdesk with this account.",
    why: "IDnow has to allow it for the account, and the settings say that it does not.",
    next: "Choose to type it on IDnow's page.",
  },
  "idnow.not-reusable": {
    what: "An identification cannot be used again with this account.",
    why: "IDnow offers that with the trust service Namirial only.",
    next: "Sign without keeping the identification.",
  },
  "idnow.no-robot": {
    what: "The test robot works with test accounts only.",
    why: "This is an account for real signatures.",
    next: "Sign without the robot, or choose the test account.",
  },
  "idnow.field-one-signer": {
    what: "The field in “{{name}}” has room for one signature.",
    why: "The order has several signers, and each of them needs a place.",
    next: "Choose a place on the page instead of the field, or order one signer.",
  },
  "idnow.no-room": {
    what: "The marks of all signers do not fit on the page.",
    why: "“{{name}}”, page {{page}}: the marks of the others go beside the first one, and there is no room for all.",
    next: "Make the first mark smaller, or move it.",
  },
  "idnow.hash-one-signer": {
    what: "Several people cannot sign in one order here.",
    why: "This account sends digests instead of documents, and then each order has one signer.",
    next: "Make an order for each signer, or choose an account that sends whole documents.",
  },
  "idnow.tan-format": {
    what: "A code has six digits.",
    why: "What was typed is something else, so it was not sent. That costs no attempt.",
    next: "Type the six digits of the SMS.",
  },
  // How an order ended
  "idnow.negative": {
    what: "IDnow could not identify you.",
    why: "IDnow says: {{status}}. Nothing was signed.",
    next: "Sign again, and have what was missing at hand.",
  },
  "idnow.not-accepted": {
    what: "IDnow did not accept the identification.",
    why: "The check at IDnow ended without a positive result. Nothing was signed.",
    next: "If you think that this is a mistake, ask IDnow's support or your administrator.",
  },
  "idnow.declined": {
    what: "The identification was declined.",
    why: "It was refused while it was under way. Nothing was signed.",
    next: "If that was a mistake, sign again.",
  },
  "idnow.declined-by-phone": {
    what: "The identification was declined on the telephone.",
    why: "IDnow says: {{status}}. Nothing was signed.",
    next: "If that was a mistake, sign again.",
  },
  "idnow.ended": {
    what: "IDnow has ended the order.",
    why: "IDnow says: {{status}}. Nothing was signed.",
    next: "Sign again. If it happens again, ask IDnow's support.",
  },
  "idnow.cancelled-there": {
    what: "The order was cancelled at IDnow.",
    why: "Somebody else, or IDnow itself, has cancelled it. Nothing was signed.",
    next: "Sign again.",
  },
  "idnow.timed-out": {
    what: "The order at IDnow ran out.",
    why: "The identification was not finished in the time that the account allows.",
    next: "Sign again, and finish it in one go.",
  },
  "idnow.timed-out-after-identification": {
    what: "You were identified, but the signing ran out of time.",
    why: "Nothing was signed in the time that the account allows.",
    next: "Sign again, and enter the code as soon as it comes.",
  },
  "idnow.given-up": {
    what: "The signing at IDnow was given up.",
    why: "IDnow says: {{status}}. Nothing was signed.",
    next: "Sign again.",
  },
  "idnow.trust-service": {
    what: "The trust service behind IDnow refused to sign.",
    why: "IDnow says: {{status}}. This order cannot be saved.",
    next: "Sign again. If it happens again, ask your administrator.",
  },
  "idnow.phone-of-another": {
    what: "The mobile number belongs to somebody else at the trust service.",
    why: "IDnow says: {{status}}. This order cannot be saved.",
    next: "Sign again with another mobile number.",
  },
  // On the way
  "idnow.status-hint": {
    what: "IDnow has news of the order.",
    why: "IDnow says: {{status}}.",
    next: "Go on where IDnow asks you for something. Otherwise you need do nothing.",
  },
  "idnow.page-again": {
    what: "The attempt was broken off.",
    why: "IDnow says: {{status}}.",
    next: "Try again on the same page.",
  },
  "idnow.code-not-sent": {
    what: "The code may not have come.",
    why: "IDnow says: {{status}}.",
    next: "Ask for another code.",
  },
  "idnow.order-uncertain": {
    what: "Nobody can say whether the order was made.",
    why: "The connection broke while it was placed, and an order of the test robot cannot be found again.",
    next: "Look into the account at IDnow, or simply sign again.",
  },
  "idnow.not-cancelled": {
    what: "The order at IDnow could not be cancelled.",
    why: "IDnow did not take the cancellation. The order may go on until it runs out by itself.",
    next: "Do not sign on IDnow's page. Delete the order in the account at IDnow if it matters.",
  },
  // Results
  "idnow.damaged-download": {
    what: "The signed documents came damaged.",
    why: "What IDnow sent is cut off, or no PDF. They are signed and still lie at IDnow.",
    next: "Try again. If it stays so, ask IDnow for the signed documents within seven days.",
  },
  "idnow.not-fetched": {
    what: "The signed documents were not fetched.",
    why: "They are signed and lie at IDnow, but the run was stopped before they were here.",
    next: "Ask your administrator to fetch them from IDnow within seven days, or sign again.",
  },
  "idnow.decryption": {
    what: "IDnow's answer could not be decrypted.",
    why: "The key in the settings is another one than at IDnow, or the answer was changed on its way.",
    next: "Ask your administrator to compare the key. The results lie at IDnow for seven days.",
  },
  "idnow.not-our-document": {
    what: "IDnow sent a signed document that nobody ordered.",
    why: "A signed document begins with the bytes that were sent. None of those fits, so nobody can say what was signed.",
    next: "Tell IDnow and your administrator. It was not deleted there, so it can be looked into for seven days.",
  },
  "idnow.result-unavailable": {
    what: "A part of the result cannot be had.",
    why: "IDnow did not give it out ({{reason}}). The signed documents are not affected.",
    next: "Try again, or finish without it.",
  },
  "idnow.not-kept": {
    what: "The identification was not kept for the next time.",
    why: "IDnow did not give it out, or the vault did not take it ({{reason}}). The signed documents are not affected.",
    next: "You need do nothing. The next order asks for an identification again.",
  },
  "idnow.file-not-saved": {
    what: "The file was not saved.",
    why: "No place was chosen, or it could not be written there.",
    next: "Try again, or finish without it.",
  },
  "idnow.not-deleted": {
    what: "IDnow has not deleted the data yet.",
    why: "It did not take the request ({{reason}}). The signed documents are not affected.",
    next: "Try again, or finish: IDnow deletes everything after seven days by itself.",
  },
} as const satisfies FailureTexts;
