import type { ItsmeLanguage } from "./language.ts";

/** What the pretend phone says. */
export interface PhoneTexts {
  readonly practice: string;
  readonly title: string;
  readonly nothing: string;
  readonly identifyTitle: string;
  readonly identifyText: string;
  readonly signTitle: string;
  readonly person: string;
  readonly partner: string;
  readonly what: string;
  readonly documents: string;
  readonly role: string;
  readonly until: string;
  readonly hashes: string;
  readonly confirm: string;
  readonly sign: string;
  readonly refuse: string;
  readonly languages: string;
}

export const phoneTexts: Readonly<Record<ItsmeLanguage, PhoneTexts>> = {
  EN: {
    practice: "PRACTICE – this page plays the phone",
    title: "Practice phone",
    nothing: "No request is waiting. This page updates by itself.",
    identifyTitle: "Share your identity and create your certificate",
    identifyText: "The partner learns your name and your certificate.",
    signTitle: "Sign with a qualified signature",
    person: "Phone of",
    partner: "Asked by",
    what: "What for",
    documents: "Documents",
    role: "Signing as",
    until: "Valid until",
    hashes: "Digests (SHA-256)",
    confirm: "Approve",
    sign: "Approve and sign",
    refuse: "Refuse",
    languages: "Language",
  },
  FR: {
    practice: "EXERCICE – cette page joue le téléphone",
    title: "Téléphone d’exercice",
    nothing: "Aucune demande en attente. Cette page se met à jour d’elle-même.",
    identifyTitle: "Partager votre identité et créer votre certificat",
    identifyText: "Le partenaire reçoit votre nom et votre certificat.",
    signTitle: "Signer avec une signature qualifiée",
    person: "Téléphone de",
    partner: "Demandé par",
    what: "Objet",
    documents: "Documents",
    role: "Signe en tant que",
    until: "Valable jusqu’à",
    hashes: "Empreintes (SHA-256)",
    confirm: "Approuver",
    sign: "Approuver et signer",
    refuse: "Refuser",
    languages: "Langue",
  },
  NL: {
    practice: "OEFENING – deze pagina speelt de telefoon",
    title: "Oefentelefoon",
    nothing: "Er wacht geen verzoek. Deze pagina ververst vanzelf.",
    identifyTitle: "Deel je identiteit en maak je certificaat aan",
    identifyText: "De partner krijgt je naam en je certificaat.",
    signTitle: "Ondertekenen met een gekwalificeerde handtekening",
    person: "Telefoon van",
    partner: "Gevraagd door",
    what: "Waarvoor",
    documents: "Documenten",
    role: "Ondertekent als",
    until: "Geldig tot",
    hashes: "Hashes (SHA-256)",
    confirm: "Goedkeuren",
    sign: "Goedkeuren en ondertekenen",
    refuse: "Weigeren",
    languages: "Taal",
  },
  DE: {
    practice: "ÜBUNG – diese Seite spielt das Telefon",
    title: "Übungstelefon",
    nothing: "Keine Anfrage wartet. Diese Seite aktualisiert sich von selbst.",
    identifyTitle: "Identität teilen und Zertifikat erstellen",
    identifyText: "Der Partner erfährt Ihren Namen und Ihr Zertifikat.",
    signTitle: "Mit qualifizierter Signatur unterschreiben",
    person: "Telefon von",
    partner: "Angefragt von",
    what: "Wofür",
    documents: "Dokumente",
    role: "Unterschreibt als",
    until: "Gültig bis",
    hashes: "Hashwerte (SHA-256)",
    confirm: "Zustimmen",
    sign: "Zustimmen und unterschreiben",
    refuse: "Ablehnen",
    languages: "Sprache",
  },
};
