import { RFA_TEXTS } from "./bankid-rfa.ts";

const { en } = RFA_TEXTS;

/** What the person does, or waits for, while an order runs at BankID. */
export const bankidMessages = {
  "bankid.scan":
    "Open the BankID app on your phone and scan the code. Read there what you sign, then enter your security code.",
  "bankid.reconnecting":
    "The signing service does not answer at the moment. Sealdesk keeps trying. You need do nothing.",
  "bankid.RFA1": en.RFA1,
  "bankid.RFA9": en.RFA9,
  "bankid.RFA13": en.RFA13,
  "bankid.RFA15A": en.RFA15A,
  "bankid.RFA15B": en.RFA15B,
  "bankid.RFA20": en.RFA20,
  "bankid.RFA21": en.RFA21,
  "bankid.RFA23": en.RFA23,
} as const;
