import type { DerNode } from "./der-reader.ts";
import { expectTag, readOid, sameBytes, sequenceOf, textOf, toHex } from "./der-values.ts";
import { OID } from "./oids.ts";

export interface NameAttribute {
  readonly oid: string;
  /** `#` and hexadecimal DER when the value is no string (RFC 4514 2.4). */
  readonly value: string;
}

/** A distinguished name (RFC 5280 4.1.2.4). */
export interface Name {
  readonly raw: Uint8Array;
  /** In the order written; each a set of one attribute or, rarely, more. */
  readonly parts: readonly (readonly NameAttribute[])[];
}

export function parseName(node: DerNode): Name {
  const parts = sequenceOf(node, "name").map((part) =>
    expectTag(part, 17, "relative distinguished name").children.map(parseAttribute),
  );
  return { raw: node.raw, parts };
}

function parseAttribute(node: DerNode): NameAttribute {
  const [type, value] = sequenceOf(node, "name attribute");
  if (value === undefined) {
    return { oid: readOid(type, "name attribute type", node), value: "" };
  }
  return { oid: readOid(type, "name attribute type", node), value: textOf(value) ?? `#${toHex(value.raw)}` };
}

/** The first value of an attribute type, searching from the most specific part. */
export function nameValue(name: Name, oid: string): string | undefined {
  return name.parts
    .toReversed()
    .flat()
    .find((attribute) => attribute.oid === oid)?.value;
}

/** Every value of an attribute type. */
export const nameValues = (name: Name, oid: string): readonly string[] =>
  name.parts
    .flat()
    .filter((attribute) => attribute.oid === oid)
    .map(({ value }) => value);

/** What to call this subject: common name, else pseudonym, organisation, or the whole name. */
export function displayName(name: Name): string {
  for (const oid of [OID.commonName, OID.pseudonym, OID.organization, OID.organizationalUnit]) {
    const value = nameValue(name, oid)?.trim();
    if (value !== undefined && value !== "") {
      return value;
    }
  }
  return nameText(name);
}

const SHORT: Readonly<Record<string, string>> = {
  [OID.commonName]: "CN",
  [OID.surname]: "SN",
  [OID.serialNumber]: "serialNumber",
  [OID.country]: "C",
  [OID.locality]: "L",
  [OID.state]: "ST",
  [OID.street]: "STREET",
  [OID.organization]: "O",
  [OID.organizationalUnit]: "OU",
  [OID.title]: "title",
  [OID.givenName]: "GN",
  [OID.pseudonym]: "pseudonym",
  [OID.organizationIdentifier]: "organizationIdentifier",
  [OID.emailAddress]: "emailAddress",
  [OID.domainComponent]: "DC",
  [OID.userId]: "UID",
};

/** RFC 4514: most specific part first. */
export function nameText(name: Name): string {
  return name.parts
    .toReversed()
    .map((part) => part.map(({ oid, value }) => `${SHORT[oid] ?? oid}=${escapeValue(value)}`).join("+"))
    .join(",");
}

function escapeValue(value: string): string {
  return value
    .replaceAll(/[\\,+"<>;]/gu, String.raw`\$&`)
    .replaceAll("\0", String.raw`\00`)
    .replace(/^[# ]/u, (first) => `\\${first}`)
    .replace(/ $/u, String.raw`\ `);
}

/** Equal as RFC 5280 7.1 asks: without regard to case, string type and repeated spaces. */
export function sameName(a: Name, b: Name): boolean {
  return sameBytes(a.raw, b.raw) || comparable(a) === comparable(b);
}

/** The subtree of a name constraint: the whole of `base` stands at the beginning of the name (RFC 5280 4.2.1.10). */
export function beginsWith(name: Name, base: Name): boolean {
  return (
    base.parts.length <= name.parts.length &&
    comparable(base) === comparable({ ...name, parts: name.parts.slice(0, base.parts.length) })
  );
}

function comparable(name: Pick<Name, "parts">): string {
  return JSON.stringify(
    name.parts.map((part) =>
      part
        .map(({ oid, value }) => `${oid}=${value.normalize("NFKC").toLowerCase().trim().replaceAll(/\s+/gu, " ")}`)
        .sort(),
    ),
  );
}
