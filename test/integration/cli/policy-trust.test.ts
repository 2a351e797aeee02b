import { chmod, copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, folderForTest, runCli, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

describe("whom the administrator trusts", () => {
  let sandbox: SandboxChild;
  let signed = "";
  beforeAll(async () => {
    sandbox = await startSandboxChild();
    const folder = join(sandbox.data, "signed");
    await mkdir(folder);
    await writePdfs(folder, ["a.pdf"]);
    const command = ["sign", "--provider", "itsme", "--profile", "sandbox", "--auto-approve", "a.pdf"];
    const made = await runCli(command, { data: sandbox.data, cwd: folder });
    if (made.status !== 0) throw new Error(made.stderr);
    signed = join(folder, "a-signed.pdf");
  }, 60_000);
  afterAll(() => sandbox.stop());

  /** Runs a command on a computer with this policy. */
  const under = async (policy: object | string, ...args: readonly string[]): Promise<CliResult> => {
    const [data, file] = [await folderForTest(), join(await folderForTest(), "policy.json")];
    await writeFile(file, typeof policy === "string" ? policy : JSON.stringify({ version: 1, ...policy }));
    await chmod(file, 0o644);
    return runCli(args, { data, env: { SEALDESK_POLICY: file } });
  };
  /** The practice root as an administrator's file, which others may not write to. */
  const anchorFile = async (mode = 0o644): Promise<string> => {
    const file = join(await folderForTest(), "company.pem");
    await copyFile(sandbox.root, file);
    await chmod(file, mode);
    return file;
  };
  const verify = (...more: readonly string[]): readonly string[] => ["verify", "--json", "--offline", ...more, signed];

  test("verify trusts the authorities of the policy without being told", async () => {
    expect((await under({}, ...verify())).lines()).toMatchObject([{ verdict: "INDETERMINATE" }]);
    const trusted = await under({ trustAnchors: [await anchorFile()] }, ...verify());
    expect(trusted.lines()).toMatchObject([{ verdict: "TOTAL-PASSED" }]);
    expect(trusted.status).toBe(0);
  }, 60_000);

  test("somebody's own authorities are refused where the policy alone says whom to trust", async () => {
    const policy = { trustAnchors: [await anchorFile()], ownAuthorities: false };
    for (const option of ["--trust", "--bankid-root"]) {
      const own = await under(policy, ...verify(option, sandbox.root));
      expect([own.status, own.stdout]).toEqual([1, ""]);
      expect(own.stderr).toBe(
        `sealdesk: ${option}: This setting cannot be changed. It is set by your administrator. Ask your administrator when it should be another.\n`,
      );
    }
    expect((await under(policy, ...verify())).lines()).toMatchObject([{ verdict: "TOTAL-PASSED" }]);
    const command = ["extend", "--level", "t", "--tsa", "https://tsa.example/", "--trust", sandbox.root, signed];
    expect((await under(policy, ...command)).stderr).toContain("--trust: This setting cannot be changed.");
  }, 60_000);

  test("where practice is forbidden a practice root makes nothing valid", async () => {
    const own = await under({ practice: false }, ...verify("--trust", sandbox.root));
    expect([own.status, own.stdout]).toEqual([1, ""]);
    expect(own.stderr).toContain("--trust: Practice mode may not be used on this computer.");
    expect((await under({ practice: false }, ...verify())).lines()).toMatchObject([{ verdict: "INDETERMINATE" }]);
  }, 60_000);

  test.skipIf(process.platform === "win32")(
    "an authority's file that ordinary users can write to is nobody's word: nothing is trusted by it, and nothing signed",
    async () => {
      const file = await anchorFile(0o666);
      const judged = await under({ trustAnchors: [file] }, ...verify());
      expect(judged.lines()).toMatchObject([{ verdict: "INDETERMINATE" }]);
      expect(judged.stderr).toContain("There is a policy on this computer that cannot be understood");
      const checked = await under({ trustAnchors: [file] }, "policy", "check");
      expect(checked.status).toBe(1);
      expect(checked.stdout).toContain(
        `line 1, trustAnchors[0]: no certificates can be read from ${file}: the file can be written to by others than its owner (chmod go-w)`,
      );
    },
    60_000,
  );

  test("extend obeys the policy: level, timestamp service, practice, place", async () => {
    const tsa = sandbox.description.baseUrls["tsa"] ?? "";
    const anchor = await anchorFile();
    const extend = async (policy: object | string, ...more: readonly string[]): Promise<CliResult> => {
      const file = join(await folderForTest(), "a-signed.pdf");
      await copyFile(signed, file);
      return under(policy, "extend", "--json", "--level", "lta", ...more, file);
    };
    const other = await extend({ timestampUrl: tsa }, "--tsa", "https://other.example/");
    expect([other.status, other.stderr]).toEqual([
      1,
      expect.stringContaining("--tsa: This setting cannot be changed."),
    ]);
    const level = await extend({ levels: ["B-B", "B-T"] }, "--tsa", tsa);
    expect(level.stderr).toContain("The level B-LTA may not be used on this computer.");
    const practised = await extend({ practice: false }, "--profile", "sandbox");
    expect(practised.stderr).toContain("Practice mode may not be used on this computer.");
    const unknown = await extend('{"version": 1, "levles": []}', "--tsa", tsa);
    expect(unknown.stderr).toContain("Nothing can be signed on this computer for now.");
    const beside = await extend({ output: { besideOriginal: false } }, "--tsa", tsa);
    expect(beside.lines().map(codeOf)).toEqual(["policy.output"]);

    const results = await folderForTest();
    const policy = { timestampUrl: tsa, trustAnchors: [anchor], output: { folder: results }, ownAuthorities: false };
    const done = await extend(policy);
    expect(done.lines()).toMatchObject([{ level: "B-LTA", error: null }]);
    expect(await readdir(results)).toHaveLength(1);
  }, 120_000);

  test("policy check says whose authorities count", async () => {
    const file = await anchorFile();
    const policy = { trustAnchors: [file], bankidRoots: [file], ownAuthorities: false };
    const checked = await under(policy, "policy", "check");
    expect(checked.stdout).toContain(`Trusted authorities: nobody's own, and those in ${file}.`);
    expect(checked.stdout).toContain(`BankID's roots: nobody's own, and those in ${file}.`);
    expect((await under({}, "policy", "check")).stdout).toContain("BankID's roots: everybody's own.");
  });
});
