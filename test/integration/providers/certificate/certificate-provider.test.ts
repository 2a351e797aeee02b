import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjectName } from "../../../../electron/pki/certificate.ts";
import { createCertificateProvider } from "../../../../electron/providers/certificate/create-certificate-provider.ts";
import { lendPkcs12 } from "../../../../electron/providers/certificate/lend-pkcs12.ts";
import { openPkcs12 } from "../../../../electron/providers/certificate/open-pkcs12.ts";
import type { SigningProvider, SigningOrder } from "../../../../electron/providers/provider.ts";
import { documentDigestOf } from "../../../../electron/pki/signing-schemes.ts";
import type { SchemeChoice } from "../../../../electron/pki/signing-schemes.ts";
import { digestOf, driveFlow } from "../../../unit/providers/itsme/drive-flow.ts";
import type { DriveOutcome } from "../../../unit/providers/itsme/drive-flow.ts";

/** Files made, and values checked, by the openssl command line. */
let folder = "";
const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));

const KEYS = {
  rsa: ["-newkey", "rsa:2048"],
  p256: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  p384: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
  p521: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
  bp256: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"],
  bp384: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP384r1"],
  bp512: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP512r1"],
  secp256k1: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
  pss: ["-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"],
  // A key that is bound to SHA-384 by its own parameters (RFC 4055 1.2).
  pss384: [
    "-newkey",
    "rsa-pss",
    "-pkeyopt",
    "rsa_keygen_bits:2048",
    "-pkeyopt",
    "rsa_pss_keygen_md:sha384",
    "-pkeyopt",
    "rsa_pss_keygen_mgf1_md:sha384",
    "-pkeyopt",
    "rsa_pss_keygen_saltlen:48",
  ],
  ed25519: ["-newkey", "ed25519"],
  ed448: ["-newkey", "ed448"],
  weak: ["-newkey", "rsa:1024"],
} as const;
type KeyName = keyof typeof KEYS;

const PASSWORD = "pass word";

function exportFile(name: string, key: string, ...more: string[]): void {
  const files = ["-inkey", `${key}.key`, "-in", `${key}.pem`, "-certfile", "chain.pem"];
  const password = more.includes("-passout") ? [] : ["-passout", `pass:${PASSWORD}`];
  openssl("pkcs12", "-export", ...files, "-out", `${name}.p12`, ...password, ...more);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-p12-"));
  writeFileSync(join(folder, "ca.ext"), "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n");
  writeFileSync(join(folder, "leaf.ext"), "keyUsage=critical,digitalSignature,nonRepudiation\n");
  openssl(
    "req",
    "-x509",
    ...KEYS.rsa,
    "-nodes",
    "-keyout",
    "root.key",
    "-out",
    "root.pem",
    "-subj",
    "/CN=Root",
    "-days",
    "2",
  );
  const issue = (name: string, issuer: string, extensions: string, key: readonly string[], days = "2") => {
    openssl("req", ...key, "-nodes", "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`, "-utf8");
    const by = ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`, "-CAcreateserial"];
    openssl("x509", "-req", "-in", `${name}.csr`, ...by, "-out", `${name}.pem`, "-days", days, "-extfile", extensions);
  };
  issue("issuing", "root", "ca.ext", KEYS.p256);
  // Root before issuing: the order in a file means nothing.
  writeFileSync(
    join(folder, "chain.pem"),
    readFileSync(join(folder, "root.pem"), "utf8") + readFileSync(join(folder, "issuing.pem"), "utf8"),
  );
  for (const name of Object.keys(KEYS) as KeyName[]) {
    issue(name, "issuing", "leaf.ext", KEYS[name]);
    exportFile(name, name);
  }
  exportFile("legacy", "rsa", "-legacy");
  exportFile("legacy-ec", "p256", "-legacy");
  exportFile("accents", "rsa", "-passout", "pass:pässwörd €");
  exportFile("empty", "rsa", "-passout", "pass:");
  openssl("pkcs12", "-export", "-nokeys", "-in", "rsa.pem", "-out", "no-key.p12", "-passout", `pass:${PASSWORD}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function provider(file: string, password = PASSWORD, choice?: SchemeChoice): SigningProvider {
  const identity = lendPkcs12({
    file: () => Promise.resolve({ ok: true, value: read(`${file}.p12`) }),
    password: () => Promise.resolve({ ok: true, value: password }),
  });
  return createCertificateProvider({ identity, ...(choice === undefined ? {} : { choice }) });
}

const order = (...ids: string[]): SigningOrder => ({
  documents: ids.map((id) => ({ id, name: `${id}.pdf` })),
  language: "EN",
  description: null,
  policy: null,
  commitmentType: null,
  signerRole: null,
  knownPerson: null,
});

/** Signs the message in the first way that the provider names, through its states. */
function sign(file: string, message: Uint8Array, time = Date.now(), choice?: SchemeChoice): Promise<DriveOutcome> {
  return driveFlow({
    provider: () => provider(file, PASSWORD, choice),
    state: provider(file, PASSWORD, choice).begin(order("one")),
    clock: { time },
    toSign: (_, { schemes: [scheme] }) => {
      const name = documentDigestOf(scheme!)!.replace("-", "").toLowerCase();
      const digest = createHash(name).update(message).digest("hex");
      return [{ id: "one", scheme: scheme!, digest, message: Buffer.from(message).toString("base64") }];
    },
  });
}

function opensslVerifies(key: string, message: Uint8Array, value: string, digest: string, more: readonly string[]) {
  writeFileSync(join(folder, "message"), message);
  writeFileSync(join(folder, "value"), Buffer.from(value, "base64"));
  writeFileSync(join(folder, "public.pem"), openssl("x509", "-in", `${key}.pem`, "-noout", "-pubkey"));
  const files = ["-pubin", "-inkey", "public.pem", "-sigfile", "value", "-in", "message"];
  const hashed = digest === "raw" ? ["-rawin"] : ["-rawin", "-digest", digest];
  return openssl("pkeyutl", "-verify", ...files, ...hashed, ...more)
    .toString()
    .trim();
}

const pss = (salt: number) => ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", `rsa_pss_saltlen:${salt}`];

describe("signing", () => {
  test.each([
    ["rsa", "rsa", "sha256", []],
    ["p256", "p256", "sha256", []],
    ["p384", "p384", "sha384", []],
    ["p521", "p521", "sha512", []],
    ["bp256", "bp256", "sha256", []],
    ["bp384", "bp384", "sha384", []],
    ["bp512", "bp512", "sha512", []],
    ["ed25519", "ed25519", "raw", []],
    ["pss", "pss", "sha256", pss(32)],
    ["pss384", "pss384", "sha384", pss(48)],
    ["legacy", "rsa", "sha256", []],
    ["legacy-ec", "p256", "sha256", []],
  ])("with the file %s gives a value that openssl verifies", async (file, key, digest, more) => {
    const message = randomBytes(100);
    const outcome = await sign(file, message);
    expect(outcome.failure).toBeNull();
    const verdict = opensslVerifies(key, message, outcome.values[0]!.value, digest, more);
    expect(verdict).toBe("Signature Verified Successfully");
    expect(outcome.signers[0]?.chain).toHaveLength(3);
  });

  test.each([
    ["rsa", { digest: "SHA-512", pss: false }, "sha512", []],
    ["rsa", { digest: "SHA-384", pss: true }, "sha384", pss(48)],
    ["p256", { digest: "SHA-512", pss: false }, "sha512", []],
    ["bp512", { digest: "SHA-256", pss: false }, "sha256", []],
  ] as const)("%s signs as it was chosen: %o", async (file, choice, digest, more) => {
    const message = randomBytes(100);
    const outcome = await sign(file, message, Date.now(), choice);
    expect(outcome.failure).toBeNull();
    const verdict = opensslVerifies(file, message, outcome.values[0]!.value, digest, more);
    expect(verdict).toBe("Signature Verified Successfully");
  });

  test.each([
    ["ed25519", { digest: "SHA-256", pss: false }],
    ["ed25519", { digest: null, pss: true }],
    ["p256", { digest: null, pss: true }],
    ["pss384", { digest: "SHA-256", pss: false }],
  ] as const)("%s says that it cannot sign as it was chosen: %o", async (file, choice) => {
    const outcome = await sign(file, randomBytes(1), Date.now(), choice);
    expect(outcome.failure).toEqual({ code: "certificate.scheme-unavailable" });
  });

  test("a run that an earlier version began is finished: it stored a SHA-256 digest and no more", async () => {
    const message = randomBytes(100);
    const sha256 = createHash("sha256").update(message).digest("hex");
    const chain = ["p384", "issuing", "root"].map((name) =>
      openssl("x509", "-in", `${name}.pem`, "-outform", "DER").toString("base64"),
    );
    const state = { step: "sign", chain, digests: [{ id: "one", sha256 }] };
    const outcome = await driveFlow({ provider: () => provider("p384"), state, clock: { time: Date.now() } });
    expect(outcome.failure).toBeNull();
    const verdict = opensslVerifies("p384", message, outcome.values[0]!.value, "sha256", []);
    expect(verdict).toBe("Signature Verified Successfully");
  });

  test("the certificates come in order and byte for byte as openssl wrote them", async () => {
    const outcome = await sign("rsa", randomBytes(10));
    const expected = ["rsa", "issuing", "root"].map((name) =>
      openssl("x509", "-in", `${name}.pem`, "-outform", "DER").toString("base64"),
    );
    expect(outcome.signers[0]?.chain).toEqual(expected);
  });

  test("several documents are signed in one go, whatever was left out in between", async () => {
    const outcome = await driveFlow({
      provider: () => provider("rsa"),
      state: provider("rsa").begin(order("a", "b", "c")),
      clock: { time: Date.now() },
      digests: (ids) => ids.filter((id) => id !== "b").map((id) => ({ id, sha256: digestOf(id) })),
    });
    expect(outcome.values.map(({ id }) => id)).toEqual(["a", "c"]);
  });

  test("no state holds the key or the password", async () => {
    const states: string[] = [];
    await driveFlow({
      provider: () => provider("p256"),
      state: provider("p256").begin(order("a")),
      clock: { time: Date.now() },
      onStep: ({ state }) => states.push(JSON.stringify(state)),
    });
    expect(states.join()).not.toContain(PASSWORD);
    const scalar = /priv:\s*([0-9a-f:\s]+)/u.exec(
      openssl("pkey", "-in", "p256.key", "-noout", "-text").toString(),
    )?.[1];
    const raw = Buffer.from(scalar!.replaceAll(/[^0-9a-f]/gu, ""), "hex");
    expect(states.join()).not.toContain(raw.toString("base64").slice(2, -4));
    expect(states.join()).not.toContain(raw.toString("hex").slice(-40));
  });
});

describe("refusals", () => {
  test("wrong password, broken file and missing key are told apart", () => {
    expect(openPkcs12(read("rsa.p12"), "wrong")).toEqual({
      ok: false,
      failure: { code: "certificate.wrong-password" },
    });
    expect(openPkcs12(read("legacy.p12"), "wrong")).toMatchObject({ failure: { code: "certificate.wrong-password" } });
    expect(openPkcs12(read("accents.p12"), "password")).toMatchObject({
      failure: { code: "certificate.wrong-password" },
    });
    expect(openPkcs12(read("no-key.p12"), PASSWORD)).toEqual({ ok: false, failure: { code: "certificate.no-key" } });
    const whole = read("rsa.p12");
    for (const broken of [
      new Uint8Array(),
      whole.subarray(0, 500),
      randomBytes(2_000),
      read("rsa.pem"),
      read("root.key"),
    ]) {
      expect(openPkcs12(broken, PASSWORD)).toEqual({ ok: false, failure: { code: "certificate.broken-file" } });
    }
    expect(openPkcs12(new Uint8Array(2 * 1024 * 1024), PASSWORD)).toMatchObject({ ok: false });
  });

  test("every single changed byte of a file is a failure or harmless, never an exception", () => {
    const whole = read("p256.p12");
    for (let at = 0; at < whole.length; at += 37) {
      const changed = new Uint8Array(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const outcome = openPkcs12(changed, PASSWORD);
      expect(outcome.ok || outcome.failure.code.startsWith("certificate.")).toBe(true);
    }
  });

  test("a file that asks for more than a million iterations is refused without trying", () => {
    exportFile("slow", "rsa", "-iter", "32769");
    // DER of 32,769 and of 8,388,607; without the limit, the integrity check would say "wrong password" much later.
    const hex = Buffer.from(read("slow.p12")).toString("hex");
    expect(hex).toContain("0203008001");
    const slow = Buffer.from(hex.replaceAll("0203008001", "02037fffff"), "hex");
    expect(openPkcs12(slow, PASSWORD)).toEqual({ ok: false, failure: { code: "certificate.broken-file" } });
  });

  test("a password with accents and the euro sign opens, an empty one too", () => {
    const accents = openPkcs12(read("accents.p12"), "pässwörd €");
    expect(accents.ok && subjectName(accents.value.chain[0]!)).toBe("rsa");
    expect(openPkcs12(read("empty.p12"), "").ok).toBe(true);
  });

  test("keys of a kind that nobody expects in a signature are named as unsupported", async () => {
    for (const file of ["ed448", "secp256k1"]) {
      expect((await sign(file, randomBytes(1))).failure?.code).toBe("certificate.unsupported-key");
    }
  });

  test("a key that the table of dates calls too weak does not sign, and says why", async () => {
    // ETSI TS 119 312: RSA below 1900 bits ended with 2019, below 3000 bits it ends with 2028.
    const weak = { code: "certificate.weak-algorithm", params: { algorithm: "RSA 1024" } };
    expect((await sign("weak", randomBytes(1))).failure).toEqual(weak);
  });

  test("an expired certificate does not sign, one not yet valid neither", async () => {
    const day = 86_400_000;
    expect((await sign("rsa", randomBytes(1), Date.now() + 3 * day)).failure?.code).toBe("certificate.expired");
    expect((await sign("rsa", randomBytes(1), Date.now() - day)).failure).toMatchObject({
      code: "provider.certificate-invalid",
      params: { reason: "not-yet-valid" },
    });
  });

  test("a file that was replaced between preparing and signing is noticed", async () => {
    let file = "rsa";
    const outcome = await driveFlow({
      provider: () => provider(file),
      state: provider(file).begin(order("a")),
      clock: { time: Date.now() },
      onStep: ({ kind }) => {
        file = kind === "need-digests" ? "p256" : file;
      },
    });
    expect(outcome.failure).toEqual({ code: "provider.certificate-invalid", params: { reason: "changed" } });
  });

  test("a password that the person does not give ends the run with that failure; cancelling too", async () => {
    const identity = lendPkcs12({
      file: () => Promise.resolve({ ok: true, value: read("rsa.p12") }),
      password: () => Promise.resolve({ ok: false, failure: { code: "provider.no-credentials" } }),
    });
    const one = createCertificateProvider({ identity });
    const context = { signal: new AbortController().signal, now: () => Date.now() };
    const step = await one.advance(one.begin(order("a")), { kind: "go" }, context);
    expect(step).toMatchObject({ kind: "failed", failure: { code: "provider.no-credentials" } });
    const cancelled = await one.advance(one.begin(order("a")), { kind: "cancel" }, context);
    expect(cancelled).toMatchObject({ kind: "failed", failure: { code: "provider.cancelled" } });
  });
});
