import { createHash, randomBytes } from "node:crypto";

import type { BankIdEvidence } from "../../../../electron/evidence/bankid/verify-bankid-evidence.ts";
import { generateRsaKeyPair, type PrivateKey } from "../../../../electron/pki/algorithms.ts";
import { type Certificate, parseCertificate } from "../../../../electron/pki/certificate.ts";
import * as der from "../../../../electron/pki/der-writer.ts";
import { OID } from "../../../../electron/pki/oids.ts";
import { encodeScheme, type SignatureScheme } from "../../../../electron/pki/signature-scheme.ts";
import * as ext from "../../../../sandbox/pki/extensions.ts";
import {
  distinguishedName,
  issueCertificate,
  type Issuer,
  keyIdentifier,
  type NamePart,
  practiceScheme,
} from "../../../../sandbox/pki/issue-certificate.ts";

/**
 * Answers as BankID gives them (sheet section 5), by people of our own, so that any single thing can be wrong in an answer
 * that is signed all the same. The XML is written as text in its canonical form: our canonicaliser has no part in it.
 */

const DAY = 24 * 3600_000;
export const SIGNED_AT = new Date("2026-11-20T12:00:00Z");
export const POLICY = "1.2.3.4.5";

export interface Holder extends Issuer {
  readonly certificate: Certificate;
}

interface HolderOrder {
  readonly name: readonly NamePart[];
  readonly issuer: Holder | null;
  readonly extensions: readonly Uint8Array[];
  readonly from?: Date;
  readonly until?: Date;
  readonly key?: PrivateKey;
  readonly bits?: number;
}

export async function makeHolder(order: HolderOrder): Promise<Holder> {
  const key = order.key ?? (await generateRsaKeyPair(order.bits ?? 2048));
  const name = distinguishedName(order.name);
  const serial = randomBytes(8);
  serial[0] = 0x41;
  const certificate = issueCertificate({
    subject: name,
    spki: key.spki,
    issuer: order.issuer ?? { name, key },
    serial,
    notBefore: order.from ?? new Date(SIGNED_AT.getTime() - 30 * DAY),
    notAfter: order.until ?? new Date(SIGNED_AT.getTime() + 30 * DAY),
    extensions: order.extensions,
  });
  return { name, key, certificate: parseCertificate(certificate) };
}

const policies = (oid: string): Uint8Array =>
  der.sequence(der.oid(OID.certificatePolicies), der.octetString(der.sequence(der.sequence(der.oid(oid)))));

export const personExtensions = (policy = POLICY): readonly Uint8Array[] => [
  ext.keyUsage("nonRepudiation"),
  policies(policy),
];

export const PERSON: readonly NamePart[] = [
  ["country", "SE"],
  ["surname", "Andersson"],
  ["givenName", "Anna"],
  ["serialNumber", "198001012384"],
  ["commonName", "Anna Andersson"],
];

export async function makeBankIdPeople() {
  const authority = [ext.authority(null), ext.keyUsage("keyCertSign", "crlSign"), policies(POLICY)];
  const root = await makeHolder({ name: [["commonName", "Made Root"]], issuer: null, extensions: authority });
  const bank = await makeHolder({ name: [["commonName", "Made Bank CA"]], issuer: root, extensions: authority });
  const customer = await makeHolder({
    name: [["commonName", "Made Customer CA"]],
    issuer: bank,
    extensions: authority,
  });
  const person = await makeHolder({ name: PERSON, issuer: customer, extensions: personExtensions() });
  const responderExtensions = [ext.extendedKeyUsage([OID.ocspSigning]), ext.ocspNoCheck()];
  const responder = await makeHolder({
    name: [["commonName", "Made OCSP Signing"]],
    issuer: customer,
    extensions: responderExtensions,
  });
  return { root, bank, customer, person, responder, responderExtensions };
}
export type BankIdPeople = Awaited<ReturnType<typeof makeBankIdPeople>>;

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64");
const digestOf = (text: string): string => createHash("sha256").update(text).digest("base64");

const DSIG = "http://www.w3.org/2000/09/xmldsig#";
const TYPES = "http://www.bankid.com/signature/v1.0.0/types";
const C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

export interface DocumentOrder {
  readonly visible?: string;
  readonly hidden?: string | null;
  readonly function?: string;
  /** Attributes of usrVisibleData. */
  readonly visibleAttributes?: string;
  /** Rewrites the signed data, SignedInfo, or the whole, before it is digested, signed, sent. */
  readonly onSignedData?: (text: string) => string;
  readonly onKeyInfo?: (text: string) => string;
  readonly onSignedInfo?: (text: string) => string;
  readonly onDocument?: (text: string) => string;
}

/** The XML signature by this holder. */
export function makeDocument(people: BankIdPeople, signer: Holder, order: DocumentOrder = {}): string {
  const same = (text: string): string => text;
  const hidden = order.hidden === undefined ? "hidden" : order.hidden;
  const signedData = (order.onSignedData ?? same)(
    `<bankIdSignedData xmlns="${TYPES}" Id="bidSignedData"><usrVisibleData ${
      order.visibleAttributes ?? 'charset="UTF-8" visible="wysiwys"'
    }>${base64(order.visible ?? "visible")}</usrVisibleData>${
      hidden === null ? "" : `<usrNonVisibleData>${base64(hidden)}</usrNonVisibleData>`
    }<srvInfo><name>${base64("cn=Made")}</name><nonce>${base64(randomBytes(20))}</nonce><displayName>${base64(
      "Made",
    )}</displayName></srvInfo><clientInfo><funcId>${order.function ?? "Signing"}</funcId><version>${base64(
      "Personal=7.1&platform=made",
    )}</version></clientInfo></bankIdSignedData>`,
  );
  const chain = [signer, people.customer, people.bank];
  const keyInfo = (order.onKeyInfo ?? same)(
    `<KeyInfo xmlns="${DSIG}" Id="bidKeyInfo"><X509Data>${chain
      .map(({ certificate }) => `<X509Certificate>${base64(certificate.der)}</X509Certificate>`)
      .join("")}</X509Data></KeyInfo>`,
  );
  const reference = (uri: string, type: string, content: string): string =>
    `<Reference ${type}URI="#${uri}"><Transforms><Transform Algorithm="${C14N}"></Transform></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></DigestMethod><DigestValue>${digestOf(content)}</DigestValue></Reference>`;
  const signedInfo = (order.onSignedInfo ?? same)(
    `<SignedInfo xmlns="${DSIG}"><CanonicalizationMethod Algorithm="${C14N}"></CanonicalizationMethod><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></SignatureMethod>${reference("bidSignedData", `Type="${TYPES}" `, signedData)}${reference("bidKeyInfo", "", keyInfo)}</SignedInfo>`,
  );
  const value = base64(signer.key.sign({ kind: "rsa-pkcs1", digest: "SHA-256" }, new TextEncoder().encode(signedInfo)));
  return (order.onDocument ?? same)(
    `<?xml version="1.0" encoding="UTF-8" standalone="no"?><Signature xmlns="${DSIG}">${signedInfo}<SignatureValue>${value}</SignatureValue>${keyInfo}<Object>${signedData}</Object></Signature>`,
  );
}

export interface ResponseOrder {
  readonly responder?: Holder;
  readonly about?: Certificate;
  /** DER of CertStatus. */
  readonly status?: Uint8Array;
  readonly producedAt?: Date;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
  readonly nonce?: Uint8Array | null;
  /** Rewrites the nonce that fits. */
  readonly onNonce?: (nonce: Uint8Array) => Uint8Array;
  /** How it is signed; SHA-256 when absent. */
  readonly scheme?: SignatureScheme;
  /** More answers beside this one. */
  readonly also?: readonly Uint8Array[];
}

export const GOOD = der.implicit(0, new Uint8Array());
export const REVOKED = der.implicit(1, der.generalizedTime(new Date(SIGNED_AT.getTime() - DAY)), true);
export const UNKNOWN = der.implicit(2, new Uint8Array());

export function singleResponse(issuer: Holder, about: Certificate, status: Uint8Array, times: readonly [Date, Date?]) {
  const sha1 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha1").update(bytes).digest());
  const id = der.sequence(
    der.sequence(der.oid(OID.sha1), der.nullValue()),
    der.octetString(sha1(issuer.name)),
    der.octetString(keyIdentifier(issuer.key.spki)),
    der.integer(about.serialNumber),
  );
  const [thisUpdate, nextUpdate] = times;
  return der.sequence(
    id,
    status,
    der.generalizedTime(thisUpdate),
    ...(nextUpdate === undefined ? [] : [der.explicit(0, der.generalizedTime(nextUpdate))]),
  );
}

/** The OCSP response about a signature; the nonce is put raw into the extension, as BankID does it. */
export function makeResponse(
  people: BankIdPeople,
  signer: Holder,
  signature: string,
  order: ResponseOrder = {},
): string {
  const responder = order.responder ?? people.responder;
  const producedAt = order.producedAt ?? SIGNED_AT;
  const bound = Buffer.concat([createHash("sha1").update(signature, "latin1").digest(), randomBytes(12)]);
  const fitting = new Uint8Array(bound);
  const nonce = order.nonce === undefined ? (order.onNonce?.(fitting) ?? fitting) : order.nonce;
  const single = singleResponse(people.customer, order.about ?? signer.certificate, order.status ?? GOOD, [
    order.thisUpdate ?? producedAt,
    ...(order.nextUpdate === undefined ? [] : [order.nextUpdate]),
  ] as [Date, Date?]);
  const nonceExtension = (octets: Uint8Array): Uint8Array =>
    der.explicit(1, der.sequence(der.sequence(der.oid(OID.ocspNonce), der.boolean(true), der.octetString(octets))));
  const body = der.sequence(
    der.explicit(1, responder.name),
    der.generalizedTime(producedAt),
    der.sequence(single, ...(order.also ?? [])),
    ...(nonce === null ? [] : [nonceExtension(nonce)]),
  );
  const scheme = order.scheme ?? practiceScheme;
  const basic = der.sequence(
    body,
    encodeScheme(scheme),
    der.bitString(responder.key.sign(scheme, body)),
    der.explicit(0, der.sequence(responder.certificate.der)),
  );
  return base64(
    der.sequence(der.enumerated(0), der.explicit(0, der.sequence(der.oid(OID.ocspBasic), der.octetString(basic)))),
  );
}

/** Signature and response that belong together. */
export function makeEvidence(
  people: BankIdPeople,
  change: { readonly signer?: Holder; readonly document?: DocumentOrder; readonly response?: ResponseOrder } = {},
): BankIdEvidence {
  const signer = change.signer ?? people.person;
  const signature = base64(makeDocument(people, signer, change.document));
  return { signature, ocspResponse: makeResponse(people, signer, signature, change.response) };
}
