import type { PageLanguage } from "../web/page-language.ts";
import type { AppNotice } from "./app-steps.ts";

/** What the practice BankID app says. */
export interface AppTexts {
  readonly appTitle: string;
  readonly scanTitle: string;
  readonly scanText: string;
  readonly scanScreen: string;
  readonly codeLabel: string;
  readonly read: string;
  readonly chooseTitle: string;
  readonly chooseLabel: string;
  readonly choose: string;
  readonly documentTitle: string;
  readonly documentText: string;
  readonly readDocument: string;
  readonly signTitle: string;
  readonly identifyTitle: string;
  readonly partner: string;
  readonly person: string;
  readonly until: string;
  readonly text: string;
  readonly sign: string;
  readonly identify: string;
  readonly cancel: string;
  readonly notices: Readonly<Record<AppNotice, string>>;
}

const en: AppTexts = {
  appTitle: "BankID",
  scanTitle: "BankID: read the code",
  scanText: "Somebody asks for a signature. Read the code that is on the screen.",
  scanScreen: "Read the code on the screen",
  codeLabel: "Text of the code, if you have it",
  read: "Read",
  chooseTitle: "BankID: choose yours",
  chooseLabel: "BankID",
  choose: "Continue",
  documentTitle: "BankID: read your document",
  documentText: "Your passport or identity card has to be read first.",
  readDocument: "Read the document",
  signTitle: "BankID: sign",
  identifyTitle: "BankID: identify yourself",
  partner: "Asked by",
  person: "BankID of",
  until: "Valid until",
  text: "What you sign",
  sign: "Sign",
  identify: "Identify",
  cancel: "Cancel",
  notices: {
    "no-code": "This is no code of BankID.",
    unknown: "BankID does not know this order, or it is over.",
    "wrong-code": "This code was not made for this order.",
    "old-code": "This code is too old. It changes every second: read the one that is on the screen now.",
    "early-code": "This code is from a time that is still to come.",
    taken: "An app has this order already.",
    over: "This order is over.",
    "other-person": "Somebody else has to sign this.",
    "other-kind": "This kind of BankID is not accepted here.",
  },
};

const sv: AppTexts = {
  appTitle: "BankID",
  scanTitle: "BankID: läs av koden",
  scanText: "Någon ber om en underskrift. Läs av koden på skärmen.",
  scanScreen: "Läs av koden på skärmen",
  codeLabel: "Kodens text, om du har den",
  read: "Läs av",
  chooseTitle: "BankID: välj ditt",
  chooseLabel: "BankID",
  choose: "Fortsätt",
  documentTitle: "BankID: läs av din ID-handling",
  documentText: "Ditt pass eller nationella id-kort måste läsas av först.",
  readDocument: "Läs av ID-handlingen",
  signTitle: "BankID: skriv under",
  identifyTitle: "BankID: identifiera dig",
  partner: "Begärt av",
  person: "BankID för",
  until: "Gäller till",
  text: "Det du skriver under",
  sign: "Skriv under",
  identify: "Identifiera",
  cancel: "Avbryt",
  notices: {
    "no-code": "Det här är ingen BankID-kod.",
    unknown: "BankID känner inte till uppdraget, eller så är det avslutat.",
    "wrong-code": "Koden gjordes inte för det här uppdraget.",
    "old-code": "Koden är för gammal. Den byts varje sekund: läs av den som visas på skärmen nu.",
    "early-code": "Koden är från en tid som inte har kommit än.",
    taken: "En app har redan tagit uppdraget.",
    over: "Uppdraget är avslutat.",
    "other-person": "Någon annan ska skriva under.",
    "other-kind": "Den här typen av BankID godtas inte här.",
  },
};

export const appLanguages = ["EN", "SV"] as const;
export type AppLanguage = (typeof appLanguages)[number];

export const appTexts: Readonly<Record<AppLanguage, AppTexts>> = { EN: en, SV: sv };

/** The app speaks two languages, whatever the rest of the phone speaks. */
export const appLanguage = (language: PageLanguage): AppLanguage => (language === "SV" ? "SV" : "EN");
