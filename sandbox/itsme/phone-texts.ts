import type { ItsmeLanguage } from "./language.ts";

/** What itsme's cards on the practice phone say. */
export interface PhoneTexts {
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
}

export const phoneTexts: Readonly<Record<ItsmeLanguage, PhoneTexts>> = {
  EN: {
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
  },
  FR: {
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
  },
  NL: {
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
  },
  DE: {
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
  },
};
