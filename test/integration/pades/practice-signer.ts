import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindSigner } from "../../../electron/pades/bind-signer.ts";
import { completeSignature } from "../../../electron/pades/complete-signature.ts";
import { prepareSignature } from "../../../electron/pades/prepare-signature.ts";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import { generateRsaKeyPair } from "../../../electron/pki/algorithms.ts";
import { parseCertificates } from "../../../electron/pki/certificate.ts";
import type { PkiTransport } from "../../../electron/pki/pki-transport.ts";
import { sha256 } from "../../../electron/pki/digest.ts";
import { requestTimestamp } from "../../../electron/pki/tsp-client.ts";
import * as ext from "../../../sandbox/pki/extensions.ts";
import { distinguishedName, issueCertificate, practiceScheme } from "../../../sandbox/pki/issue-certificate.ts";
import { openPkiStore } from "../../../sandbox/pki/pki-store.ts";
import { issuedAddresses, practiceServices } from "../../../sandbox/pki/practice-pki.ts";
import { answerOcsp } from "../../../sandbox/pki/ocsp-responder.ts";
import { openRevocations } from "../../../sandbox/pki/revocations.ts";
import type { CertificateStatus } from "../../../sandbox/pki/revocations.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import type { Certification } from "../../../shared/certification.ts";
import { success } from "../../../shared/result.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";

const DAY = 24 * 3600_000;

/** A running sandbox, and a person with a certificate of its authority who signs without being asked. */
export async function practiceSigner() {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-extend-"));
  const clock = { ahead: 0 };
  const sandbox = await startSandbox({ folder: join(folder, "practice"), clock: () => Date.now() + clock.ahead });
  const store = await openPkiStore(join(folder, "practice"), (length) =>
    crypto.getRandomValues(new Uint8Array(length)),
  );
  const base = new URL(sandbox.baseUrls.tsa).origin;
  const services = await practiceServices(store, base, Date.now());
  const http = createHttpClient({ timeouts: { connectMilliseconds: 2_000, requestMilliseconds: 5_000 } });
  const key = await generateRsaKeyPair(2048);
  const issue = (commonName: string, spki: Uint8Array): Uint8Array =>
    issueCertificate({
      subject: distinguishedName([["commonName", commonName]]),
      spki,
      issuer: services.issuing,
      serial: store.newSerial("issuing"),
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + 300 * DAY),
      extensions: [ext.keyUsage("nonRepudiation"), ...issuedAddresses(base)],
    });
  const certificate = issue("Ada Practice", key.spki);
  const revocations = await openRevocations(join(folder, "practice"));
  let count = 0;

  return {
    folder,
    /** The sandbox's clock, in milliseconds ahead of the real one. */
    clock,
    sandbox,
    http,
    services,
    certificate,
    /** Another person's certificate (DER) of the same authority. */
    issue,
    anchors: parseCertificates(Buffer.from(sandbox.rootCertificatePem)),
    /** The sandbox's network, but its OCSP responder says this of every certificate. */
    withStatus: (status: CertificateStatus): PkiTransport => ({
      request: async (request) => {
        if (!request.url.endsWith("/ocsp")) {
          return http.request(request);
        }
        const room = { services, store, revocations: { ...revocations, statusOf: () => status } };
        const body = answerOcsp(room, request.body ?? new Uint8Array(), Date.now());
        return success({ status: 200, headers: {}, body });
      },
    }),
    /** Path of a new signed document. The CMS holds the certificate alone: its issuers must be found. */
    sign: async (
      level: "B-B" | "B-T",
      {
        document = makePdf(),
        field,
        certification,
      }: { document?: Uint8Array; field?: string; certification?: Certification } = {},
    ): Promise<string> => {
      count += 1;
      const [source, staged] = [join(folder, `${count}.pdf`), join(folder, `${count}-${level}.pdf`)];
      await writeFile(source, document);
      const prepared = await prepareSignature({
        source,
        staged,
        placement: field === undefined ? { kind: "invisible" } : { kind: "field", field },
        appearance: null,
        signerName: "Ada Practice",
        reason: null,
        location: null,
        contactInfo: null,
        claimedTime: new Date(),
        utcOffsetMinutes: 0,
        ...(certification === undefined ? {} : { certification }),
      });
      if (!prepared.ok) {
        throw new Error(prepared.failure.code);
      }
      const bound = bindSigner(prepared.value, [certificate]);
      const value = key.signDigest(practiceScheme, Buffer.from(bound.toBeSigned!, "hex"));
      const completed = await completeSignature({
        prepared: bound,
        staged,
        value,
        ...(level === "B-B"
          ? {}
          : {
              timestamp: async (signatureValue) => {
                const answer = await requestTimestamp(http, {
                  url: sandbox.baseUrls.tsa,
                  imprint: sha256(signatureValue),
                  digestAlgorithm: "SHA-256",
                  anchors: "none",
                });
                return answer.ok ? success(answer.value.token) : answer;
              },
            }),
      });
      if (!completed.ok) {
        throw new Error(completed.failure.code);
      }
      return staged;
    },
    close: async () => {
      await http.close();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type PracticeSigner = Awaited<ReturnType<typeof practiceSigner>>;
