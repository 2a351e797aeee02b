import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createHttpClient } from "../../../../electron/net/http-client.ts";
import {
  readAuthorities,
  readClientCertificate,
} from "../../../../electron/services/profiles/read-client-certificate.ts";
import { CertificateImports, chooseAuthorities } from "../../../../electron/services/profiles/certificate-imports.ts";
import { makeAuthority } from "./made-certificates.ts";
import type { MadeAuthority } from "./made-certificates.ts";

const PASSWORD = "Pässwörd 1";

let made: MadeAuthority;
const files = new Map<string, Uint8Array>();
const file = (name: string): Uint8Array => new Uint8Array(files.get(name) ?? new Uint8Array());

/** Everything by OpenSSL: the forms in which providers' letters bring certificates. */
beforeAll(async () => {
  made = await makeAuthority();
  const { openssl } = made;
  await made.issue("client", "DNS:client.example", 20);
  const rsa = [
    "req",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "rsa.key",
    "-out",
    "rsa.csr",
    "-subj",
    "/CN=RSA client/O=ACME",
  ];
  await openssl(...rsa);
  await openssl(
    "x509",
    "-req",
    "-in",
    "rsa.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-out",
    "rsa.pem",
    "-days",
    "9",
  );
  await writeFile(join(made.folder, "password"), PASSWORD);
  const out = ["-passout", "file:password"];
  for (const name of ["client", "rsa"]) {
    await openssl(
      "pkcs12",
      "-export",
      "-inkey",
      `${name}.key`,
      "-in",
      `${name}.pem`,
      "-certfile",
      "ca.pem",
      "-out",
      `${name}.p12`,
      ...out,
    );
    await openssl(
      "pkcs8",
      "-topk8",
      "-v2",
      "aes-256-cbc",
      "-in",
      `${name}.key`,
      "-out",
      `${name}-encrypted.key`,
      ...out,
    );
    await openssl(
      "pkcs12",
      "-export",
      "-inkey",
      `${name}.key`,
      "-in",
      `${name}.pem`,
      "-out",
      `${name}-open.p12`,
      "-passout",
      "pass:",
    );
    await openssl("x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.cer`);
  }
  await openssl("rsa", "-in", "rsa.key", "-traditional", "-out", "rsa-pkcs1.key");
  await openssl("rsa", "-in", "rsa.key", "-traditional", "-aes128", "-out", "rsa-old.key", ...out);
  await openssl("ec", "-in", "client.key", "-out", "client-sec1.key");
  for (const name of [
    "client.p12",
    "rsa.p12",
    "client-open.p12",
    "client.pem",
    "client.key",
    "client.cer",
    "client-sec1.key",
    "client-encrypted.key",
    "rsa.pem",
    "rsa.key",
    "rsa.cer",
    "rsa-pkcs1.key",
    "rsa-encrypted.key",
    "rsa-old.key",
    "ca.pem",
  ]) {
    files.set(name, new Uint8Array(await readFile(join(made.folder, name))));
  }
});
afterAll(() => made.remove());

const code = (names: readonly string[], password: string | null = null): string => {
  const read = readClientCertificate(names.map(file), password);
  return read.ok ? read.value.facts.subject : read.failure.code;
};

describe("a client certificate with its key is read from", () => {
  test.each([
    ["PKCS#12, elliptic key", ["client.p12"], PASSWORD, "client"],
    ["PKCS#12, RSA key", ["rsa.p12"], PASSWORD, "RSA client"],
    ["PKCS#12 with an empty password", ["client-open.p12"], null, "client"],
    ["PEM in two files, PKCS#8", ["client.pem", "client.key"], null, "client"],
    ["PEM in two files, the key first", ["rsa.key", "rsa.pem"], null, "RSA client"],
    ["PEM with a PKCS#1 key", ["rsa.pem", "rsa-pkcs1.key"], null, "RSA client"],
    ["PEM with a SEC 1 key", ["client.pem", "client-sec1.key"], null, "client"],
    ["PEM with an encrypted key", ["rsa.pem", "rsa-encrypted.key"], PASSWORD, "RSA client"],
    ["PEM with an encrypted elliptic key", ["client.pem", "client-encrypted.key"], PASSWORD, "client"],
    ["a DER certificate and a PEM key", ["rsa.cer", "rsa.key"], null, "RSA client"],
  ] as const)("%s", (_what, names, password, subject) => {
    expect(code(names, password)).toBe(subject);
  });

  test("the facts are the certificate's own", () => {
    const read = readClientCertificate([file("client.p12")], PASSWORD);
    if (!read.ok) throw new Error(read.failure.code);
    const { subject, issuer, validUntil } = read.value.facts;
    expect([subject, issuer]).toEqual(["client", "Another authority"]);
    const days = (Date.parse(validUntil) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(19);
    expect(days).toBeLessThan(20.1);
  });
});

test("what was read opens a mutual TLS connection, with RSA and with an elliptic key", async () => {
  const { certificatePem, keyPem } = await made.issue("server", "DNS:localhost");
  const server = createServer(
    { cert: certificatePem, key: keyPem, ca: made.pem, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  for (const [name, subject] of [
    ["client.p12", "client"],
    ["rsa.p12", "RSA client"],
  ] as const) {
    const read = readClientCertificate([file(name)], PASSWORD);
    if (!read.ok) throw new Error(read.failure.code);
    const http = createHttpClient({ onlyCaPem: [made.pem], clientCertificate: read.value.identity });
    const answer = await http.request({ method: "GET", url: `https://localhost:${port}/` });
    expect(answer.ok ? Buffer.from(answer.value.body).toString() : answer.failure).toBe(subject);
    await http.close();
  }
});

describe("what cannot be used is told", () => {
  test.each([
    ["a wrong password", ["client.p12"], "wrong", "certificate.wrong-password"],
    ["no password where one is needed", ["client.p12"], null, "certificate.wrong-password"],
    ["an encrypted key without a password", ["rsa.pem", "rsa-encrypted.key"], null, "certificate.wrong-password"],
    ["an encrypted key with a wrong password", ["rsa.pem", "rsa-encrypted.key"], "wrong", "certificate.wrong-password"],
    ["a certificate without its key", ["client.pem"], null, "certificate.no-key"],
    ["a key without its certificate", ["client.key"], null, "certificate.no-key"],
    ["another certificate's key", ["client.pem", "rsa.key"], null, "certificate.no-key"],
    ["the encryption of old OpenSSL versions", ["rsa.pem", "rsa-old.key"], PASSWORD, "certificate.unsupported-file"],
  ] as const)("%s", (_what, names, password, expected) => {
    expect(code(names, password)).toBe(expected);
  });

  test("bytes that are nothing", () => {
    const read = readClientCertificate([new Uint8Array([1, 2, 3])], "x");
    expect(read).toMatchObject({ ok: false, failure: { code: "certificate.broken-file" } });
  });
});

describe("authorities", () => {
  test("a key that stands in the same file stays there", () => {
    const both = Buffer.concat([Buffer.from(file("client.key")), Buffer.from(file("ca.pem"))]);
    const read = readAuthorities(new Uint8Array(both));
    expect(read?.map(({ facts }) => facts.subject)).toEqual(["Another authority"]);
    expect(JSON.stringify(read)).not.toContain("PRIVATE");
  });

  test("several files are taken together, and one that is none refuses them all", async () => {
    const path = (name: string) => join(made.folder, name);
    const good = await chooseAuthorities([path("ca.pem"), path("rsa.cer")]);
    expect(good.ok && good.value.map(({ facts }) => facts.subject)).toEqual(["Another authority", "RSA client"]);
    const bad = await chooseAuthorities([path("ca.pem"), path("password")]);
    expect(bad).toMatchObject({ ok: false, failure: { code: "certificate.not-a-certificate" } });
  });

  test("more than ten are refused: the last ones would be missing without a word", async () => {
    const chosen = (count: number) => Array.from({ length: count }, () => join(made.folder, "ca.pem"));
    expect(await chooseAuthorities(chosen(10))).toMatchObject({ ok: true });
    expect(await chooseAuthorities(chosen(11))).toMatchObject({
      ok: false,
      failure: { code: "certificate.too-many-files", params: { count: 11, most: 10 } },
    });
  });
});

describe("an import", () => {
  let ids = 0;
  const imports = () => new CertificateImports(() => `id-${(ids += 1)}`);
  const path = (name: string) => join(made.folder, name);

  test("asks for the password when the file has one, again after a wrong one, and not when it has none", async () => {
    const own = imports();
    const first = await own.open([path("client.p12")], "client");
    if (!first.ok || first.value.kind !== "password") throw new Error("a password is asked for");
    expect(first.value).toMatchObject({ name: "client.p12", problem: null });
    expect(own.unlock(first.value.file, "wrong")).toMatchObject({
      ok: true,
      value: { kind: "password", problem: { code: "certificate.wrong-password" } },
    });
    const opened = own.unlock(first.value.file, PASSWORD);
    expect(opened).toMatchObject({
      ok: true,
      value: { kind: "imported", certificate: { facts: { subject: "client" } } },
    });
    expect(await own.open([path("client-open.p12")], "client")).toMatchObject({
      ok: true,
      value: { kind: "imported" },
    });
  });

  test("more than ten files are refused as well", async () => {
    const chosen = Array.from({ length: 11 }, () => path("client.pem"));
    expect(await imports().open(chosen, "client")).toMatchObject({
      ok: false,
      failure: { code: "certificate.too-many-files" },
    });
  });

  test("answers without the key and without the path; the key is there under the id until it is forgotten", async () => {
    const own = imports();
    const opened = await own.open([path("client.pem"), path("client.key")], "client");
    if (!opened.ok || opened.value.kind !== "imported") throw new Error("it is imported");
    expect(JSON.stringify(opened)).not.toMatch(/PRIVATE|sealdesk-authority/u);
    const { id } = opened.value.certificate;
    expect(own.get(id)?.identity.keyPem).toContain("PRIVATE KEY");
    own.forget(id);
    expect(own.get(id)).toBeUndefined();
  });

  test("keeps the last three, so that keys that were never saved do not pile up", async () => {
    const own = imports();
    const opened: string[] = [];
    for (let index = 0; index < 4; index += 1) {
      const answer = await own.open([path("client-open.p12")], "client");
      if (answer.ok && answer.value.kind === "imported") opened.push(answer.value.certificate.id);
    }
    expect(opened.map((id) => own.get(id) !== undefined)).toEqual([false, true, true, true]);
  });
});
