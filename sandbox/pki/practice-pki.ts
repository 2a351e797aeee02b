import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import { concatBytes } from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { encodePem } from "../../electron/pki/pem.ts";
import * as ext from "./extensions.ts";
import { distinguishedName, issueCertificate } from "./issue-certificate.ts";
import type { Issuer } from "./issue-certificate.ts";
import type { PkiStore, StoredIdentity } from "./pki-store.ts";
import type { BadCertificates } from "../web/handshakes.ts";

/** A certificate authority of the practice PKI. */
export interface PracticeAuthority extends Issuer, StoredIdentity {
  /** Marks its serial numbers; not its name. */
  readonly label: string;
}

/** Who stamps, answers and issues, with the addresses of this run in their certificates. */
export interface PracticeServices {
  /** `http://127.0.0.1:PORT` of the services. */
  readonly base: string;
  readonly root: PracticeAuthority;
  readonly issuing: PracticeAuthority;
  readonly timestamps: StoredIdentity;
  readonly responder: StoredIdentity;
}

/** Keys and certificates of the connections, judged by real time: the other end has no sandbox clock. */
export interface PracticeTls {
  readonly authorityPem: string;
  readonly serverPem: string;
  readonly serverKeyPem: string;
  /** Certificates of the server's key that a client has to refuse. */
  readonly badPem: BadCertificates;
  readonly clientAuthorityPem: string;
  readonly clientPem: string;
  readonly clientKeyPem: string;
}

const day = 24 * 3600 * 1000;
// Fixed, so that the root stays the same whatever time a test's clock shows.
export const authorityValidity = {
  notBefore: new Date("2020-01-01T00:00:00Z"),
  notAfter: new Date("2049-12-31T00:00:00Z"),
};

const organization = ["organization", "Sealdesk Practice"] as const;

/** The self-signed authority of this name: "root" for the practice root. */
export function selfSignedAuthority(
  store: PkiStore,
  label: string,
  commonName: string,
  extensions: readonly Uint8Array[] = [],
): Promise<PracticeAuthority> {
  const name = distinguishedName([organization, ["commonName", commonName]]);
  const issue = (key: PrivateKey): Uint8Array =>
    issueCertificate({
      subject: name,
      spki: key.spki,
      issuer: { name, key },
      serial: store.newSerial(label),
      ...authorityValidity,
      extensions: [ext.authority(null), ext.keyUsage("keyCertSign", "crlSign"), ...extensions],
    });
  return store
    .identity({ name: label, modulusBits: 3072, base: "", now: 0, renew: false, issue })
    .then((identity) => ({ ...identity, name, label }));
}

export function practiceRoot(store: PkiStore): Promise<PracticeAuthority> {
  return selfSignedAuthority(store, "root", "Sealdesk Practice Root – not for real use");
}

/** The issuing authority and the two services under it. */
export async function practiceServices(store: PkiStore, base: string, now: number): Promise<PracticeServices> {
  const root = await practiceRoot(store);
  const name = distinguishedName([organization, ["commonName", "Sealdesk Practice Issuing CA"]]);
  const identity = await store.identity({
    name: "issuing",
    modulusBits: 3072,
    base,
    now: 0,
    renew: false,
    issue: (key) =>
      issueCertificate({
        subject: name,
        spki: key.spki,
        issuer: root,
        serial: store.newSerial(root.label),
        ...authorityValidity,
        extensions: [
          ext.authority(0),
          ext.keyUsage("keyCertSign", "crlSign"),
          ext.crlDistributionPoint(`${base}/crl/root.crl`),
          ext.authorityInfoAccess({ issuer: `${base}/ca/root.cer`, ocsp: null }),
        ],
      }),
  });
  const issuing: PracticeAuthority = { ...identity, name, label: "issuing" };
  return {
    base,
    root,
    issuing,
    timestamps: await serviceIdentity(store, issuing, base, now, "timestamps", "Sealdesk Practice Timestamps", [
      ext.keyUsage("digitalSignature"),
      // RFC 3161 2.3: critical, and the only purpose.
      ext.extendedKeyUsage([OID.timeStamping], true),
      ...issuedAddresses(base),
    ]),
    responder: await serviceIdentity(store, issuing, base, now, "responder", "Sealdesk Practice OCSP Responder", [
      ext.keyUsage("digitalSignature"),
      ext.extendedKeyUsage([OID.ocspSigning]),
      ext.ocspNoCheck(),
    ]),
  };
}

function serviceIdentity(
  store: PkiStore,
  issuing: PracticeAuthority,
  base: string,
  now: number,
  name: string,
  commonName: string,
  extensions: readonly Uint8Array[],
): Promise<StoredIdentity> {
  return store.identity({
    name,
    modulusBits: 3072,
    base,
    now,
    renew: true,
    issue: (key) =>
      issueCertificate({
        subject: distinguishedName([organization, ["commonName", commonName]]),
        spki: key.spki,
        issuer: issuing,
        serial: store.newSerial(issuing.label),
        notBefore: new Date(now - day),
        notAfter: new Date(now + 5 * 365 * day),
        extensions,
      }),
  });
}

/** What every certificate under the issuing authority says about where to ask. */
export function issuedAddresses(base: string): readonly Uint8Array[] {
  return [
    ext.authorityInfoAccess({ issuer: `${base}/ca/issuing.cer`, ocsp: `${base}/ocsp` }),
    ext.crlDistributionPoint(`${base}/crl/issuing.crl`),
  ];
}

/** Server and client certificates for HTTPS on this computer. `now` is real time. */
export async function practiceTls(store: PkiStore, now: number): Promise<PracticeTls> {
  const serverAuthority = await selfSignedAuthority(store, "tls-ca", "Sealdesk Practice TLS – this computer only", [
    ext.onlyLoopbackNames(),
  ]);
  const clientAuthority = await selfSignedAuthority(store, "client-ca", "Sealdesk Practice Partners");
  const server = await tlsIdentity(store, serverAuthority, now, "tls-server", "localhost", [
    ext.extendedKeyUsage([OID.serverAuth]),
    ext.loopbackNames(),
  ]);
  const client = await tlsIdentity(store, clientAuthority, now, "client", "Sealdesk practice partner", [
    ext.extendedKeyUsage([OID.clientAuth]),
  ]);
  const bad = (until: number, names: Uint8Array): string =>
    encodePem(
      "CERTIFICATE",
      issueCertificate({
        subject: distinguishedName([organization, ["commonName", "localhost"]]),
        spki: server.key.spki,
        issuer: serverAuthority,
        serial: store.newSerial(serverAuthority.label),
        notBefore: new Date(until - 30 * day),
        notAfter: new Date(until),
        extensions: [ext.keyUsage("digitalSignature"), ext.extendedKeyUsage([OID.serverAuth]), names],
      }),
    );
  return {
    badPem: {
      "wrong-name": bad(now + 10 * day, ext.otherLoopbackName()),
      expired: bad(now - day, ext.loopbackNames()),
    },
    authorityPem: certificatePem(serverAuthority),
    serverPem: certificatePem(server),
    serverKeyPem: keyPem(server),
    clientAuthorityPem: certificatePem(clientAuthority),
    clientPem: certificatePem(client),
    clientKeyPem: keyPem(client),
  };
}

function tlsIdentity(
  store: PkiStore,
  issuer: PracticeAuthority,
  now: number,
  name: string,
  commonName: string,
  extensions: readonly Uint8Array[],
): Promise<StoredIdentity> {
  return store.identity({
    name,
    modulusBits: 2048,
    base: "",
    now,
    renew: true,
    issue: (key) =>
      issueCertificate({
        subject: distinguishedName([organization, ["commonName", commonName]]),
        spki: key.spki,
        issuer,
        serial: store.newSerial(issuer.label),
        notBefore: new Date(now - day),
        notAfter: new Date(now + 365 * day),
        extensions: [ext.keyUsage("digitalSignature"), ...extensions],
      }),
  });
}

export function certificatePem(identity: { readonly certificate: Uint8Array }): string {
  return encodePem("CERTIFICATE", identity.certificate);
}

/** SECURITY: a private key in the clear; only for the folder's own 0600 files and for TLS in this process. */
export function keyPem(identity: { readonly key: PrivateKey }): string {
  return encodePem("PRIVATE KEY", identity.key.exportPkcs8());
}

/** Several certificates in one PEM text. */
export function chainPem(certificates: readonly Uint8Array[]): string {
  return new TextDecoder().decode(
    concatBytes(certificates.map((certificate) => new TextEncoder().encode(encodePem("CERTIFICATE", certificate)))),
  );
}
