import type { FailureTexts } from "./failure-texts.ts";

/** Failures of timestamps, providers, certificates and of the program itself. */
export const providerFailures = {
  "timestamp.unreachable": {
    what: "The timestamp service could not be reached.",
    why: "It did not answer, so the time of signing could not be proven.",
    next: "Check the network and try again, or sign without a timestamp.",
  },
  "timestamp.refused": {
    what: "The timestamp service refused.",
    why: "It answered “{{text}}” and gave no timestamp.",
    next: "Try again later, or sign without a timestamp.",
  },
  "timestamp.invalid": {
    what: "The timestamp is not valid.",
    why: "The check found: {{detail}} So the answer was thrown away.",
    next: "Try again, or ask your administrator to check the timestamp service.",
  },
  "network.offline": {
    what: "This computer has no network.",
    why: "Nothing could be sent to {{host}}: there is no connection to any network.",
    next: "Connect the computer. What waits for a service goes on by itself then; anything else you can try again.",
  },
  "network.proxy-unreachable": {
    what: "The proxy server could not be reached.",
    why: "Requests go out through {{host}}, and it did not answer ({{reason}}).",
    next: "Check the network connection and the proxy settings of this computer, then try again.",
  },
  "network.proxy-credentials": {
    what: "The proxy server wants a name and password.",
    why: "The proxy {{host}} lets nobody through without them, or did not accept the ones it got.",
    next: "Ask your administrator for the right proxy settings.",
  },
  "network.proxy-refused": {
    what: "The proxy server refused the connection.",
    why: "The proxy {{host}} answered “{{reason}}” instead of passing the request on.",
    next: "Ask your administrator to allow this service.",
  },
  "network.proxy-tls": {
    what: "No safe connection to the proxy server.",
    why: "The proxy {{host}} could not prove who it is ({{reason}}).",
    next: "Ask your administrator to check the proxy's certificate.",
  },
  "provider.unreachable": {
    what: "The signing service could not be reached.",
    why: "There was no answer. Your computer may be offline, or the service may be down.",
    next: "Check the network connection, then try again.",
  },
  "provider.tls": {
    what: "No safe connection to the signing service.",
    why: "The service could not prove who it is. A proxy or a missing certificate may be the cause.",
    next: "Ask your administrator to check the connection settings.",
  },
  "provider.client-certificate": {
    what: "The signing service did not accept this organisation's certificate.",
    why: "The certificate is missing, has expired, or is not on the service's list.",
    next: "Ask your administrator to renew or register the certificate.",
  },
  "provider.access-denied": {
    what: "The signing service does not let this computer in.",
    why: "It knows who is asking, but does not allow it. The network address may not be on its list.",
    next: "Ask your administrator to have this organisation and its network address registered with the provider.",
  },
  "provider.unexpected-answer": {
    what: "The signing service gave an answer that makes no sense.",
    why: "Sealdesk stops rather than guess. Nothing was signed.",
    next: "Try again. If it happens again, send the details to support.",
  },
  "provider.server-error": {
    what: "The signing service has a problem.",
    why: "It reported an error of its own.",
    next: "Wait a few minutes, then try again.",
  },
  "provider.deadline": {
    what: "It took too long.",
    why: "There was no approval within the time allowed.",
    next: "Start again when you have your phone at hand.",
  },
  "provider.cancelled": {
    what: "You cancelled.",
    why: "The run was stopped at your request. Nothing was signed by it.",
    next: "Sign again whenever you like.",
  },
  "provider.window-closed": {
    what: "The provider's window was closed.",
    why: "The window was closed before the approval was complete. Nothing was signed.",
    next: "Sign again and leave the window open until it closes by itself.",
  },
  "provider.signature-invalid": {
    what: "The signature that came back is wrong.",
    why: "It does not fit your document and your certificate, so it was thrown away.",
    next: "Try again. If it happens again, tell the provider and your administrator.",
  },
  "provider.signature-missing": {
    what: "No signature came back for this document.",
    why: "The provider reported success, but its answer left this document out.",
    next: "Sign this document again.",
  },
  "provider.certificate-invalid": {
    what: "Your signing certificate cannot be used.",
    why: "It has expired, is not yet valid, or is not meant for signing.",
    next: "Ask the provider to renew it, then try again.",
  },
  "provider.text-not-allowed": {
    what: "The text contains a character that the provider does not take.",
    why: "The character “{{character}}” cannot be sent.",
    next: "Replace it by a plain one, then sign again.",
  },
  "provider.text-too-long": {
    what: "A text is too long for the provider.",
    why: "The provider takes fewer characters than you typed.",
    next: "Shorten the text, then sign again.",
  },
  "provider.configuration": {
    what: "The provider is not set up correctly.",
    why: "The service refused the settings of this organisation.",
    next: "Ask your administrator to compare the settings with the provider's letter.",
  },
  "provider.too-many-documents": {
    what: "Too many documents at once.",
    why: "The provider takes fewer documents in one go.",
    next: "Select fewer documents and sign the rest afterwards.",
  },
  "provider.no-credentials": {
    what: "The provider's access data are missing.",
    why: "Sealdesk needs them to talk to the signing service, and none are stored.",
    next: "Ask your administrator to set up the provider.",
  },
  "provider.not-available": {
    what: "This provider is not available.",
    why: "It is not set up on this computer yet.",
    next: "Choose another provider.",
  },
  "itsme.not-allowed-to-sign": {
    what: "Your itsme account may not sign.",
    why: "itsme says that this account is blocked or not entitled to sign.",
    next: "Open the itsme app and follow its instructions, or ask itsme support.",
  },
  "itsme.rejected": {
    what: "You refused in the itsme app.",
    why: "The identification was refused on the phone. Nothing was signed.",
    next: "If that was a mistake, sign again and confirm in the app.",
  },
  "itsme.expired": {
    what: "The request in the itsme app ran out.",
    why: "It was not confirmed in time. itsme allows about three minutes.",
    next: "Sign again with your phone at hand.",
  },
  "itsme.sign-rejected": {
    what: "You refused to sign in the itsme app.",
    why: "The signature was refused on the phone. Nothing was signed.",
    next: "If that was a mistake, sign again and confirm in the app.",
  },
  "itsme.sign-expired": {
    what: "The signature request in the itsme app ran out.",
    why: "It was not approved in time. Nothing was signed.",
    next: "Sign again with your phone at hand.",
  },
  "itsme.unknown-session": {
    what: "itsme does not know this request any more.",
    why: "Its session has ended, perhaps because the computer was off or offline for long.",
    next: "Sign again.",
  },
  "itsme.invalid-url": {
    what: "itsme does not accept the return address.",
    why: "The return address in the settings is missing or malformed.",
    next: "Ask your administrator to check the itsme settings.",
  },
  "itsme.invalid-requestor": {
    what: "itsme does not know this organisation.",
    why: "The partner code or the service code in the settings is wrong.",
    next: "Ask your administrator to compare both with the letter from itsme.",
  },
  "itsme.unauthorized-url": {
    what: "itsme does not allow the return address.",
    why: "The address is not registered for this service code.",
    next: "Ask your administrator to have it registered with itsme.",
  },
  "itsme.invalid-language": {
    what: "itsme does not speak the chosen language.",
    why: "It offers English, French, Dutch and German.",
    next: "Choose one of these and sign again.",
  },
  "itsme.missing-code": {
    what: "The itsme settings are incomplete.",
    why: "The partner code or the service code is missing.",
    next: "Ask your administrator to complete the itsme settings.",
  },
  "itsme.batch-too-large": {
    what: "Too many documents for one itsme approval.",
    why: "itsme takes at most 70 documents in one approval.",
    next: "Select fewer documents and sign the rest afterwards.",
  },
  "itsme.policy": {
    what: "itsme does not accept the signature policy.",
    why: "The chosen policy is unknown, switched off, or not part of this organisation's contract.",
    next: "Choose another policy, or ask your administrator.",
  },
  "itsme.temporary": {
    what: "itsme has a temporary problem.",
    why: "The service reported an error of its own. Nothing was signed.",
    next: "Wait a few minutes, then try again.",
  },
  "itsme.unknown-code": {
    what: "itsme stopped with a code that Sealdesk does not know.",
    why: "The code is “{{code}}”. Nothing was signed.",
    next: "Try again. If it happens again, give this code to support.",
  },
  "certificate.not-chosen": {
    what: "No certificate is chosen.",
    why: "Signing on this computer needs a certificate with its private key.",
    next: "Choose your certificate file, or try the practice certificate.",
  },
  "certificate.wrong-password": {
    what: "The password is wrong.",
    why: "The certificate file could not be opened with it.",
    next: "Type the password again. Mind capital letters and the keyboard layout.",
  },
  "certificate.broken-file": {
    what: "The certificate file cannot be read.",
    why: "It is damaged, or not a PKCS#12 file (.p12 or .pfx).",
    next: "Export the certificate again, together with its private key.",
  },
  "certificate.no-key": {
    what: "The certificate file has no private key.",
    why: "Signing needs the private key, and this file holds only the certificate.",
    next: "Export the certificate again, together with its private key.",
  },
  "certificate.expired": {
    what: "The certificate has expired.",
    why: "Signatures made with it now would not be accepted.",
    next: "Renew the certificate, then sign again.",
  },
  "certificate.unsupported-key": {
    what: "This kind of key is not supported.",
    why: "Sealdesk signs with RSA keys, with elliptic keys on NIST and Brainpool curves, and with Ed25519 keys.",
    next: "Use a certificate with another kind of key.",
  },
  "certificate.unsupported-file": {
    what: "This certificate file is protected in a way that Sealdesk does not know.",
    why: "The file may be in order, and the password right, but it cannot be opened here.",
    next: "Export the certificate again with the usual encryption (AES-256 and SHA-256).",
  },
  "certificate.weak-algorithm": {
    what: "This key is too weak to sign with.",
    why: "Signatures made with {{algorithm}} now would not be accepted: it is no longer considered safe.",
    next: "Use a certificate with a stronger key.",
  },
  "certificate.scheme-unavailable": {
    what: "This key cannot sign in the way you chose.",
    why: "The digest or the padding that you asked for does not go with this kind of key.",
    next: "Leave the choice to the key, or choose another digest.",
  },
  "app.journal-unavailable": {
    what: "Sealdesk cannot keep its journal.",
    why: "Without it a run that is interrupted could not be finished, so nothing can be signed now.",
    next: "Check that your disk is not full and that your user folder can be written, then start again.",
  },
  "app.run-taken-over": {
    what: "Another Sealdesk goes on with this signature.",
    why: "The program was started a second time with the same data, and the run can only be driven by one of them.",
    next: "Look at the other window, or start Sealdesk again: nobody is asked twice.",
  },
  "app.audit-unavailable": {
    what: "Sealdesk cannot write its audit trail.",
    why: "The file is damaged, locked by another program, or of a newer version. It is left as it is.",
    next: "You can go on signing. Show this to your administrator: what you do now is not recorded there.",
  },
  "app.left-over-files": {
    what: "Working files were left behind beside results.",
    why: "An earlier signing could not tidy up after itself. What may hold an approved signature is kept in any case.",
    next: "The history (View, History) shows them, and says which can be removed.",
  },
  "app.settings-reset": {
    what: "The settings were reset.",
    why: "The settings file was damaged. A copy of it was kept beside the new one.",
    next: "Check the settings before you sign.",
  },
  "app.busy": {
    what: "Sealdesk has too much to do at once.",
    why: "Far more was asked of it within a moment than a person can ask.",
    next: "Wait a moment and try again. If it happens again, start Sealdesk anew.",
  },
  "app.internal": {
    what: "Something went wrong inside Sealdesk.",
    why: "This is a fault of the program, not of yours.",
    next: "Try again. If it happens again, copy the details and send them to support.",
  },
  "provider.not-binding-yet": {
    what: "The person has signed, but the signature is not binding yet.",
    why: "The provider still processes the identification. That can take days, and the signed documents come after it.",
    next: "Run a sealdesk sign command with this provider again later: it fetches them first.",
  },
} as const satisfies FailureTexts;
