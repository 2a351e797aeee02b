import type { FailureTexts } from "./failure-texts.ts";

/** BankID (providers/bankid.md sections 1, 3.5, 3.7 and 6). */
export const bankidFailures = {
  "bankid.text-too-long": {
    what: "The text to be signed with BankID would be too long.",
    why: "It names every document, and BankID takes {{limit}} characters; this would be {{characters}}.",
    next: "Sign fewer documents at once.",
  },
  "bankid.text-changed": {
    what: "The text to be signed is not the one that you confirmed.",
    why: "A document was changed, moved or deleted after you confirmed. Nothing was sent.",
    next: "Look at the documents again, then sign again.",
  },
  // How an order ends; the recommended messages RFA3 to RFA22 in three sentences
  "bankid.expired": {
    what: "The BankID app did not answer in time.",
    why: "The app may not be open, the device may be offline, or there is no valid BankID on it.",
    next: "Open the BankID app, check the connection, then sign again. A new BankID comes from your bank.",
  },
  "bankid.blocked": {
    what: "Your BankID is blocked or too old.",
    why: "The code was wrong too often, or the BankID was revoked or has expired.",
    next: "Use another BankID, or get a new one from your bank.",
  },
  "bankid.user-cancelled": {
    what: "You cancelled in the BankID app.",
    why: "The order was ended there. Nothing was signed by it.",
    next: "Sign again whenever you like.",
  },
  "bankid.order-cancelled": {
    what: "The order was cancelled.",
    why: "That happens when another identification or signature is started for the same person meanwhile.",
    next: "Finish or cancel the other one, then sign again.",
  },
  "bankid.already-in-progress": {
    what: "Another BankID order for this person was already running.",
    why: "BankID allows one at a time, and has cancelled both.",
    next: "Sign again.",
  },
  "bankid.not-started": {
    what: "The BankID app did not open.",
    why: "It does not seem to be installed on this computer, or the operating system did not open it.",
    next: "Install it and get a BankID from your bank, or sign with the phone and the QR code.",
  },
  "bankid.not-scanned": {
    what: "The QR code was not scanned.",
    why: "The BankID app did not connect within the time allowed.",
    next: "Sign again, open the BankID app on the phone and scan the code.",
  },
  "bankid.declined-call": {
    what: "The order was declined in the BankID app.",
    why: "The question about a telephone call was answered with no.",
    next: "If you started the signature yourself, sign again. If somebody called you, hang up.",
  },
  "bankid.app-unsuited": {
    what: "This BankID app cannot do what was asked for.",
    why: "It is too old for it, or the device lacks something.",
    next: "Update the BankID app, or use another device, then sign again.",
  },
  "bankid.risk": {
    what: "BankID stopped the order because of a risk.",
    why: "This organisation wants orders stopped that BankID finds risky.",
    next: "Sign again from your usual device and network, or ask your administrator.",
  },
  "bankid.failed": {
    what: "The signature with BankID did not come about.",
    why: "BankID ended the order with “{{status}}”, which Sealdesk does not know.",
    next: "Sign again. If it happens again, give this word to support.",
  },
  // The service in between
  "bankid.service-error": {
    what: "The signing service reported an error.",
    why: "It said: “{{text}}”.",
    next: "Sign again. If it happens again, give this text to your administrator.",
  },
  "bankid.credentials": {
    what: "The signing service for BankID does not accept the access data.",
    why: "The user name, the password or the client certificate of this organisation is wrong.",
    next: "Ask your administrator to enter them again.",
  },
  "bankid.tenant": {
    what: "The signing service for BankID does not know this organisation's address or tenant.",
    why: "The address or the tenant's name in the settings is wrong.",
    next: "Ask your administrator to compare them with what the service's administrator has given out.",
  },
  "bankid.bad-request": {
    what: "BankID did not take the request.",
    why: "Sealdesk sent something that BankID does not allow, or the order has ended.",
    next: "Sign again. If it happens again, send the details to support.",
  },
  "bankid.too-many-requests": {
    what: "BankID was asked too often.",
    why: "It limits how many requests an organisation may send.",
    next: "Wait a few minutes, then sign again.",
  },
  "bankid.maintenance": {
    what: "BankID is being maintained.",
    why: "The service said that it is not available for now.",
    next: "Try again later.",
  },
  "bankid.order-gone": {
    what: "BankID does not know this order any more.",
    why: "Results are kept for a few minutes only, and Sealdesk was not running or not connected then.",
    next: "Sign again.",
  },
  "bankid.answer-lost": {
    what: "It is unknown whether BankID has the order.",
    why: "The connection broke while it was placed. It is not placed again by itself, as a second one would cancel the first.",
    next: "Close what the BankID app may show, then sign again.",
  },
  // What came back
  "bankid.evidence-refused": {
    what: "BankID's answer does not prove the signature.",
    why: "These checks failed: {{rules}}. Nothing was stored as signed; the answer is kept for support.",
    next: "Do not use the document as signed. Send the details to support.",
  },
  "bankid.evidence-undecided": {
    what: "BankID's answer cannot be judged here.",
    why: "No root certificate of BankID is set up that leads to the signer's certificate.",
    next: "Ask your administrator to add BankID's root certificate to the settings.",
  },
  "bankid.clock-behind": {
    what: "BankID's answer bears a time that is still to come here.",
    why: "This computer's clock may be behind. The signature is kept, and nobody is asked for it again.",
    next: "Set date and time of this computer right, then try again.",
  },
  "bankid.other-person": {
    what: "Somebody else has signed.",
    why: "The BankID belongs to another personal number than the one that was expected.",
    next: "Sign again with the right person's BankID.",
  },
} as const satisfies FailureTexts;
