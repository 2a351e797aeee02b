import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Agent } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPkiStore } from "../../../sandbox/pki/pki-store.ts";
import { practiceTls } from "../../../sandbox/pki/practice-pki.ts";
import { openssl, sandboxFixture } from "./sandbox-fixture.ts";

let room: Awaited<ReturnType<typeof sandboxFixture>>;
beforeAll(async () => {
  room = await sandboxFixture();
});
afterAll(() => room.close());
const path = (name: string): string => join(room.folder, name);

/** A server certificate for `name` by the practice TLS authority, made with openssl. */
async function serverCertificate(name: string): Promise<string> {
  await writeFile(path("ca.pem"), room.sandbox.tlsCaPem);
  await writeFile(path("names.cnf"), `subjectAltName=DNS:${name}\n`);
  const request = ["req", "-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${name}`, "-keyout", path("k.pem")];
  expect(await openssl([...request, "-out", path("csr.pem")])).toMatchObject({ status: 0 });
  const issue = ["x509", "-req", "-in", path("csr.pem"), "-extfile", path("names.cnf"), "-CA", path("ca.pem")];
  const key = ["-CAkey", path("pki/tls-ca-key.pem"), "-CAcreateserial", "-days", "10"];
  expect(await openssl([...issue, ...key, "-out", path("made.pem")])).toMatchObject({ status: 0 });
  return path("made.pem");
}

test("The practice TLS authority cannot speak for any other site, even with its key", async () => {
  const verify = async (name: string) => openssl(["verify", "-CAfile", path("ca.pem"), await serverCertificate(name)]);
  expect(await verify("localhost")).toMatchObject({ status: 0 });
  const forged = await verify("www.example.com");
  expect(forged.status).not.toBe(0);
  expect(forged.output).toContain("permitted subtree violation");
});

test("A client certificate of another authority is refused during the handshake", async () => {
  // The same kind of certificate, made in another folder.
  const other = await practiceTls(await openPkiStore(path("other"), (length) => randomBytes(length)), Date.now());
  const { tlsCaPem } = room.sandbox;
  const agent = new Agent({ connect: { ca: tlsCaPem, cert: other.clientPem, key: other.clientKeyPem } });
  await expect(room.api("/.well-known/configuration", undefined, agent)).rejects.toThrow(
    /alert|ECONNRESET|other side closed/,
  );
  await agent.destroy();
});

test.runIf(process.platform === "linux")("The servers listen on 127.0.0.1 only", async () => {
  // Linux shows listening sockets here: local address in hex, state 0A.
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((file) => readFile(file, "utf8").catch(() => "")),
  );
  const { baseUrls } = room.sandbox;
  const ports = [baseUrls.itsme, baseUrls.pages, baseUrls.control, baseUrls.tsa].map((url) =>
    Number(new URL(url).port),
  );
  const listening = tables
    .flatMap((table) => table.split("\n"))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === "0A")
    .map((fields) => fields[1]?.split(":") ?? [])
    .filter(([, port]) => ports.includes(Number.parseInt(port ?? "", 16)));
  expect(listening.map(([address]) => address)).toEqual(Array.from({ length: 4 }, () => "0100007F"));
});
