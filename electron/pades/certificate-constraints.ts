import { isArray, isDict, isName, isString } from "../pdf/objects.ts";
import type { PdfDict, PdfObject } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { decodeTextString } from "../pdf/text-string.ts";
import { KEY_USAGES } from "../pki/certificate-extensions.ts";
import { parseCertificate } from "../pki/certificate.ts";
import type { Certificate } from "../pki/certificate.ts";
import { DerProblem } from "../pki/der-reader.ts";
import { sameBytes } from "../pki/der-values.ts";
import { displayName } from "../pki/name.ts";
import { OID } from "../pki/oids.ts";
import { couldIssue, isSignedBy } from "../pki/path.ts";

/** Bits of /Ff in a certificate seed value dictionary (ISO 32000-2 table 238). */
const REQUIRED = {
  Subject: 1 << 0,
  Issuer: 1 << 1,
  OID: 1 << 2,
  SubjectDN: 1 << 3,
  KeyUsage: 1 << 5,
  URL: 1 << 6,
} as const;
const KNOWN_BITS = Object.values(REQUIRED).reduce((all, bit) => all | bit, 0);

/** A condition that is not met: which one, and what it asks for, as far as it can be said. */
export interface Conflict {
  readonly constraint: string;
  readonly wanted: string;
}

/**
 * Holds the signer's certificate against the required constraints of /Cert (ISO 32000-2 table 238). `chain`: DER, the
 * signer's first; "later": nobody knows yet who signs. Null when all are met.
 */
export function certificateConflict(
  file: PdfFile,
  seed: PdfDict,
  chain: readonly Uint8Array[] | "later",
): Conflict | null {
  const flags = file.get(seed, "Ff");
  const required = typeof flags === "number" ? flags : 0;
  if ((required & ~KNOWN_BITS) !== 0) {
    return { constraint: "Cert", wanted: "" };
  }
  if (required === 0 || chain === "later") {
    return null;
  }
  const certificates = chain.flatMap(parsed);
  const [signer] = certificates;
  if (signer === undefined) {
    return { constraint: "Cert", wanted: "" };
  }
  const checks: Readonly<Record<keyof typeof REQUIRED, () => string | null>> = {
    Subject: () => (byteStrings(file, seed, "Subject").some((der) => sameBytes(der, signer.der)) ? null : ""),
    Issuer: () => issuerConflict(byteStrings(file, seed, "Issuer"), certificates),
    OID: () => policyConflict(file, seed, signer),
    SubjectDN: () => subjectConflict(file, seed, signer),
    KeyUsage: () => keyUsageConflict(file, seed, signer),
    // A page to get a certificate at (Browser) asks nothing of one that is there; a service (ASSP) must do the signing.
    URL: () => (isName(file.get(seed, "URLType"), "ASSP") ? textOf(file.get(seed, "URL")) : null),
  };
  for (const name of Object.keys(REQUIRED) as (keyof typeof REQUIRED)[]) {
    const wanted = (required & REQUIRED[name]) === 0 ? null : checks[name]();
    if (wanted !== null) {
      return { constraint: `Cert.${name}`, wanted };
    }
  }
  return null;
}

/** What of a certificate nobody can read asks for nothing and is nobody's issuer. */
function parsed(der: Uint8Array): readonly Certificate[] {
  try {
    return [parseCertificate(der)];
  } catch (error) {
    if (error instanceof DerProblem) {
      return [];
    }
    throw error;
  }
}

/** The signer's certificate must chain up to one of these, directly or through others that came with it. */
function issuerConflict(wanted: readonly Uint8Array[], chain: readonly Certificate[]): string | null {
  const issuers = wanted.flatMap(parsed);
  const links = linkedFrom(chain);
  const isAbove = (issuer: Certificate): boolean =>
    links.some(
      (link, index) =>
        (index > 0 && sameBytes(link.der, issuer.der)) || (couldIssue(issuer, link) && isSignedBy(link, issuer)),
    );
  return issuers.some(isAbove) ? null : issuers.map(({ subject }) => displayName(subject)).join(", ");
}

/** SECURITY: only certificates that really signed each other; a provider may send others, too. */
function linkedFrom([signer, ...others]: readonly Certificate[]): readonly Certificate[] {
  const linked: Certificate[] = signer === undefined ? [] : [signer];
  const rest = new Set(others);
  for (let last = linked.at(-1); last !== undefined;) {
    const child: Certificate = last;
    last = [...rest].find((candidate) => couldIssue(candidate, child) && isSignedBy(child, candidate));
    if (last !== undefined) {
      rest.delete(last);
      linked.push(last);
    }
  }
  return linked;
}

/** "This field shall only be used if the value of Issuer is not empty." Certificate policies, any one of them. */
function policyConflict(file: PdfFile, seed: PdfDict, signer: Certificate): string | null {
  const wanted = byteStrings(file, seed, "OID").map((bytes) => new TextDecoder("latin1").decode(bytes).trim());
  const used = byteStrings(file, seed, "Issuer").length > 0;
  return !used || wanted.some((oid) => signer.policies.includes(oid)) ? null : wanted.join(", ");
}

/** At least all the attributes of one of the dictionaries. */
function subjectConflict(file: PdfFile, seed: PdfDict, signer: Certificate): string | null {
  const names = list(file, seed, "SubjectDN").filter(isDict);
  const attributes = signer.subject.parts.flat();
  const has = (key: string, value: string): boolean =>
    attributes.some(({ oid, value: own }) => oid === (ATTRIBUTES[key.toUpperCase()] ?? key) && sameText(own, value));
  const entries = names.map((name) =>
    [...name.entries].map(([key, value]) => [key, textOf(file.resolve(value))] as const),
  );
  return entries.some((all) => all.every(([key, value]) => has(key, value)))
    ? null
    : entries.map((all) => all.map(([key, value]) => `${key}=${value}`).join(", ")).join("; ");
}

/** RFC 5280 7.1: without regard to case and repeated spaces. */
const sameText = (a: string, b: string): boolean => comparable(a) === comparable(b);
const comparable = (text: string): string => text.normalize("NFKC").toLowerCase().trim().replaceAll(/\s+/gu, " ");

/** Names of RFC 4519 and what producers write besides; other keys are dotted identifiers. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: OID.commonName,
  SN: OID.surname,
  SERIALNUMBER: OID.serialNumber,
  C: OID.country,
  L: OID.locality,
  ST: OID.state,
  STREET: OID.street,
  O: OID.organization,
  OU: OID.organizationalUnit,
  TITLE: OID.title,
  GN: OID.givenName,
  GIVENNAME: OID.givenName,
  DC: OID.domainComponent,
  UID: OID.userId,
  E: OID.emailAddress,
  EMAIL: OID.emailAddress,
  EMAILADDRESS: OID.emailAddress,
};

/** A character a bit: 1 must be set, 0 must not, everything else and what is missing does not matter. */
function keyUsageConflict(file: PdfFile, seed: PdfDict, signer: Certificate): string | null {
  const patterns = byteStrings(file, seed, "KeyUsage").map((bytes) => new TextDecoder("latin1").decode(bytes));
  const fits = (pattern: string): boolean =>
    KEY_USAGES.every((usage, index) => {
      // A certificate without the extension allows every use (RFC 5280 4.2.1.3).
      const set = signer.keyUsage === undefined ? null : signer.keyUsage.has(usage);
      const bit = pattern[index];
      return bit === "1" ? set !== false : bit !== "0" || set !== true;
    });
  return patterns.some(fits) ? null : patterns.map(describeUsage).join("; ");
}

function describeUsage(pattern: string): string {
  const named = (bit: string): string => KEY_USAGES.filter((_, index) => pattern[index] === bit).join(", ");
  const [must, mustNot] = [named("1"), named("0")];
  return [must, mustNot === "" ? "" : `not ${mustNot}`].filter((part) => part !== "").join(", ");
}

const list = (file: PdfFile, dictionary: PdfDict, key: string): readonly PdfObject[] => {
  const value = file.get(dictionary, key);
  return (isArray(value) ? value : [value]).map((entry) => file.resolve(entry));
};

const byteStrings = (file: PdfFile, dictionary: PdfDict, key: string): readonly Uint8Array[] =>
  list(file, dictionary, key)
    .filter(isString)
    .map(({ bytes }) => bytes);

const textOf = (object: PdfObject): string => (isString(object) ? decodeTextString(object.bytes) : "");
