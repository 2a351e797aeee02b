import type { PageLanguage } from "../web/page-language.ts";

/** What the practice phone itself says, whoever uses it. */
export interface PhoneTexts {
  readonly practice: string;
  readonly title: string;
  readonly nothing: string;
  readonly languages: string;
}

export const phoneTexts: Readonly<Record<PageLanguage, PhoneTexts>> = {
  EN: {
    practice: "PRACTICE – this page plays the phone",
    title: "Practice phone",
    nothing: "No request is waiting. This page updates by itself.",
    languages: "Language",
  },
  FR: {
    practice: "EXERCICE – cette page joue le téléphone",
    title: "Téléphone d’exercice",
    nothing: "Aucune demande en attente. Cette page se met à jour d’elle-même.",
    languages: "Langue",
  },
  NL: {
    practice: "OEFENING – deze pagina speelt de telefoon",
    title: "Oefentelefoon",
    nothing: "Er wacht geen verzoek. Deze pagina ververst vanzelf.",
    languages: "Taal",
  },
  DE: {
    practice: "ÜBUNG – diese Seite spielt das Telefon",
    title: "Übungstelefon",
    nothing: "Keine Anfrage wartet. Diese Seite aktualisiert sich von selbst.",
    languages: "Sprache",
  },
  SV: {
    practice: "ÖVNING – den här sidan spelar telefonen",
    title: "Övningstelefon",
    nothing: "Ingen begäran väntar. Sidan uppdateras av sig själv.",
    languages: "Språk",
  },
};
