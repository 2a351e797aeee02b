import { RFA_TEXTS } from "./bankid-rfa.ts";

const { en, sv } = RFA_TEXTS;

/** What the person does, or waits for, while an order runs at BankID. Whoever signs a Swedish text is spoken to in Swedish. */
export const bankidMessages = {
  "bankid.scan":
    "Open the BankID app on your phone and scan the code. Read there what you sign, then enter your security code.",
  "bankid.paused-collect":
    "BankID cannot be asked now whether you signed: check the network, or let your administrator check the settings. Its answer can be had for a few minutes only. Ask again now? No ends the run.",
  "bankid.paused-keychain":
    "BankID cannot be asked now whether you signed: what Sealdesk shows it to be let in cannot be opened. Unlock the keychain (Settings, Keychain). BankID's answer can be had for a few minutes only. Ask again now? No ends the run.",
  "bankid.paused-clock":
    "You have signed, and BankID's answer is here, but it bears a time that is still to come on this computer. Set its date and time right, then go on. Try again now? No ends the run.",
  "bankid.paused-judge":
    "You have signed, and BankID's answer is here, but no root certificate of BankID is set up by which it could be checked. Let your administrator add it to the profile and start Sealdesk again, then go on. Try again now? No ends the run.",
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
  "bankid.sv.scan":
    "Öppna BankID-appen i telefonen och skanna QR-koden. Läs där vad du skriver under och ange sedan din säkerhetskod.",
  "bankid.sv.reconnecting":
    "Underskriftstjänsten svarar inte just nu. Sealdesk försöker igen. Du behöver inte göra något.",
  "bankid.sv.RFA1": sv.RFA1,
  "bankid.sv.RFA9": sv.RFA9,
  "bankid.sv.RFA13": sv.RFA13,
  "bankid.sv.RFA15A": sv.RFA15A,
  "bankid.sv.RFA15B": sv.RFA15B,
  "bankid.sv.RFA20": sv.RFA20,
  "bankid.sv.RFA21": sv.RFA21,
  "bankid.sv.RFA23": sv.RFA23,

  "bankid.order.title": "What is signed with BankID",
  "bankid.order.title-help":
    "You sign a text that names each document with its pages and its fingerprint. BankID gets this text, never the documents. You see it word for word before it is sent.",
  "bankid.order.result-sealed":
    "The result is a copy that has BankID's evidence attached and the seal of {{organisation}}. The seal is the organisation's PDF signature, the evidence is yours.",
  "bankid.order.result-package":
    "The result is a package of BankID's evidence, to be kept with the document. It goes into the document where the organisation has set up a seal.",
  "bankid.order.language": "Language of the text",
  "bankid.order.language.sv": "Swedish",
  "bankid.order.language.en": "English",
  "bankid.order.format": "Look of the text in the app",
  "bankid.order.format.plain": "Plain text",
  "bankid.order.format.simpleMarkdownV1": "With headings and emphasis",
  "bankid.order.person": "Personal number of who signs (optional)",
  "bankid.order.person-help": "Twelve digits. Only this person can then sign. Without it, anybody with a BankID can.",
  "bankid.order.person.not-twelve-digits": "This is not twelve digits, as in 19811218-9876.",
  "bankid.order.person.no-date": "It does not begin with a date of birth: year, month, day.",
  "bankid.order.person.check-digit": "The last digit does not fit the others. Look for a mistake in typing.",
  "bankid.order.evidence-page": "Add a page that tells what was signed, and by whom",
  "bankid.order.evidence-page-help":
    "It is for people to read. The proof itself is attached to the document either way.",
  "bankid.review.text": "The text that is signed, word for word",
  "bankid.review.format": "BankID shows the marks (#, *) as headings and emphasis.",
  "bankid.review.hidden": "What is signed with it and not shown in the app",
  "bankid.review.hidden-help":
    "It ties the signature to the files, to the byte. A random number and the time take the places of “…” when it is sent.",
  "bankid.review.person": "Who may sign",
  "bankid.review.person-value": "Only the person with the number {{number}}. It goes to {{recipient}}, too.",
  "bankid.review.person-any": "Anybody with a BankID. Who it was is in the result.",
  "bankid.review.result": "What comes out",
  "bankid.review.result-kind": "Signed with BankID (evidence). It is no PDF signature of the person's own.",
  "bankid.review.result-sealed":
    "It is attached to a copy under the seal of {{organisation}}, or lies in a package beside a document that cannot take it.",
  "bankid.review.result-package": "It lies in a package beside each document, to be kept with it.",
} as const;
