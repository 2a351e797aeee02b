import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { idnowSettings, sourceFile } from "../cli/profile-files.ts";
import { folderForTest, runCli, writePdfs } from "../cli/run-cli.ts";
import type { CliOptions } from "../cli/run-cli.ts";
import { startSandboxChild } from "../cli/sandbox-child.ts";
import type { SandboxChild } from "../cli/sandbox-child.ts";
import { makeCertificateFile } from "../services/certificate-files.ts";

/** Set by the test runner, which opens a D-Bus session with an empty, unlocked keychain for all integration tests. */
const hasKeychain = process.env["SEALDESK_TEST_KEYRING"] === "unlocked";

let sandbox: SandboxChild;
beforeAll(async () => {
  sandbox = await startSandboxChild();
});
afterAll(() => sandbox.stop());

test.skipIf(!hasKeychain)(
  "what a command is given as a secret is neither printed nor written, whether it works or fails (skipped without a keychain)",
  async () => {
    const [data, work] = [await folderForTest(), await folderForTest()];
    await writePdfs(work, ["a.pdf"]);
    const search = new SecretSearch();
    const look = async (args: readonly string[], env: CliOptions["env"] = {}): Promise<number | null> => {
      const { status, stdout, stderr } = await runCli(args, { data, cwd: work, env });
      search.look(`stdout of ${args.slice(0, 2).join(" ")}`, stdout);
      search.look(`stderr of ${args.slice(0, 2).join(" ")}`, stderr);
      search.lookAtFolder("data folder", data, (name) => name.startsWith("given"));
      search.lookAtFolder("documents", work);
      return status;
    };
    const plant = (name: string): string => {
      const secret = `pl4nt-${name}-"+/%&<${randomBytes(6).toString("hex")}`;
      search.plant(name, secret);
      return secret;
    };
    const passwords = {
      p12: plant("certificate"),
      wrong: plant("wrong"),
      idnow: plant("idnow"),
      relay: plant("relay"),
    };

    // A certificate in a file: the wrong password, then the right one.
    const certificate = makeCertificateFile(await folderForTest(), "Petra Planted", passwords.p12);
    const sign = ["sign", "--provider", "certificate", "--p12", certificate.path, "--password-env", "WORD", "a.pdf"];
    expect(await look(sign, { WORD: passwords.wrong })).toBe(1);
    expect(await look(sign, { WORD: passwords.p12 })).toBe(0);

    // A profile with secrets from files: added, tested (refused by the account), exported, used, removed.
    const given = await folderForTest();
    for (const name of ["idnow", "relay"] as const) await writeFile(join(given, name), passwords[name]);
    const settings = { ...idnowSettings(sandbox), relayHeader: { name: "X-Planted-Key" } };
    const from = await sourceFile(given, { provider: "idnow", name: "Planted", settings });
    const files = [
      "--secret-file",
      `password=${join(given, "idnow")}`,
      "--secret-file",
      `relayHeader.secret=${join(given, "relay")}`,
    ];
    expect(await look(["profile", "add", "--environment", "test", "--from", from, ...files])).toBe(0);
    expect(await look(["profile", "test", "Planted"])).toBe(1);
    expect(await look(["profile", "export", "Planted"])).toBe(0);
    expect(await look(["profile", "list", "--json"])).toBe(0);
    expect(await readFile(join(data, "profiles.json"), "utf8")).toContain("X-Planted-Key");
    await look(["audit", "export"]);
    await look(["audit", "verify"]);
    expect(await look(["profile", "remove", "Planted"])).toBe(0);
    expect(search.report()).toEqual([]);
  },
  180_000,
);
