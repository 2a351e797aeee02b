import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { generateEcKeyPair, verifySignature } from "../../../../../electron/pki/algorithms.ts";
import type { PrivateKey } from "../../../../../electron/pki/algorithms.ts";
import { parseCertificate } from "../../../../../electron/pki/certificate.ts";
import { encodePem } from "../../../../../electron/pki/pem.ts";
import { sealFromPem } from "../../../../../electron/services/signing/evidence/organisation-seal.ts";
import { issue } from "../../../../attacks/test-authority.ts";
import type { Identity } from "../../../../attacks/test-authority.ts";

let key: PrivateKey;
let identity: Identity;
beforeAll(async () => {
  key = await generateEcKeyPair("P-256");
  identity = await issue({ subject: "Provbolaget AB", key });
});
const chainPem = (): string => encodePem("CERTIFICATE", identity.certificate);
const keyPem = (of = key): string => encodePem("PRIVATE KEY", of.exportPkcs8());

describe("a seal from PEM text", () => {
  test("has the organisation's name and signs with its key", async () => {
    const seal = sealFromPem({ chainPem: chainPem(), keyPem: keyPem() });
    if (!seal.ok) {
      throw new Error(seal.failure.code);
    }
    const [scheme] = seal.value.schemes;
    const message = new TextEncoder().encode("signed attributes");
    const value = await seal.value.sign(scheme!, message);
    expect(seal.value.organisation).toBe("Provbolaget AB");
    expect(scheme).toEqual({ kind: "ecdsa", digest: "SHA-256", format: "der" });
    const { spki } = parseCertificate(identity.certificate);
    const signed = value.ok ? value.value : new Uint8Array();
    expect(verifySignature(spki, scheme!, { kind: "data", bytes: message }, signed)).toBe("valid");
  });

  test("shows nobody the key", () => {
    const seal = sealFromPem({ chainPem: chainPem(), keyPem: keyPem() });
    const shown = inspect(seal, { depth: 9, showHidden: true, maxArrayLength: null });
    const secret = Buffer.from(key.exportPkcs8()).toString("hex").slice(72, 136);
    expect(shown).toContain("Provbolaget AB");
    expect(shown.replaceAll(/[\s<>]|Buffer|Uint8Array/gu, "")).not.toContain(secret);
  });

  test.each<
    readonly [string, string, () => Parameters<typeof sealFromPem>[0] | Promise<Parameters<typeof sealFromPem>[0]>]
  >([
    ["without a key", "certificate.no-key", () => ({ chainPem: chainPem(), keyPem: "" })],
    ["without a certificate", "certificate.no-key", () => ({ chainPem: "", keyPem: keyPem() })],
    [
      "with somebody else's key",
      "certificate.no-key",
      async () => ({ chainPem: chainPem(), keyPem: keyPem(await generateEcKeyPair("P-256")) }),
    ],
    [
      "with a key that is none",
      "certificate.broken-file",
      () => ({ chainPem: chainPem(), keyPem: encodePem("PRIVATE KEY", Uint8Array.of(1, 2, 3)) }),
    ],
  ])("%s is none (%s)", async (_title, code, pem) => {
    expect(sealFromPem(await pem())).toMatchObject({ ok: false, failure: { code } });
  });
});
