import { identified } from "./persons.ts";
import type { IdentifiedPerson, PersonDetails } from "./persons.ts";
import type { FourthlineSettings } from "./settings.ts";

/** A pretend client: the customer's own identifier chooses the person and what happens. */
export interface PracticeClient {
  readonly reference: string;
  readonly what: string;
  readonly person: IdentifiedPerson;
  /** What is different from the sandbox's settings. */
  readonly settings: Partial<FourthlineSettings>;
}

function person(givenNames: string, surname: string, number: number, country = "NL"): PersonDetails {
  const documentNumber = `PRACT${String(number).padStart(4, "0")}`;
  return { givenNames, surname, country, documentType: country === "NL" ? "IDC" : "PAS", documentNumber };
}

const married = person("Lotte", "Bakker-Jansen", 6);

/** Whom an identifier stands for that is in no table. */
export const usualPerson: IdentifiedPerson = identified(person("Anna Maria Sofia", "de Vries", 1));

export const practiceClients: readonly PracticeClient[] = [
  {
    reference: "practice",
    what: "Everything goes well, as for every identifier that is not in this table",
    person: usualPerson,
    settings: {},
  },
  {
    reference: "practice-selfie",
    what: "Has to upload a selfie (status code 3105)",
    person: identified(person("Daan", "Visser", 2)),
    settings: { afterNumber: { result: "selfie_required", code: 3105 } },
  },
  {
    reference: "practice-not-eligible",
    what: "Is not eligible from the start (kyc_required, 1021)",
    person: identified(person("Femke", "Smit", 3)),
    settings: { atCreation: { result: "kyc_required", code: 1021 } },
  },
  {
    reference: "practice-not-eligible-late",
    what: "Is found not eligible after the number (kyc_required, 3204)",
    person: identified(person("Bram", "Meijer", 4)),
    settings: { afterNumber: { result: "kyc_required", code: 3204 } },
  },
  {
    reference: "practice-no-case",
    what: "Has no identity check that is finished well (422)",
    person: identified(person("Sanne", "Mulder", 5)),
    settings: { identityCase: "none" },
  },
  {
    reference: "practice-mismatch",
    what: "Pending flow: the check finds another surname (invalid_signature); the next signature is good",
    person: { confirmed: married, extracted: { ...married, surname: "Jansen" } },
    settings: { verification: "mismatch" },
  },
  {
    reference: "practice-infocert",
    what: "InfoCert signs, and there is a contract",
    person: identified(person("José María Gabriel", "Müller-Núñez", 7, "DE")),
    settings: { trustService: "infocert" },
  },
  {
    reference: "practice-error",
    what: "An error after the number that stays",
    person: identified(person("Ruben", "de Boer", 8)),
    settings: { afterNumber: { result: "error", code: 5000, recoversAfterMilliseconds: null } },
  },
  {
    reference: "practice-recovering-error",
    what: "An error after the number; five seconds later it goes on",
    person: identified(person("Tess", "Dijkstra", 9)),
    settings: { afterNumber: { result: "error", code: 5000, recoversAfterMilliseconds: 5000 } },
  },
];

export function clientByReference(reference: string): PracticeClient | null {
  return practiceClients.find((client) => client.reference === reference) ?? null;
}
