/** What a certificate says of a person. */
export interface PersonDetails {
  readonly givenNames: string;
  readonly surname: string;
  /** Of the identity document: two capital letters. */
  readonly country: string;
  /** ETSI EN 319 412-1 5.1.3: passport or national identity card. */
  readonly documentType: "PAS" | "IDC";
  readonly documentNumber: string;
}

/** A person whose identity Fourthline has checked, or is checking. */
export interface IdentifiedPerson {
  /** As the finished check says. */
  readonly confirmed: PersonDetails;
  /** As read from chip, machine-readable zone or print before that: the pending flow signs with these. */
  readonly extracted: PersonDetails;
}

export function fullName({ givenNames, surname }: PersonDetails): string {
  return `${givenNames} ${surname}`;
}

/** Whom the flaw "somebody-else" has sign. */
export const somebodyElse: PersonDetails = {
  givenNames: "Somebody",
  surname: "Else",
  country: "NL",
  documentType: "IDC",
  documentNumber: "PRACT9999",
};

/** The same before and after the check; third names may be cut off in a machine-readable zone, and are. */
export function identified(person: PersonDetails): IdentifiedPerson {
  return {
    confirmed: person,
    extracted: { ...person, givenNames: person.givenNames.split(" ").slice(0, 2).join(" ") },
  };
}
