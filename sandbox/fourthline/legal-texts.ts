import type { PageLanguage } from "../web/page-language.ts";
import type { FourthlineSettings } from "./settings.ts";

export const conditionIds = ["general-terms", "certificate-request", "privacy"] as const;
export type ConditionId = (typeof conditionIds)[number];

/** One of the conditions that the person accepts before the trust service issues a certificate. */
export interface LegalCondition {
  readonly title: string;
  readonly text: string;
}

export interface LegalTexts {
  readonly practice: string;
  readonly languages: string;
  readonly conditions: Readonly<Record<ConditionId, LegalCondition>>;
}

export const serviceNames: Readonly<Record<FourthlineSettings["trustService"], string>> = {
  namirial: "Namirial",
  infocert: "InfoCert",
};

const service = "[SERVICE]";

const texts: Readonly<Record<PageLanguage, LegalTexts>> = {
  EN: {
    practice: "PRACTICE – not for real use",
    languages: "Language",
    conditions: {
      "general-terms": {
        title: `General terms of ${service} (practice)`,
        text: `This text stands in for the general terms of the trust service ${service}. Nothing that is signed here is legally binding.`,
      },
      "certificate-request": {
        title: `Request for a one-time certificate of ${service} (practice)`,
        text: "You ask for a certificate with your name and the number of your identity document. It is used for these documents only and counts for one hour.",
      },
      privacy: {
        title: `Privacy notice of ${service} (practice)`,
        text: "The practice signature is made on this computer. Your data do not leave it.",
      },
    },
  },
  FR: {
    practice: "EXERCICE – ne sert pas pour de vrai",
    languages: "Langue",
    conditions: {
      "general-terms": {
        title: `Conditions générales de ${service} (exercice)`,
        text: `Ce texte remplace les conditions générales du prestataire de confiance ${service}. Rien de ce qui est signé ici n’engage juridiquement.`,
      },
      "certificate-request": {
        title: `Demande d’un certificat à usage unique de ${service} (exercice)`,
        text: "Vous demandez un certificat avec votre nom et le numéro de votre pièce d’identité. Il ne sert que pour ces documents et vaut une heure.",
      },
      privacy: {
        title: `Protection des données de ${service} (exercice)`,
        text: "La signature d’exercice est faite sur cet ordinateur. Vos données ne le quittent pas.",
      },
    },
  },
  NL: {
    practice: "OEFENING – niet voor echt gebruik",
    languages: "Taal",
    conditions: {
      "general-terms": {
        title: `Algemene voorwaarden van ${service} (oefening)`,
        text: `Deze tekst staat voor de algemene voorwaarden van de vertrouwensdienst ${service}. Niets wat hier ondertekend wordt is juridisch bindend.`,
      },
      "certificate-request": {
        title: `Aanvraag van een eenmalig certificaat van ${service} (oefening)`,
        text: "Je vraagt een certificaat met je naam en het nummer van je identiteitsbewijs. Het dient alleen voor deze documenten en geldt een uur.",
      },
      privacy: {
        title: `Privacyverklaring van ${service} (oefening)`,
        text: "De oefenhandtekening wordt op deze computer gezet. Je gegevens verlaten hem niet.",
      },
    },
  },
  DE: {
    practice: "ÜBUNG – nicht für den Ernstfall",
    languages: "Sprache",
    conditions: {
      "general-terms": {
        title: `Allgemeine Bedingungen von ${service} (Übung)`,
        text: `Dieser Text steht für die allgemeinen Bedingungen des Vertrauensdienstes ${service}. Nichts, was hier unterschrieben wird, ist rechtlich bindend.`,
      },
      "certificate-request": {
        title: `Antrag auf ein einmaliges Zertifikat von ${service} (Übung)`,
        text: "Sie beantragen ein Zertifikat mit Ihrem Namen und der Nummer Ihres Ausweises. Es dient nur für diese Dokumente und gilt eine Stunde.",
      },
      privacy: {
        title: `Datenschutzhinweise von ${service} (Übung)`,
        text: "Die Übungsunterschrift entsteht auf diesem Computer. Ihre Daten verlassen ihn nicht.",
      },
    },
  },
  SV: {
    practice: "ÖVNING – inte på riktigt",
    languages: "Språk",
    conditions: {
      "general-terms": {
        title: `Allmänna villkor för ${service} (övning)`,
        text: `Den här texten står för de allmänna villkoren för den betrodda tjänsten ${service}. Inget som skrivs under här är juridiskt bindande.`,
      },
      "certificate-request": {
        title: `Begäran om ett engångscertifikat från ${service} (övning)`,
        text: "Du begär ett certifikat med ditt namn och numret på din id-handling. Det används bara för de här dokumenten och gäller i en timme.",
      },
      privacy: {
        title: `Integritetsmeddelande från ${service} (övning)`,
        text: "Övningsunderskriften görs på den här datorn. Dina uppgifter lämnar den inte.",
      },
    },
  },
};

export function legalTexts(language: PageLanguage): Pick<LegalTexts, "practice" | "languages"> {
  return texts[language];
}

export function legalCondition(
  id: ConditionId,
  language: PageLanguage,
  trustService: FourthlineSettings["trustService"],
): LegalCondition {
  const { title, text } = texts[language].conditions[id];
  const filled = (words: string): string => words.replaceAll(service, serviceNames[trustService]);
  return { title: filled(title), text: filled(text) };
}
