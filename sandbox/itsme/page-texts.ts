import type { ItsmeLanguage } from "./language.ts";

/** What the pretend provider's pages say. */
export interface PageTexts {
  readonly practice: string;
  readonly provider: string;
  readonly identifyTitle: string;
  readonly identifyText: string;
  readonly phoneLabel: string;
  readonly send: string;
  readonly unknownNumber: string;
  readonly numbers: string;
  readonly numberColumn: string;
  readonly nameColumn: string;
  readonly whatColumn: string;
  readonly waitTitle: string;
  readonly waitText: string;
  readonly signTitle: string;
  readonly signText: string;
  readonly documents: (count: number) => string;
  readonly openPhone: string;
  readonly goneTitle: string;
  readonly goneText: string;
  readonly returnTitle: string;
  readonly returnText: string;
  readonly languages: string;
  readonly partner: string;
}

const en: PageTexts = {
  practice: "PRACTICE – not for real use",
  provider: "Practice identity page (itsme simulation)",
  identifyTitle: "Identify yourself",
  identifyText: "Enter your mobile number. You then confirm in the app on your phone.",
  phoneLabel: "Mobile number",
  send: "Send",
  unknownNumber: "Nobody has this number here. Choose one from the list below.",
  numbers: "Practice numbers",
  numberColumn: "Number",
  nameColumn: "Name",
  whatColumn: "What happens",
  waitTitle: "Open the itsme app on your phone",
  waitText: "We have sent a request to your phone. This page goes on by itself when you have answered.",
  signTitle: "Prove it’s you",
  signText: "Check the request on your phone and sign there. This page goes on by itself when you have answered.",
  documents: (count) => (count === 1 ? "1 document" : `${count} documents`),
  openPhone: "Open the practice phone",
  goneTitle: "This page is no longer valid",
  goneText: "Go back to the program and start again.",
  returnTitle: "You can go back to the program",
  returnText: "This window can be closed.",
  languages: "Language",
  partner: "Asked by",
};

const fr: PageTexts = {
  practice: "EXERCICE – sans valeur réelle",
  provider: "Page d’identité d’exercice (simulation itsme)",
  identifyTitle: "Identifiez-vous",
  identifyText: "Entrez votre numéro de mobile. Vous confirmez ensuite dans l’application sur votre téléphone.",
  phoneLabel: "Numéro de mobile",
  send: "Envoyer",
  unknownNumber: "Personne n’a ce numéro ici. Choisissez-en un dans la liste ci-dessous.",
  numbers: "Numéros d’exercice",
  numberColumn: "Numéro",
  nameColumn: "Nom",
  whatColumn: "Ce qui se passe",
  waitTitle: "Ouvrez l’application itsme sur votre téléphone",
  waitText: "Nous avons envoyé une demande à votre téléphone. Cette page continue d’elle-même après votre réponse.",
  signTitle: "Prouvez que c’est vous",
  signText: "Vérifiez la demande sur votre téléphone et signez-y. Cette page continue d’elle-même après votre réponse.",
  documents: (count) => (count === 1 ? "1 document" : `${count} documents`),
  openPhone: "Ouvrir le téléphone d’exercice",
  goneTitle: "Cette page n’est plus valable",
  goneText: "Retournez au programme et recommencez.",
  returnTitle: "Vous pouvez retourner au programme",
  returnText: "Cette fenêtre peut être fermée.",
  languages: "Langue",
  partner: "Demandé par",
};

const nl: PageTexts = {
  practice: "OEFENING – niet voor echt gebruik",
  provider: "Oefenpagina voor identiteit (itsme-simulatie)",
  identifyTitle: "Identificeer jezelf",
  identifyText: "Vul je gsm-nummer in. Daarna bevestig je in de app op je telefoon.",
  phoneLabel: "Gsm-nummer",
  send: "Verzenden",
  unknownNumber: "Niemand heeft hier dit nummer. Kies er een uit de lijst hieronder.",
  numbers: "Oefennummers",
  numberColumn: "Nummer",
  nameColumn: "Naam",
  whatColumn: "Wat er gebeurt",
  waitTitle: "Open de itsme-app op je telefoon",
  waitText: "We hebben een verzoek naar je telefoon gestuurd. Deze pagina gaat vanzelf verder na je antwoord.",
  signTitle: "Bewijs dat jij het bent",
  signText: "Controleer het verzoek op je telefoon en onderteken daar. Deze pagina gaat vanzelf verder na je antwoord.",
  documents: (count) => (count === 1 ? "1 document" : `${count} documenten`),
  openPhone: "Open de oefentelefoon",
  goneTitle: "Deze pagina is niet meer geldig",
  goneText: "Ga terug naar het programma en begin opnieuw.",
  returnTitle: "Je kunt teruggaan naar het programma",
  returnText: "Dit venster mag dicht.",
  languages: "Taal",
  partner: "Gevraagd door",
};

const de: PageTexts = {
  practice: "ÜBUNG – nicht für den Ernstfall",
  provider: "Übungsseite für die Identität (itsme-Nachbildung)",
  identifyTitle: "Weisen Sie sich aus",
  identifyText: "Geben Sie Ihre Mobilnummer ein. Danach bestätigen Sie in der App auf Ihrem Telefon.",
  phoneLabel: "Mobilnummer",
  send: "Senden",
  unknownNumber: "Diese Nummer hat hier niemand. Wählen Sie eine aus der Liste unten.",
  numbers: "Übungsnummern",
  numberColumn: "Nummer",
  nameColumn: "Name",
  whatColumn: "Was geschieht",
  waitTitle: "Öffnen Sie die itsme-App auf Ihrem Telefon",
  waitText: "Wir haben eine Anfrage an Ihr Telefon geschickt. Diese Seite geht nach Ihrer Antwort von selbst weiter.",
  signTitle: "Beweisen Sie, dass Sie es sind",
  signText:
    "Prüfen Sie die Anfrage auf Ihrem Telefon und unterschreiben Sie dort. Diese Seite geht danach von selbst weiter.",
  documents: (count) => (count === 1 ? "1 Dokument" : `${count} Dokumente`),
  openPhone: "Übungstelefon öffnen",
  goneTitle: "Diese Seite gilt nicht mehr",
  goneText: "Gehen Sie zum Programm zurück und beginnen Sie neu.",
  returnTitle: "Sie können zum Programm zurückkehren",
  returnText: "Dieses Fenster kann geschlossen werden.",
  languages: "Sprache",
  partner: "Angefragt von",
};

export const pageTexts: Readonly<Record<ItsmeLanguage, PageTexts>> = { EN: en, FR: fr, NL: nl, DE: de };
