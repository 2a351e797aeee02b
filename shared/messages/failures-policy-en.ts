import type { FailureTexts } from "./failure-texts.ts";

/** What the administrator of the computer has laid down. */
export const policyFailures = {
  "policy.provider": {
    what: "This provider may not be used on this computer.",
    why: "Your administrator allows other providers only.",
    next: "Choose one of the providers that are offered, or ask your administrator.",
  },
  "policy.practice": {
    what: "Practice mode may not be used on this computer.",
    why: "Your administrator does not allow it.",
    next: "Set up a provider for real in the settings, or ask your administrator.",
  },
  "policy.level": {
    what: "The level {{level}} may not be used on this computer.",
    why: "Your administrator allows these levels: {{allowed}}.",
    next: "Choose another level. All but B-B need a timestamp service in the settings.",
  },
  "policy.output": {
    what: "Signed documents may not be saved there.",
    why: "Your administrator has laid down where they go.",
    next: "Choose another folder for the results, or ask your administrator.",
  },
  "policy.fixed": {
    what: "This setting cannot be changed.",
    why: "It is set by your administrator.",
    next: "Ask your administrator when it should be another.",
  },
  "policy.malformed": {
    what: "Nothing can be signed on this computer for now.",
    why: "There is a policy of your administrator that cannot be understood, so nobody knows what it forbids.",
    next: "Ask your administrator to run “sealdesk policy check”, which names every error. Documents can be verified as before.",
  },
  "settings.bankid-test-root": {
    what: "BankID's test root was not added.",
    why: "Anybody can have a test BankID in any name, so that it proves nothing about a person.",
    next: "Choose BankID's root certificate for production.",
  },
  "settings.too-many-authorities": {
    what: "The certificates were not added.",
    why: "There may be {{count}} of them, and there would be more.",
    next: "Remove those that are not needed any more, then add these.",
  },
} as const satisfies FailureTexts;
