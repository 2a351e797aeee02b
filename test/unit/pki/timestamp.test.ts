import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Certificate, parseCertificates } from "../../../electron/pki/certificate.ts";
import {
  parseTimestampResponse,
  parseTimestampToken,
  timestampRequest,
  verifyTimestampToken,
} from "../../../electron/pki/timestamp.ts";
import { requestTimestamp, type TimestampTransport } from "../../../electron/pki/tsp-client.ts";
import { failed, success } from "../../../shared/result.ts";
import { corpusFile, corpusNote, hasCorpus } from "./corpus-file.ts";

const sha256 = (text: string): Uint8Array => new Uint8Array(createHash("sha256").update(text).digest());

describe.skipIf(!hasCorpus)(`timestamps of real authorities${corpusNote}`, () => {
  test("verify against their own root at their own time", () => {
    const token = corpusFile("dssx__d-trust.tsr");
    const { info, signedData } = parseTimestampToken(token);
    const anchors = signedData.certificates.slice(-1);
    const result = verifyTimestampToken({ token, imprint: () => info.imprint, anchors });
    expect(result).toMatchObject({ ok: true, value: { time: new Date("2018-05-23T13:18:29Z") } });
    const expires = result.ok ? result.value.authority.notAfter.getTime() : 0;
    const afterwards = new Date(expires + 1000);
    const later = verifyTimestampToken({ token, imprint: () => info.imprint, anchors, at: afterwards });
    expect(later).toMatchObject({ ok: false, failure: { code: "timestamp.certificate-expired" } });
  });

  test("cover exactly the data they were asked for", () => {
    const response = parseTimestampResponse(corpusFile("tsp__identrust-issue-104.tsr"));
    const token = response.token ?? new Uint8Array();
    const anchors = parseTimestampToken(token).signedData.certificates.slice(-1);
    // The manifest: message sha512("hello").
    const hello = new Uint8Array(createHash("sha512").update("hello").digest());
    expect(verifyTimestampToken({ token, imprint: () => hello, anchors }).ok).toBe(true);
    expect(verifyTimestampToken({ token, imprint: () => hello.with(0, 0), anchors })).toMatchObject({
      ok: false,
      failure: { code: "timestamp.imprint-mismatch" },
    });
  });

  test("verify when the chain comes from elsewhere", () => {
    const token = parseTimestampResponse(corpusFile("tsp__response-sha256.tsr")).token ?? new Uint8Array();
    const { imprint } = parseTimestampToken(token).info;
    const anchors = parseCertificates(corpusFile("tsp__sigstage-ts_chain.pem"));
    expect(verifyTimestampToken({ token, imprint: () => imprint, anchors }).ok).toBe(true);
  });
});

const openssl = (...args: readonly string[]): Buffer =>
  execFileSync("openssl", [...args], { stdio: ["ignore", "pipe", "pipe"] });

const hasOpenssl = (() => {
  try {
    openssl("version");
    return true;
  } catch {
    return false;
  }
})();

const CONFIGURATION = `
[tsa]
default_tsa = one
[one]
serial = ./serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256, sha512
ordering = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[req]
distinguished_name = name
prompt = no
[name]
CN = Test TSA
[stamp]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[wrong]
extendedKeyUsage = timeStamping,clientAuth
`;

/** OpenSSL is the timestamp authority: nothing here was made by our own code but the request. */
describe.skipIf(!hasOpenssl)(`the timestamp client${hasOpenssl ? "" : " (skipped: openssl is not installed)"}`, () => {
  let folder = "";
  const authorities = new Map<string, Certificate>();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-tsa-"));
    writeFileSync(join(folder, "tsa.cnf"), CONFIGURATION);
    writeFileSync(join(folder, "serial"), "01");
    for (const section of ["stamp", "wrong"]) {
      const at = (name: string): string => join(folder, `${section}.${name}`);
      openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-config",
        join(folder, "tsa.cnf"),
        "-extensions",
        section,
        "-keyout",
        at("key"),
        "-out",
        at("pem"),
      );
      const [certificate] = parseCertificates(readFileSync(at("pem")));
      if (certificate !== undefined) {
        authorities.set(section, certificate);
      }
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const reply = (body: Uint8Array, section = "stamp"): Uint8Array => {
    writeFileSync(join(folder, "query"), body);
    execFileSync(
      "openssl",
      [
        "ts",
        "-reply",
        "-config",
        "tsa.cnf",
        "-section",
        "one",
        "-queryfile",
        "query",
        "-signer",
        `${section}.pem`,
        "-inkey",
        `${section}.key`,
        "-out",
        "answer",
      ],
      { cwd: folder, stdio: "ignore" },
    );
    return new Uint8Array(readFileSync(join(folder, "answer")));
  };
  const answering = (answer: (body: Uint8Array) => Uint8Array): TimestampTransport => ({
    request: ({ body }) => Promise.resolve(success({ status: 200, body: answer(body) })),
  });
  const order = (section = "stamp"): Parameters<typeof requestTimestamp>[1] => ({
    url: "http://127.0.0.1/tsa",
    imprint: sha256("a signature value"),
    digestAlgorithm: "SHA-256",
    anchors: [authorities.get(section)].flatMap((certificate) => certificate ?? []),
  });

  test("gets a token that it has checked", async () => {
    const result = await requestTimestamp(
      answering((body) => reply(body)),
      order(),
    );
    expect(result.ok).toBe(true);
    expect(result.ok && Math.abs(result.value.verified.time.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test("refuses a token that answers another request", async () => {
    const other = timestampRequest({
      imprint: sha256("a signature value"),
      digestAlgorithm: "SHA-256",
      nonce: Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9),
    });
    const result = await requestTimestamp(
      answering(() => reply(other)),
      order(),
    );
    expect(result).toMatchObject({
      ok: false,
      failure: { code: "timestamp.invalid", params: { reason: "timestamp.nonce-mismatch" } },
    });
  });

  test("refuses a token for other data", async () => {
    const transport = answering((body) => {
      const nonce = body.subarray(body.length - 19, body.length - 3);
      return reply(timestampRequest({ imprint: sha256("something else"), digestAlgorithm: "SHA-256", nonce }));
    });
    const result = await requestTimestamp(transport, order());
    expect(result).toMatchObject({
      ok: false,
      failure: { code: "timestamp.invalid", params: { reason: "timestamp.imprint-mismatch" } },
    });
  });

  test("refuses a token whose bytes were changed", async () => {
    const transport = answering((body) => {
      const answer = reply(body);
      return answer.with(answer.length - 5, (answer.at(-5) ?? 0) ^ 1);
    });
    expect(await requestTimestamp(transport, order())).toMatchObject({
      ok: false,
      failure: { code: "timestamp.invalid" },
    });
  });

  test("tells a refusal from an authority that cannot be reached", async () => {
    const refusing = answering((body) =>
      reply(
        timestampRequest({
          imprint: sha256("x"),
          digestAlgorithm: "SHA-256",
          nonce: body.subarray(0, 8),
          policy: "1.9.9",
        }),
      ),
    );
    expect(await requestTimestamp(refusing, order())).toMatchObject({
      ok: false,
      failure: { code: "timestamp.refused", params: { status: 2, text: expect.stringMatching(/policy/iu) } },
    });
    const silent: TimestampTransport = { request: () => Promise.resolve(failed({ code: "provider.unreachable" })) };
    expect(await requestTimestamp(silent, order())).toMatchObject({
      ok: false,
      failure: { code: "timestamp.unreachable" },
    });
    const sorry: TimestampTransport = {
      request: () => Promise.resolve(success({ status: 503, body: new Uint8Array() })),
    };
    expect(await requestTimestamp(sorry, order())).toMatchObject({
      ok: false,
      failure: { code: "timestamp.unreachable" },
    });
    const talking = answering(() => new TextEncoder().encode("<html>"));
    expect(await requestTimestamp(talking, order())).toMatchObject({
      ok: false,
      failure: { code: "timestamp.invalid" },
    });
  });

  test("does not trust an authority that nobody named", async () => {
    const result = await requestTimestamp(
      answering((body) => reply(body)),
      { ...order(), anchors: [] },
    );
    expect(result).toMatchObject({ ok: false, failure: { params: { reason: "timestamp.certificate-no-chain" } } });
  });
});
