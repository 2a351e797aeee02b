/** Kinds of BankID and the policies of test certificates (RP API, `certificatePolicies`). */
export const kindPolicy = { file: "1.2.3.4.5", card: "1.2.3.4.10", mobile: "1.2.3.4.25" } as const;

export type BankIdKind = keyof typeof kindPolicy;
export type BankIdRisk = "low" | "moderate" | "high";

/** A pretend person with one BankID. */
export interface PracticePerson {
  /** Twelve digits with a right check digit: born in the 1890s, with a birth number that is kept for tests. */
  readonly personalNumber: string;
  readonly givenName: string;
  readonly surname: string;
  readonly kind: BankIdKind;
  /** What is special about this person's BankID. */
  readonly what: string;
  readonly risk: BankIdRisk;
  /** "expired": past its end. "revoked": BankID's responder says so. */
  readonly certificate: "good" | "expired" | "revoked";
  /** The code was wrong too often, or the bank has blocked it: it cannot be used. */
  readonly blocked: boolean;
  /** The app cannot read passports and identity cards. */
  readonly readsDocuments: boolean;
}

const usual = { risk: "low", certificate: "good", blocked: false, readsDocuments: true } as const;

const anna: PracticePerson = {
  ...usual,
  personalNumber: "189201149847",
  givenName: "Anna",
  surname: "Andersson",
  kind: "mobile",
  what: "Mobile BankID",
};

/** The first one is whom the app plays when nobody is chosen. */
export const practicePersons: readonly [PracticePerson, ...PracticePerson[]] = [
  anna,
  {
    ...usual,
    personalNumber: "189303279955",
    givenName: "Björn",
    surname: "Öberg",
    kind: "mobile",
    what: "Mobile BankID (second person)",
  },
  {
    ...usual,
    personalNumber: "189405099822",
    givenName: "Åsa",
    surname: "Nordström-Lindqvist",
    kind: "file",
    what: "BankID on file",
  },
  {
    ...usual,
    personalNumber: "189507319912",
    givenName: "Karl",
    surname: "Gustafsson",
    kind: "card",
    what: "BankID on card",
  },
  {
    ...usual,
    personalNumber: "189608129863",
    givenName: "Eva",
    surname: "Lind",
    kind: "mobile",
    what: "BankID is blocked (certificateErr)",
    blocked: true,
  },
  {
    ...usual,
    personalNumber: "189709239975",
    givenName: "Nils",
    surname: "Berg",
    kind: "mobile",
    what: "Certificate has expired, and signs all the same",
    certificate: "expired",
  },
  {
    ...usual,
    personalNumber: "189810049883",
    givenName: "Sara",
    surname: "Ek",
    kind: "mobile",
    what: "Certificate is revoked, and signs all the same",
    certificate: "revoked",
  },
  {
    ...usual,
    personalNumber: "189911159938",
    givenName: "Olof",
    surname: "Sjögren",
    kind: "mobile",
    what: "High risk (transactionRiskBlocked when a limit is asked for)",
    risk: "high",
  },
  {
    ...usual,
    personalNumber: "189112269809",
    givenName: "Ida",
    surname: "Holm",
    kind: "mobile",
    what: "Old app that reads no passports (notSupportedByUserApp when one is asked for)",
    readsDocuments: false,
  },
];

export const defaultPerson: PracticePerson = anna;

/** Null: nobody has this number. */
export function personByNumber(personalNumber: string): PracticePerson | null {
  return practicePersons.find((person) => person.personalNumber === personalNumber) ?? null;
}

export function personName({ givenName, surname }: PracticePerson): string {
  return `${givenName} ${surname}`;
}
