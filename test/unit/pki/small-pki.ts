import { randomBytes } from "node:crypto";
import { generateRsaKeyPair } from "../../../electron/pki/algorithms.ts";
import type { PrivateKey } from "../../../electron/pki/algorithms.ts";
import { parseCertificate } from "../../../electron/pki/certificate.ts";
import type { Certificate } from "../../../electron/pki/certificate.ts";
import { OID } from "../../../electron/pki/oids.ts";
import type { PkiTransport } from "../../../electron/pki/pki-transport.ts";
import * as ext from "../../../sandbox/pki/extensions.ts";
import { distinguishedName, issueCertificate } from "../../../sandbox/pki/issue-certificate.ts";
import type { Issuer } from "../../../sandbox/pki/issue-certificate.ts";
import { answerOcsp } from "../../../sandbox/pki/ocsp-responder.ts";
import type { OcspRoom } from "../../../sandbox/pki/ocsp-responder.ts";
import { issuedAddresses } from "../../../sandbox/pki/practice-pki.ts";
import { revocationList } from "../../../sandbox/pki/revocation-list.ts";
import type { CertificateStatus } from "../../../sandbox/pki/revocations.ts";
import { failed, success } from "../../../shared/result.ts";

export const BASE = "http://pki.test";
export const NOW = new Date("2026-11-22T10:00:00Z");
const DAY = 24 * 3600_000;

export interface Holder extends Issuer {
  readonly certificate: Certificate;
}

export interface OcspChange {
  readonly status?: CertificateStatus;
  /** When it is made; it counts for one hour. */
  readonly at?: Date;
  readonly by?: Holder;
}

async function makeHolder(
  commonName: string,
  issuer: Holder | null,
  extensions: readonly Uint8Array[],
  life: { readonly from?: Date; readonly until?: Date } = {},
): Promise<Holder> {
  const key: PrivateKey = await generateRsaKeyPair(2048);
  const name = distinguishedName([["commonName", commonName]]);
  const serial = randomBytes(16);
  serial[0] = 0x41;
  const der = issueCertificate({
    subject: name,
    spki: key.spki,
    issuer: issuer ?? { name, key },
    serial,
    notBefore: life.from ?? new Date(NOW.getTime() - 30 * DAY),
    notAfter: life.until ?? new Date(NOW.getTime() + 300 * DAY),
    extensions,
  });
  return { name, key, certificate: parseCertificate(der) };
}

const AUTHORITY = [ext.authority(null), ext.keyUsage("keyCertSign", "crlSign")];

/** Root, issuing authority, a person, a delegated responder, and a stranger who claims to be the authority. */
export async function makeSmallPki() {
  const root = await makeHolder("Small Root", null, AUTHORITY);
  const issuing = await makeHolder("Small Issuing CA", root, [
    ...AUTHORITY,
    ext.crlDistributionPoint(`${BASE}/crl/root.crl`),
    ext.authorityInfoAccess({ issuer: `${BASE}/ca/root.cer`, ocsp: null }),
  ]);
  const person = await makeHolder("Ada", issuing, [ext.keyUsage("nonRepudiation"), ...issuedAddresses(BASE)]);
  const responder = await makeHolder("Small Responder", issuing, [
    ext.extendedKeyUsage([OID.ocspSigning]),
    ext.ocspNoCheck(),
  ]);
  const strangerRoot = await makeHolder("Small Issuing CA", null, AUTHORITY);
  const stranger = await makeHolder("Small Responder", strangerRoot, [
    ext.extendedKeyUsage([OID.ocspSigning]),
    ext.ocspNoCheck(),
  ]);

  const ocsp = (request: Uint8Array, { status = { kind: "good" }, at = NOW, by = responder }: OcspChange = {}) =>
    answerOcsp(
      {
        services: {
          issuing: { ...issuing, certificate: issuing.certificate.der, label: "issuing" },
          responder: { key: by.key, certificate: by.certificate.der },
        },
        store: { isOwnSerial: () => true },
        revocations: { statusOf: () => status },
      } as unknown as OcspRoom,
      request,
      at.getTime(),
    );
  const crl = (by: Holder, revoked: readonly Certificate[] = [], at = NOW): Uint8Array =>
    revocationList(
      by,
      revoked.map(({ serialNumber }) => ({ serialHex: serialNumber.toString(16), at: at.getTime() - 3600_000 })),
      at.getTime(),
    );
  return { root, issuing, person, responder, strangerRoot, stranger, ocsp, crl, makeHolder };
}

export type SmallPki = Awaited<ReturnType<typeof makeSmallPki>>;

export interface AskedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
}

type Route = (request: AskedRequest) => Uint8Array | number | "unreachable" | { readonly to: string };

/** A network of one host. Numbers are HTTP statuses; a path without a route is 404. `asked` tells what was asked for. */
export function smallNetwork(routes: Readonly<Record<string, Route>>) {
  const asked: AskedRequest[] = [];
  const transport: PkiTransport = {
    request: async ({ method, url, body }) => {
      const path = new URL(url).pathname;
      const request = { method, path, body: body ?? new Uint8Array() };
      asked.push(request);
      const route = routes[path] ?? routes[`${path.split("/").slice(0, 2).join("/")}/*`];
      const answer = route?.(request) ?? 404;
      if (answer === "unreachable") {
        return failed({ code: "provider.unreachable", params: { host: "pki.test", reason: "refused" } });
      }
      if (typeof answer === "number") {
        return success({ status: answer, headers: {}, body: new Uint8Array() });
      }
      return answer instanceof Uint8Array
        ? success({ status: 200, headers: {}, body: answer })
        : success({ status: 302, headers: { location: answer.to }, body: new Uint8Array() });
    },
  };
  return { transport, asked };
}
