import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SignatureScheme } from "../../../../electron/pki/signature-scheme.ts";
import type { SigningKey } from "../../../../electron/providers/certificate/signing-identity.ts";
import { lendToken } from "../../../../electron/providers/certificate/tokens/lend-token.ts";
import { listTokens } from "../../../../electron/providers/certificate/tokens/list-tokens.ts";
import type { PinRequest } from "../../../../electron/providers/certificate/tokens/token-session.ts";
import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";

const hasTools = ["gcc", "openssl"].every((tool) => spawnSync(tool, ["--version"]).error === undefined);
const skipped = hasTools ? "" : " (skipped: gcc or openssl is not installed)";

const PKCS1: SignatureScheme = { kind: "rsa-pkcs1", digest: "SHA-256" };
const what = { digest: new Uint8Array(32).fill(7), message: new TextEncoder().encode("signed attributes") };

let folder = "";
let log = "";
let module = "";
let copies = 0;

beforeAll(() => {
  if (hasTools) {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-fake-token-"));
    const run = (tool: string, args: string) => execFileSync(tool, args.split(" "), { cwd: folder, stdio: "pipe" });
    run("gcc", `-shared -fPIC -O1 -o fake.so ${join(import.meta.dirname, "fake-module.c")}`);
    run("openssl", "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=Fake -days 2 -out fake.pem");
    run("openssl", "x509 -in fake.pem -outform DER -out fake.der");
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  delete process.env["FAKE_TOKEN"];
});

/** A copy of the library has a memory of its own: each test gets a token that nobody has touched. */
function behave(as: string): void {
  copies += 1;
  module = join(folder, `fake-${copies}.so`);
  log = join(folder, `log-${copies}`);
  copyFileSync(join(folder, "fake.so"), module);
  process.env["FAKE_TOKEN"] = as;
  process.env["FAKE_LOG"] = log;
  process.env["FAKE_CERTIFICATE"] = join(folder, "fake.der");
}

const calls = (): readonly string[] => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []);

/** Lends the key and signs with it; the PINs are typed one after the other. */
async function signWith(
  pins: readonly string[],
  times = 1,
): Promise<{ outcome: Result<Uint8Array, Failure>; asked: PinRequest[] }> {
  const asked: PinRequest[] = [];
  const lender = lendToken({
    module,
    token: null,
    certificate: null,
    pin: async (request) => {
      asked.push(request);
      const pin = pins[asked.length - 1];
      return pin === undefined ? failed(request.previous ?? { code: "token.pin-cancelled" }) : success(pin);
    },
  });
  const sign = async (key: SigningKey) => {
    let last = await key.sign(PKCS1, what);
    for (let time = 1; time < times && last.ok; time += 1) {
      last = await key.sign(PKCS1, what);
    }
    return last;
  };
  const lent = await lender.lend(({ key }) => sign(key));
  return { outcome: lent.ok ? lent.value : lent, asked };
}

describe.skipIf(!hasTools)(`a token${skipped}`, () => {
  test("gets a DigestInfo to sign (RFC 8017 9.2), with the PIN, and is left logged out and closed", async () => {
    behave("good");
    const { outcome, asked } = await signWith(["4821"]);
    const prefix = Buffer.from("3031300d060960864801650304020105000420", "hex");
    expect(outcome.ok && Buffer.from(outcome.value)).toEqual(Buffer.concat([prefix, what.digest]));
    expect(asked).toEqual([{ token: { label: "Fake", serial: "1234" }, state: "good", previous: null }]);
    expect(calls()).toEqual([
      "C_Initialize",
      "C_Login user pin",
      "C_SignInit 0x1",
      "C_Sign",
      "C_Logout",
      "C_CloseSession",
      "C_Finalize",
    ]);
  });

  test("is not asked for anything while only its certificate is wanted", async () => {
    behave("good");
    const lender = lendToken({ module, token: "Fake", certificate: "0a", pin: async () => success("4821") });
    const lent = await lender.lend(async ({ chain }) => chain.length);
    expect(lent).toEqual({ ok: true, value: 1 });
    expect(calls()).toEqual(["C_Initialize", "C_CloseSession", "C_Finalize"]);
  });

  test("that cannot lock is used all the same, one call after the other", async () => {
    behave("no-locks");
    expect((await signWith(["4821"])).outcome.ok).toBe(true);
    expect(calls().slice(0, 2)).toEqual(["C_Initialize", "C_Initialize"]);
  });

  test("with a PIN pad asks for the PIN itself", async () => {
    behave("pin-pad");
    const { outcome, asked } = await signWith([]);
    expect(outcome.ok).toBe(true);
    expect(asked).toEqual([]);
    expect(calls()).toContain("C_Login user reader");
    expect((await listTokens([module]))[0]?.tokens[0]?.pin).toBe("reader");
  });

  test("whose key wants the PIN for each signature gets it between C_SignInit and C_Sign, typed once", async () => {
    behave("always");
    const { outcome, asked } = await signWith(["4821"], 2);
    expect(outcome.ok).toBe(true);
    expect(asked).toHaveLength(1);
    const each = ["C_SignInit 0x1", "C_Login context pin", "C_Sign"];
    expect(calls().slice(1, 8)).toEqual(["C_Login user pin", ...each, ...each]);
  });

  test("that only hashes itself gets the message", async () => {
    behave("hashes-itself");
    const { outcome } = await signWith(["4821"]);
    expect(outcome.ok && Buffer.from(outcome.value)).toEqual(Buffer.from(what.message));
    expect(calls()).toContain("C_SignInit 0x40");
  });

  test.each([
    ["few-left", ["1111"], { code: "token.pin-wrong-few-left" }],
    ["last-try", ["1111"], { code: "token.pin-wrong-last-try" }],
    ["good", ["1111"], { code: "token.pin-wrong" }],
    ["locked", ["4821"], { code: "token.pin-locked" }],
    ["locks", ["1111", "2222", "4821"], { code: "token.pin-locked" }],
    ["cancelled", ["4821"], { code: "token.pin-cancelled" }],
    ["pin-expired", ["4821"], { code: "token.pin-not-set" }],
    ["no-key", ["4821"], { code: "token.key-not-found" }],
    ["no-mechanism", [], { code: "token.mechanism-missing", params: { mechanism: "CKM_RSA_PKCS" } }],
    ["key-cannot", ["4821"], { code: "token.mechanism-missing", params: { mechanism: "CKM_RSA_PKCS" } }],
    ["removed", ["4821"], { code: "token.removed" }],
    ["broken", ["4821"], { code: "token.failed", params: { code: "0x5" } }],
    ["none", [], { code: "token.not-found" }],
    ["two", ["4821"], { code: "token.ambiguous" }],
  ] as const)("%s, with the PINs %o, fails with its own code", async (as, pins, failure) => {
    behave(as);
    expect((await signWith(pins)).outcome).toEqual({ ok: false, failure });
  });

  test("that is pulled out between two signatures says so, and the module is left tidy", async () => {
    behave("removed-later");
    expect((await signWith(["4821"], 2)).outcome).toEqual({ ok: false, failure: { code: "token.removed" } });
    expect(calls().slice(-3)).toEqual(["C_Logout", "C_CloseSession", "C_Finalize"]);
  });

  test("refuses a wrong PIN, hears the right one, and the person was told why", async () => {
    behave("few-left");
    const { outcome, asked } = await signWith(["1111", "4821"]);
    expect(outcome.ok).toBe(true);
    expect(asked[1]).toMatchObject({ state: "few-left", previous: { code: "token.pin-wrong-few-left" } });
  });

  test("never sees a PIN again that it has just refused", async () => {
    behave("good");
    const { outcome } = await signWith(["1111", "1111", "1111"]);
    expect(outcome).toEqual({ ok: false, failure: { code: "token.pin-wrong" } });
    expect(calls().filter((call) => call.startsWith("C_Login"))).toHaveLength(1);
  });

  test("that is locked is not tried", async () => {
    behave("locked");
    await signWith(["4821"]);
    expect(calls().filter((call) => call.startsWith("C_Login"))).toEqual([]);
  });

  test("that two modules show is listed once; a module that is none is told apart", async () => {
    behave("good");
    const [first, copy] = [module, join(folder, "copy.so")];
    copyFileSync(module, copy);
    const listings = await listTokens([first, join(folder, "fake.der"), copy]);
    expect(listings.map(({ tokens }) => tokens.length)).toEqual([1, 0, 0]);
    expect(listings.map(({ failure }) => failure?.code ?? null)).toEqual([null, "token.module-unusable", null]);
    expect(listings[0]?.tokens[0]).toMatchObject({ label: "Fake", serial: "1234", pin: "asked", pinState: "good" });
  });
});
