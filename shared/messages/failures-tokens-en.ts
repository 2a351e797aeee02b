import type { FailureTexts } from "./failure-texts.ts";

/** Failures of keys on smart cards, sticks and security modules (PKCS#11). */
export const tokenFailures = {
  "token.module-unusable": {
    what: "The card's software cannot be used.",
    why: "“{{module}}” could not be loaded, or it is no PKCS#11 module for this kind of computer.",
    next: "Install the software that came with the card or reader, then try again.",
  },
  "token.not-found": {
    what: "The card or token is not there.",
    why: "No reader holds the one that was asked for.",
    next: "Insert the card or plug in the token, then try again.",
  },
  "token.ambiguous": {
    what: "There is more than one card or token.",
    why: "Several would fit, and Sealdesk does not guess which one you mean.",
    next: "Say which one by its label or serial number, or remove the others.",
  },
  "token.removed": {
    what: "The card or token was removed.",
    why: "It disappeared before everything was signed.",
    next: "Insert it again, then sign once more.",
  },
  "token.certificate-not-found": {
    what: "The certificate is not on this token.",
    why: "There is no certificate for signing under the name that was asked for.",
    next: "List what is on the token, and choose one of its certificates.",
  },
  "token.certificate-ambiguous": {
    what: "There is more than one certificate on this token.",
    why: "Several would fit, and Sealdesk does not guess which one you mean.",
    next: "Choose one by its number, its label or the name it was issued to.",
  },
  "token.key-not-found": {
    what: "The private key of this certificate is not on the token.",
    why: "The certificate is there, but nothing to sign with.",
    next: "Choose another certificate, or ask whoever issued the token.",
  },
  "token.pin-wrong": {
    what: "The PIN is wrong.",
    why: "The token did not accept it.",
    next: "Type the PIN again. After several wrong ones the token locks itself.",
  },
  "token.pin-wrong-few-left": {
    what: "The PIN is wrong, and few attempts are left.",
    why: "The token did not accept it and counts wrong PINs.",
    next: "Look the PIN up before you type it again: the token locks itself soon.",
  },
  "token.pin-wrong-last-try": {
    what: "The PIN is wrong, and one attempt is left.",
    why: "The token did not accept it. One more wrong PIN locks it.",
    next: "Look the PIN up before you try again, or unlock with the PUK.",
  },
  "token.pin-locked": {
    what: "The PIN is locked.",
    why: "Too many wrong PINs were typed.",
    next: "Unlock the token with its PUK in the software that came with it, or ask whoever issued it.",
  },
  "token.pin-not-set": {
    what: "This token has no PIN yet, or its PIN has to be changed.",
    why: "It does not sign before that is done.",
    next: "Set the PIN in the software that came with the token.",
  },
  "token.pin-cancelled": {
    what: "The PIN was not entered.",
    why: "The entry was cancelled or took too long. Nothing was signed.",
    next: "Sign again and enter the PIN.",
  },
  "token.mechanism-missing": {
    what: "This token cannot sign in the way that is needed.",
    why: "It does not offer {{mechanism}} for this key.",
    next: "Choose another digest or padding, or use another token.",
  },
  "token.failed": {
    what: "The token reported an error.",
    why: "Its code is {{code}}. Nothing more is known.",
    next: "Remove the token, insert it again and try once more. If it goes on, give the code to support.",
  },
} as const satisfies FailureTexts;
