import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSoftHsm, PIN, softhsmModule, softhsmSkipped } from "../providers/certificate/softhsm-fixture.ts";
import type { SoftHsm } from "../providers/certificate/softhsm-fixture.ts";
import { codeOf, folderForTest, runCli, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";

describe.skipIf(softhsmModule === null)(`sealdesk sign with a token${softhsmSkipped}`, () => {
  let hsm: SoftHsm;
  beforeAll(() => {
    hsm = makeSoftHsm(softhsmModule!);
  });
  afterAll(() => hsm.close());

  const run = (cwd: string, ...args: readonly string[]): Promise<CliResult> =>
    runCli(args, { data: join(cwd, "data"), cwd, env: { ...hsm.environment, CARD_PIN: PIN, OTHER_PIN: "9999" } });
  const sign = (cwd: string, ...args: readonly string[]): Promise<CliResult> =>
    run(cwd, "sign", "--json", "--provider", "certificate", "--pkcs11", hsm.module, ...args);

  test("signs several files with one PIN, and the result is valid for whoever trusts the root", async () => {
    const cwd = await folderForTest();
    await writePdfs(cwd, ["a.pdf", "b.pdf"]);
    const chosen = ["--token", "Karin", "--certificate", "p384", "--pin-env", "CARD_PIN", "--trust", hsm.rootPem];
    const signed = await sign(cwd, ...chosen, "a.pdf", "b.pdf");
    expect(signed.status).toBe(0);
    const outputs = signed.lines().map(({ output }) => output ?? "");
    const verified = await run(cwd, "verify", "--json", "--trust", hsm.rootPem, ...outputs);
    expect(verified.status).toBe(0);
    expect(verified.lines().map(({ verdict }) => verdict)).toEqual(["TOTAL-PASSED", "TOTAL-PASSED"]);
    expect(verified.lines()[0]?.signatures[0]).toMatchObject({ signer: "Card p384", level: "B-B" });
  });

  test("a wrong PIN is tried once, and costs one attempt for all the files", async () => {
    const cwd = await folderForTest();
    await writePdfs(cwd, ["a.pdf", "b.pdf"]);
    const result = await sign(cwd, "--certificate", "rsa", "--pin-env", "OTHER_PIN", "a.pdf", "b.pdf");
    expect(result.status).toBe(1);
    // SoftHSM flags the count as low from the first wrong PIN.
    expect(result.lines().map(codeOf)).toEqual(["token.pin-wrong-few-left", "token.pin-wrong-few-left"]);
    expect(result.stdout + result.stderr).not.toContain("9999");
  });

  test.each([
    [["--certificate", "rsa"], "token.pin-cancelled"],
    [["--pin-env", "CARD_PIN"], "token.certificate-ambiguous"],
    [["--pin-env", "CARD_PIN", "--certificate", "nobody"], "token.certificate-not-found"],
    [["--pin-env", "CARD_PIN", "--token", "Other"], "token.not-found"],
    [["--pin-env", "CARD_PIN", "--certificate", "ed25519", "--digest", "sha256"], "certificate.scheme-unavailable"],
  ] as const)("%o: %s", async (args, code) => {
    const cwd = await folderForTest();
    await writePdfs(cwd, ["a.pdf"]);
    const result = await sign(cwd, ...args, "a.pdf");
    expect([result.status, result.lines().map(codeOf)]).toEqual([1, [code]]);
  });

  test("what does not go together is a usage error", async () => {
    const cwd = await folderForTest();
    await writePdfs(cwd, ["a.pdf"]);
    for (const args of [
      ["--p12", "x.p12"],
      ["--pin-env", "NOT_THERE"],
      ["--digest", "md5"],
    ]) {
      expect((await sign(cwd, ...args, "a.pdf")).status).toBe(2);
    }
    const itsme = await run(cwd, "sign", "--provider", "itsme", "--profile", "sandbox", "--pss", "a.pdf");
    expect(itsme.status).toBe(2);
  });

  test("sealdesk tokens shows token and certificates without a PIN; exit status 1 when there are none", async () => {
    const cwd = await folderForTest();
    const shown = await run(cwd, "tokens", "--pkcs11", hsm.module);
    expect(shown.status).toBe(0);
    expect(shown.stdout).toContain("Karin (serial number ");
    expect(shown.stdout).toContain("  03  p384  Card p384, ECDSA P-384, until ");
    const [line] = (await run(cwd, "tokens", "--json", "--pkcs11", hsm.module)).lines();
    expect(line).toMatchObject({ label: "Karin", pin: "asked", pinState: "good" });
    const none = await run(cwd, "tokens", "--pkcs11", join(hsm.folder, "root.pem"));
    expect([none.status, none.stdout]).toEqual([1, ""]);
    expect(none.stderr).toContain("The card's software cannot be used.");
  });
});
