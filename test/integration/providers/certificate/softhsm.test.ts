import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjectName } from "../../../../electron/pki/certificate.ts";
import { documentDigestOf } from "../../../../electron/pki/signing-schemes.ts";
import type { SchemeChoice } from "../../../../electron/pki/signing-schemes.ts";
import { createCertificateProvider } from "../../../../electron/providers/certificate/create-certificate-provider.ts";
import { lendToken } from "../../../../electron/providers/certificate/tokens/lend-token.ts";
import { listTokens } from "../../../../electron/providers/certificate/tokens/list-tokens.ts";
import type { FlowStep, SigningProvider } from "../../../../electron/providers/provider.ts";
import { success } from "../../../../shared/result.ts";
import { driveFlow } from "../../../unit/providers/itsme/drive-flow.ts";
import { makeSoftHsm, PIN, softhsmModule, softhsmSkipped, TOKEN_KEYS } from "./softhsm-fixture.ts";
import type { SoftHsm } from "./softhsm-fixture.ts";

const MESSAGE = randomBytes(100);
const pss = (salt: number) => ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", `rsa_pss_saltlen:${salt}`];

describe.skipIf(softhsmModule === null)(`a software token${softhsmSkipped}`, () => {
  let hsm: SoftHsm;

  beforeAll(() => {
    hsm = makeSoftHsm(softhsmModule!);
    process.env["SOFTHSM2_CONF"] = hsm.environment.SOFTHSM2_CONF;
  });
  afterAll(() => hsm.close());

  const provider = (certificate: string | null, choice?: SchemeChoice): SigningProvider =>
    createCertificateProvider({
      identity: lendToken({ module: hsm.module, token: "Karin", certificate, pin: async () => success(PIN) }),
      ...(choice === undefined ? {} : { choice }),
    });

  function sign(one: () => SigningProvider, onStep?: (step: FlowStep) => void) {
    const order = { documents: [{ id: "a", name: "a.pdf" }], language: "EN", description: null, policy: null } as const;
    return driveFlow({
      provider: one,
      state: one().begin({ ...order, commitmentType: null, signerRole: null, knownPerson: null }),
      clock: { time: Date.now() },
      ...(onStep === undefined ? {} : { onStep }),
      toSign: (_, { schemes: [scheme] }) => {
        const name = documentDigestOf(scheme!)!.replace("-", "").toLowerCase();
        const digest = createHash(name).update(MESSAGE).digest("hex");
        return [{ id: "a", scheme: scheme!, digest, message: MESSAGE.toString("base64") }];
      },
    });
  }

  function opensslSays(label: string, value: string, digest: string | null, more: readonly string[]): string {
    writeFileSync(join(hsm.folder, "message"), MESSAGE);
    writeFileSync(join(hsm.folder, "value"), Buffer.from(value, "base64"));
    const key = ["-certin", "-inkey", `${label}.pem`, "-sigfile", "value", "-in", "message", "-rawin"];
    const hashed = digest === null ? [] : ["-digest", digest];
    return execFileSync("openssl", ["pkeyutl", "-verify", ...key, ...hashed, ...more], { cwd: hsm.folder })
      .toString()
      .trim();
  }

  test.each([
    ["rsa", undefined, "sha256", []],
    ["rsa", { digest: "SHA-512", pss: false }, "sha512", []],
    ["rsa", { digest: "SHA-384", pss: true }, "sha384", pss(48)],
    ["p256", undefined, "sha256", []],
    ["p384", undefined, "sha384", []],
    ["p521", undefined, "sha512", []],
    ["bp256", undefined, "sha256", []],
    ["ed25519", undefined, null, []],
  ] as const)("signs with its key %s (%o) what openssl verifies", async (label, choice, digest, more) => {
    const outcome = await sign(() => provider(label, choice));
    expect(outcome.failure).toBeNull();
    const value = outcome.values[0]?.value ?? "";
    expect(opensslSays(label, value, digest, more)).toBe("Signature Verified Successfully");
    // The issuing CA is on the token, the root is not.
    expect(outcome.signers[0]?.chain).toHaveLength(2);
  });

  test("shows its certificates without the PIN, by the ids that they were stored under", async () => {
    const [listing] = await listTokens([hsm.module]);
    const [token, ...others] = listing!.tokens;
    expect(others).toEqual([]);
    expect(token).toMatchObject({ label: "Karin", manufacturer: "SoftHSM project", pin: "asked", pinState: "good" });
    const shown = token!.certificates.map(({ id, label, certificate }) => `${id} ${label} ${subjectName(certificate)}`);
    const stored = Object.entries(TOKEN_KEYS).map(([id, { label }]) => `${id} ${label} Card ${label}`);
    expect(new Set(shown)).toEqual(new Set([...stored, "f0 issuing Card issuing"]));
  });

  test("is asked by id, label or name; an unknown one and no choice among many are refused", async () => {
    for (const name of ["02", "p256", "Card p256"]) {
      expect((await sign(() => provider(name))).failure).toBeNull();
    }
    expect((await sign(() => provider("nobody"))).failure?.code).toBe("token.certificate-not-found");
    // The CA's certificate is there, its key is not.
    expect((await sign(() => provider("issuing"))).failure?.code).toBe("provider.certificate-invalid");
    expect((await sign(() => provider(null))).failure?.code).toBe("token.certificate-ambiguous");
  });

  test("no state of a run holds the PIN", async () => {
    const states: string[] = [];
    await sign(
      () => provider("p256"),
      ({ state }) => states.push(JSON.stringify(state)),
    );
    expect(states.length).toBeGreaterThan(3);
    expect(states.join("\n")).not.toContain(PIN);
    expect(states.join("\n")).not.toContain(Buffer.from(PIN).toString("base64"));
  });

  test("leaves the program free to do other things while it signs", async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    await sign(() => provider("rsa"));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });

  test("that disappears between preparing and signing is missed, and named", async () => {
    const outcome = await sign(
      () => provider("p256"),
      ({ kind }) => {
        if (kind === "need-digests") {
          hsm.remove();
        }
      },
    );
    expect(outcome.failure).toEqual({ code: "token.not-found" });
  });
});
