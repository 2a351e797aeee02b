import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseCertificate } from "../../../electron/pki/certificate.ts";
import { checkCrl, findRevoked, parseCrl } from "../../../electron/pki/crl.ts";
import { checkOcspSigner, ocspStatusOf, parseOcspResponse } from "../../../electron/pki/ocsp.ts";
import { ocspRequest } from "../../../electron/pki/ocsp-request.ts";
import { validatePath } from "../../../electron/pki/path.ts";
import { decodePem } from "../../../electron/pki/pem.ts";
import { requestTimestamp } from "../../../electron/pki/tsp-client.ts";
import type { TimestampTransport } from "../../../electron/pki/tsp-client.ts";
import { success } from "../../../shared/result.ts";
import { sandboxFixture } from "./sandbox-fixture.ts";

let room: Awaited<ReturnType<typeof sandboxFixture>>;
beforeAll(async () => {
  room = await sandboxFixture({ autoApprove: { phone: "+32470000022" } });
});
afterAll(() => room.close());

const certificates = (pem: string) => decodePem(pem, "CERTIFICATE").map((der) => parseCertificate(der));

async function bytesOf(url: string, init?: RequestInit): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url, init)).arrayBuffer());
}

async function person() {
  const { asyncRespID } = (await room.identify()).json;
  const [leaf, issuing] = certificates((await room.identificationStatus(asyncRespID)).json.fullCertificateChain);
  return { leaf: leaf!, issuing: issuing!, root: certificates(room.sandbox.rootCertificatePem)[0]! };
}

test("The program's own path validation accepts the chain for document signing", async () => {
  const { leaf, issuing, root } = await person();
  const at = new Date();
  const result = validatePath({
    target: leaf,
    candidates: [issuing],
    anchors: [root],
    at,
    purpose: "document-signing",
  });
  expect(result).toMatchObject({ ok: true });
});

test("The program's own OCSP and CRL checks accept the answers and find the revoked certificate", async () => {
  const { leaf, issuing } = await person();
  const body = new Uint8Array(ocspRequest(leaf, issuing, randomBytes(16)));
  const response = parseOcspResponse(await bytesOf(room.sandbox.baseUrls.ocsp, { method: "POST", body }));
  expect(checkOcspSigner(response, issuing)).toMatchObject({ ok: true });
  expect(ocspStatusOf(response, leaf, issuing)?.status).toMatchObject({ kind: "revoked" });

  const list = parseCrl(await bytesOf(room.sandbox.baseUrls.crl));
  expect(checkCrl(list, issuing, leaf)).toBeUndefined();
  expect(findRevoked(list, leaf.serialNumber)).toBeDefined();
  expect(findRevoked(list, leaf.serialNumber + 1n)).toBeUndefined();
});

test("The program's own timestamp client accepts the token, and refuses each flaw", async () => {
  const transport: TimestampTransport = {
    async request({ method, url, headers, body }) {
      const reply = await fetch(url, { method, headers, body: new Uint8Array(body) });
      return success({ status: reply.status, body: new Uint8Array(await reply.arrayBuffer()) });
    },
  };
  const { root } = await person();
  const ask = () =>
    requestTimestamp(transport, {
      url: room.sandbox.baseUrls.tsa,
      imprint: createHash("sha256").update("data").digest(),
      digestAlgorithm: "SHA-256",
      anchors: [root],
    });
  expect(await ask()).toMatchObject({ ok: true });
  for (const flaw of ["wrong-nonce", "wrong-imprint", "broken-signature"] as const) {
    room.sandbox.control.setTimestampFlaw(flaw);
    expect({ flaw, answer: await ask() }).toMatchObject({ flaw, answer: { failure: { code: "timestamp.invalid" } } });
  }
});
