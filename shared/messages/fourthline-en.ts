/** What the person does, or waits for, while a signing runs at Fourthline. */
export const fourthlineMessages = {
  "fourthline.eligibility": "Fourthline checks whether the person can sign. That takes a few seconds.",
  "fourthline.working": "Fourthline is working on it. You need do nothing.",
  "fourthline.reconnecting":
    "Fourthline does not answer at the moment. Sealdesk keeps trying, and nothing is done twice. You need do nothing.",
  "fourthline.recovering": "Fourthline reports an error. It often recovers by itself within two minutes.",
  "fourthline.number": "{{name}}: which mobile phone shall get the passcode?",
  "fourthline.selfie":
    "{{name}}: Fourthline needs a new picture of your face, because the identification was some time ago or on another device.",
  "fourthline.consent": "{{name}}: read the documents and the conditions, and tick what you agree to.",
  "fourthline.consent-sends-sms":
    "When you approve, Fourthline sends a passcode to {{phone}} by SMS. Nothing is signed yet.",
  "fourthline.code": "{{name}}: type the passcode that was sent to your phone by SMS. With it you sign.",
  "fourthline.signing": "Fourthline makes the signature. You need do nothing.",
  "fourthline.pending-verification":
    "You have signed. The signature is not binding yet: Fourthline still processes the identification, which can take days. Sealdesk fetches the documents when it is done.",
  "fourthline.fetching": "The signed documents are being fetched.",
  "fourthline.contract":
    "{{name}}: InfoCert made the signature, and there is a contract with InfoCert for it. The signer has to get it, so save it.",
  "fourthline.paused-credentials":
    "Fourthline does not let Sealdesk in any more. The signing stays there. Let your administrator enter the access data again, then go on. Try again now?",
  "fourthline.paused-fetch":
    "The documents are signed, but come damaged from Fourthline, or not at all. Try again now? Stopping ends the run without them.",
  "fourthline.paused-verification":
    "Fourthline has not finished for an unusually long time. Go on waiting? Stopping gives the signed documents up.",
  "fourthline.again-expired":
    "The time for signing ran out at Fourthline. The identification is still good. Start the signing again?",
  "fourthline.again-mismatch":
    "The identification is finished, and the name in the certificate was another one than the verified one. The signature is not valid. Sign again with the verified name?",
  "fourthline.again-failed":
    "Fourthline reports an error (code {{code}}) and has not recovered. The identification is still good. Start the signing again?",
} as const;
