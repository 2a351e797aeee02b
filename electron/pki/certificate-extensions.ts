import { type DerNode, DerProblem, readDer, TAG } from "./der-reader.ts";
import {
  bitStringOf,
  expectTag,
  hasBit,
  readBitString,
  readBoolean,
  readOctetString,
  readOid,
  readSmallInteger,
  sequenceOf,
  toHex,
} from "./der-values.ts";
import { OID } from "./oids.ts";

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER inside the OCTET STRING. */
  readonly value: Uint8Array;
}

export type ExtensionMap = ReadonlyMap<string, Extension>;

/** Extensions ::= SEQUENCE OF Extension (RFC 5280 4.2). A repeated extension is malformed. */
export function parseExtensions(node: DerNode): ExtensionMap {
  const map = new Map<string, Extension>();
  for (const entry of sequenceOf(node, "extensions")) {
    const fields = sequenceOf(entry, "extension");
    const [, second] = fields;
    const critical = second?.isUniversal(TAG.boolean) === true && readBoolean(second);
    const oid = readOid(fields[0], "extension identifier", entry);
    if (map.has(oid)) {
      throw new DerProblem(`extension ${oid} appears twice`, entry.start);
    }
    map.set(oid, { oid, critical, value: readOctetString(fields.at(-1), "extension value", entry) });
  }
  return map;
}

export type KeyUsage =
  | "digitalSignature"
  | "nonRepudiation"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign"
  | "encipherOnly"
  | "decipherOnly";

/** In the order of the bits (RFC 5280 4.2.1.3). */
export const KEY_USAGES: readonly KeyUsage[] = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

/** EN 319 412-5 statements. */
export interface QcStatements {
  readonly compliance: boolean;
  readonly sscd: boolean;
  /** Object identifiers below 0.4.0.1862.1.6; empty when the statement is absent. */
  readonly types: readonly string[];
  /** Two-letter codes; empty means EU. */
  readonly legislation: readonly string[];
  readonly identifiers: readonly string[];
}

const inner = (map: ExtensionMap, oid: string): DerNode | undefined => {
  const extension = map.get(oid);
  return extension === undefined ? undefined : readDer(extension.value, { allowBer: true });
};

export function keyUsageOf(map: ExtensionMap): ReadonlySet<KeyUsage> | undefined {
  const node = inner(map, OID.keyUsage);
  if (node === undefined) {
    return undefined;
  }
  const bits = readBitString(node, "key usage");
  return new Set(KEY_USAGES.filter((_, index) => hasBit(bits, index)));
}

export function extendedKeyUsageOf(map: ExtensionMap): readonly string[] | undefined {
  const node = inner(map, OID.extendedKeyUsage);
  return node === undefined ? undefined : sequenceOf(node, "extended key usage").map((item) => readOid(item));
}

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
}

export function basicConstraintsOf(map: ExtensionMap): BasicConstraints | undefined {
  const node = inner(map, OID.basicConstraints);
  if (node === undefined) {
    return undefined;
  }
  const fields = sequenceOf(node, "basic constraints");
  const length = fields.find((field) => field.isUniversal(TAG.integer));
  return {
    ca: fields[0]?.isUniversal(TAG.boolean) === true && readBoolean(fields[0]),
    pathLength: length === undefined ? undefined : readSmallInteger(length, "path length"),
  };
}

export function subjectKeyIdentifierOf(map: ExtensionMap): Uint8Array | undefined {
  const node = inner(map, OID.subjectKeyIdentifier);
  return node === undefined ? undefined : readOctetString(node, "subject key identifier");
}

export function authorityKeyIdentifierOf(map: ExtensionMap): Uint8Array | undefined {
  const node = inner(map, OID.authorityKeyIdentifier);
  return sequenceOfOptional(node).find((field) => field.isContext(0))?.content;
}

export interface AccessUrls {
  readonly ocsp: readonly string[];
  readonly caIssuers: readonly string[];
  /** Schemes of addresses that are not fetched: "ldap". */
  readonly otherSchemes: readonly string[];
}

const ASCII = new TextDecoder("latin1");

/** Authority information access (RFC 5280 4.2.2.1); only http and https addresses. */
export function accessUrlsOf(map: ExtensionMap): AccessUrls {
  const ocsp: string[] = [];
  const caIssuers: string[] = [];
  const otherSchemes = new Set<string>();
  for (const entry of sequenceOfOptional(inner(map, OID.authorityInfoAccess))) {
    const [method, location] = sequenceOf(entry, "access description");
    const url = location === undefined ? undefined : urlOf(location);
    const kind = readOid(method);
    if (url !== undefined && kind === OID.accessOcsp) {
      ocsp.push(url);
    } else if (url !== undefined && kind === OID.accessCaIssuers) {
      caIssuers.push(url);
    } else if (url === undefined && location?.isContext(6) === true) {
      otherSchemes.add(schemeOf(location));
    }
  }
  return { ocsp, caIssuers, otherSchemes: [...otherSchemes] };
}

const schemeOf = (node: DerNode): string =>
  /^[a-z][a-z\d+.-]{0,15}(?=:)/iu.exec(ASCII.decode(node.content))?.[0] ?? "?";

/**
 * GeneralName [6] uniformResourceIdentifier. SECURITY: a certificate may be a stranger's; file:, ldap: and whatever else
 * it names is never opened.
 */
function urlOf(node: DerNode): string | undefined {
  const text = node.isContext(6) ? ASCII.decode(node.content) : "";
  return /^https?:\/\//iu.test(text) ? text : undefined;
}

export function crlUrlsOf(map: ExtensionMap): readonly string[] {
  const urls: string[] = [];
  for (const point of sequenceOfOptional(inner(map, OID.crlDistributionPoints))) {
    const fullName = point.children.find((field) => field.isContext(0))?.children.find((field) => field.isContext(0));
    for (const generalName of fullName?.children ?? []) {
      const url = urlOf(generalName);
      if (url !== undefined) {
        urls.push(url);
      }
    }
  }
  return urls;
}

/** Every name, whatever its kind, under which lists about the certificate are published (RFC 5280 4.2.1.13); hexadecimal. */
export function crlPointNamesOf(map: ExtensionMap): ReadonlySet<string> {
  const points = sequenceOfOptional(inner(map, OID.crlDistributionPoints));
  return new Set(points.flatMap((point) => pointNames(point.children.find((field) => field.isContext(0)))));
}

/** DistributionPointName: the general names of [0] fullName, or the one of [1] nameRelativeToCRLIssuer. */
function pointNames(node: DerNode | undefined): readonly string[] {
  const [name] = node?.children ?? [];
  return name === undefined ? [] : name.isContext(0) ? name.children.map(({ raw }) => toHex(raw)) : [toHex(name.raw)];
}

export function policiesOf(map: ExtensionMap): readonly string[] {
  return sequenceOfOptional(inner(map, OID.certificatePolicies)).map((entry) => readOid(entry.children[0]));
}

export function qcStatementsOf(map: ExtensionMap): QcStatements | undefined {
  const node = inner(map, OID.qcStatements);
  if (node === undefined) {
    return undefined;
  }
  const statements = new Map<string, DerNode | undefined>();
  for (const entry of sequenceOf(node, "qcStatements")) {
    const [identifier, info] = sequenceOf(entry, "qcStatement");
    statements.set(readOid(identifier), info);
  }
  return {
    compliance: statements.has(OID.qcCompliance),
    sscd: statements.has(OID.qcSscd),
    types: sequenceOfOptional(statements.get(OID.qcType)).map((item) => readOid(item)),
    legislation: sequenceOfOptional(statements.get(OID.qcCclegislation)).map((item) => ASCII.decode(item.content)),
    identifiers: [...statements.keys()],
  };
}

function sequenceOfOptional(node: DerNode | undefined): readonly DerNode[] {
  return node === undefined ? [] : sequenceOf(node, "list");
}

/** The parts of issuing distribution point that decide whether a CRL is complete (RFC 5280 5.2.5). */
export interface IssuingDistributionPoint {
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlySomeReasons: boolean;
  readonly indirect: boolean;
  readonly onlyAttributeCertificates: boolean;
  /** Of the one point that the list is for, as `crlPointNamesOf`; empty: of all. */
  readonly pointNames: readonly string[];
}

export function issuingDistributionPointOf(map: ExtensionMap): IssuingDistributionPoint | undefined {
  const node = inner(map, OID.issuingDistributionPoint);
  if (node === undefined) {
    return undefined;
  }
  const fields = expectTag(node, TAG.sequence, "issuing distribution point").children;
  const flag = (tag: number): boolean => (fields.find((field) => field.isContext(tag))?.content[0] ?? 0) !== 0;
  const reasons = fields.find((field) => field.isContext(3));
  return {
    onlyUserCertificates: flag(1),
    onlyCaCertificates: flag(2),
    onlySomeReasons: reasons !== undefined && bitStringOf(reasons).bytes.length > 0,
    indirect: flag(4),
    onlyAttributeCertificates: flag(5),
    pointNames: pointNames(fields.find((field) => field.isContext(0))),
  };
}
