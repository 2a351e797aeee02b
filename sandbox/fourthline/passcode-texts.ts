import type { PageLanguage } from "../web/page-language.ts";

const texts: Readonly<Record<PageLanguage, (passcode: string, documents: number) => string>> = {
  EN: (passcode, documents) =>
    `${passcode} is your practice code to sign ${documents === 1 ? "1 document" : `${documents} documents`}. It counts for one hour.`,
  FR: (passcode, documents) =>
    `${passcode} est votre code d’exercice pour signer ${documents === 1 ? "1 document" : `${documents} documents`}. Il vaut une heure.`,
  NL: (passcode, documents) =>
    `${passcode} is je oefencode om ${documents === 1 ? "1 document" : `${documents} documenten`} te ondertekenen. Hij geldt een uur.`,
  DE: (passcode, documents) =>
    `${passcode} ist Ihr Übungscode zum Unterschreiben von ${documents === 1 ? "1 Dokument" : `${documents} Dokumenten`}. Er gilt eine Stunde.`,
  SV: (passcode, documents) =>
    `${passcode} är din övningskod för att skriva under ${documents === 1 ? "1 dokument" : `${documents} dokument`}. Den gäller i en timme.`,
};

/** The text message with the passcode; the passcode stands in it once. */
export function passcodeText(language: PageLanguage, passcode: string, documents: number): string {
  return texts[language](passcode, documents);
}
