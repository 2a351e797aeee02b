import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPkiStore } from "../../../../sandbox/pki/pki-store.ts";
import { practiceRoot, practiceTls } from "../../../../sandbox/pki/practice-pki.ts";
import { validityOf } from "../../../../sandbox/pki/issue-certificate.ts";
import { decodePem } from "../../../../electron/pki/pem.ts";

const random = (length: number) => randomBytes(length);
const day = 24 * 3600 * 1000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-pki-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("A second run recognises the serial numbers of the first, and no others", async () => {
  const first = await openPkiStore(folder, random);
  const serial = first.newSerial("issuing");
  const second = await openPkiStore(folder, random);
  expect(serial).toHaveLength(16);
  expect(serial[0]! & 0x80).toBe(0);
  expect(second.isOwnSerial("issuing", serial)).toBe(true);
  expect(second.isOwnSerial("root", serial)).toBe(false);
  expect(second.isOwnSerial("issuing", randomBytes(16))).toBe(false);
  expect(second.isOwnSerial("issuing", serial.subarray(1))).toBe(false);
});

test("Programs that open a new folder at the same moment end up with the same root and secret", async () => {
  const roots = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const store = await openPkiStore(folder, random);
      const root = await practiceRoot(store);
      return `${store.stableCode("x", 36)} ${Buffer.from(root.certificate).toString("hex")}`;
    }),
  );
  expect(new Set(roots).size).toBe(1);
});

test("Private keys and the secret can be read by the owner only", async () => {
  await practiceRoot(await openPkiStore(folder, random));
  for (const name of ["root-key.pem", "secret.hex"]) {
    expect((await stat(join(folder, "pki", name))).mode & 0o777).toBe(0o600);
  }
});

test("A certificate that is about to expire is made again with the same key", async () => {
  const now = Date.UTC(2026, 0, 1);
  const store = await openPkiStore(folder, random);
  const first = await practiceTls(store, now);
  expect((await practiceTls(store, now + 300 * day)).serverPem).toBe(first.serverPem);
  const later = await practiceTls(store, now + 340 * day);
  expect(later.serverPem).not.toBe(first.serverPem);
  expect(later.serverKeyPem).toBe(first.serverKeyPem);
  expect(later.authorityPem).toBe(first.authorityPem);
  expect(validityOf(decodePem(later.serverPem)[0]!).notAfter).toBe(now + (340 + 365) * day);
});

test("A damaged folder is reported, not silently replaced", async () => {
  await practiceRoot(await openPkiStore(folder, random));
  const path = join(folder, "pki", "secret.hex");
  await writeFile(path, "zz");
  await expect(openPkiStore(folder, random)).rejects.toThrow("damaged");
  expect(await readFile(path, "utf8")).toBe("zz");
});
