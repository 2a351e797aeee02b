/** What `personName` needs of a certificate's subject. */
export interface SubjectName {
  readonly commonName: string | null;
  /** The subject's serialNumber attribute (2.5.4.5): in person certificates often the national number. */
  readonly serialNumber: string | null;
}

/** ETSI EN 319 412-1 5.1.3: "PNOBE-12345678901", "IDCEE-…". */
const SEMANTICS_PREFIX = /^[A-Z]{3}[A-Z]{2}-/u;
/** Six or more digits in a row, also when grouped ("89.11.24-335.18"): no name has that, a national number does. */
const LONG_NUMBER = /(?:\p{Nd}[\s.\-/]?){5,}\p{Nd}/gu;

/**
 * The name that may stand in a mark or in /Name: the common name without any national number. Some issuers put the
 * number into the common name itself ("SMITH,JOHN,38001085718").
 *
 * SECURITY: national numbers are personal data that must not be printed into a document.
 */
export function personName(subject: SubjectName): string {
  let text = subject.commonName ?? "";
  const serial = subject.serialNumber?.trim() ?? "";
  for (const number of [serial, serial.replace(SEMANTICS_PREFIX, "")]) {
    if (number.length >= 4) {
      text = text.split(number).join("");
    }
  }
  return text
    .replace(LONG_NUMBER, "")
    .replace(/\(\s*\)/gu, "")
    .replace(/\s+/gu, " ")
    .replace(/^[\s,;:\-–/]+|[\s,;:\-–/]+$/gu, "");
}
