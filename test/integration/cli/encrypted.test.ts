import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasTool } from "../../interop/pades/run-tool.ts";
import { encryptWithQpdf, KINDS } from "../../unit/pdf/encryption/encrypted-files.ts";
import { codeOf, folderForTest, runCli, writePdfs } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

const itsme = ["--provider", "itsme", "--profile", "sandbox", "--auto-approve", "--json"];
const withPassword = ["--document-password-env", "DOCUMENT_PASSWORD"];
const PASSWORD = "s\u00E9cret \u2013 32";

/** A folder with "contract.pdf", encrypted. */
async function encryptedContract(user: string, further: readonly string[] = []): Promise<string> {
  const folder = await folderForTest();
  await writePdfs(folder, ["plain.pdf"]);
  const kind = { ...KINDS.find(({ title }) => title === "AES-256")!, options: ["256", ...further] };
  encryptWithQpdf(join(folder, "plain.pdf"), join(folder, "contract.pdf"), kind, { user, owner: "owner" });
  return folder;
}

describe.skipIf(!hasTool("qpdf"))("encrypted documents on the command line (skipped without qpdf)", () => {
  let sandbox: SandboxChild;
  beforeAll(async () => {
    sandbox = await startSandboxChild();
  });
  afterAll(() => sandbox.stop());
  const run = (args: readonly string[], folder: string, password = PASSWORD) =>
    runCli(args, { data: sandbox.data, cwd: folder, env: { DOCUMENT_PASSWORD: password } });

  test.each(["b", "lta"])("are signed to level %s and verified with their password", async (level) => {
    const folder = await encryptedContract(PASSWORD);
    const signed = await run(["sign", ...itsme, ...withPassword, "--level", level, "contract.pdf"], folder);
    expect(signed.lines()).toMatchObject([{ error: null, level: `B-${level.toUpperCase()}` }]);
    const verified = await run(
      ["verify", "--json", ...withPassword, "--trust", sandbox.root, "contract-signed.pdf"],
      folder,
    );
    expect(verified.lines()).toMatchObject([{ verdict: "TOTAL-PASSED" }]);
    expect(verified.status).toBe(0);
    expect(signed.stdout + signed.stderr + verified.stdout + verified.stderr).not.toContain(PASSWORD);
    expect((await readFile(join(folder, "contract-signed.pdf"))).includes(PASSWORD)).toBe(false);
  });

  test("are extended with their password", async () => {
    const folder = await encryptedContract(PASSWORD);
    await run(["sign", ...itsme, ...withPassword, "--level", "t", "contract.pdf"], folder);
    const extend = ["extend", "--json", "--profile", "sandbox", "--level", "lta", "--trust", sandbox.root];
    const extended = await run([...extend, ...withPassword, "contract-signed.pdf"], folder);
    expect(extended.lines()).toMatchObject([{ error: null, level: "B-LTA" }]);
    const refused = await run([...extend, "contract-signed.pdf"], folder);
    expect(refused.lines().map(codeOf)).toEqual(["document.encrypted"]);
  });

  test("that open without a password need none", async () => {
    const folder = await encryptedContract("");
    const signed = await run(["sign", ...itsme, "--level", "lta", "contract.pdf"], folder);
    expect(signed.lines()).toMatchObject([{ error: null, level: "B-LTA" }]);
    const verified = await run(["verify", "--json", "--trust", sandbox.root, "contract-signed.pdf"], folder);
    expect(verified.lines()).toMatchObject([{ verdict: "TOTAL-PASSED" }]);
  });

  test("are refused without the right password, or without permission, before anybody is asked", async () => {
    const locked = await encryptedContract(PASSWORD);
    const none = await run(["sign", ...itsme, "contract.pdf"], locked);
    const wrong = await run(["sign", ...itsme, ...withPassword, "contract.pdf"], locked, "wrong");
    const verified = await run(["verify", "--json", ...withPassword, "contract.pdf"], locked, "wrong");
    expect([none, wrong].map(({ status }) => status)).toEqual([1, 1]);
    expect([...none.lines(), ...wrong.lines()].map(codeOf)).toEqual(["document.encrypted", "document.encrypted"]);
    expect(verified.lines()).toMatchObject([{ verdict: "UNREADABLE", reasons: [{ code: "document.encrypted" }] }]);
    const restricted = await encryptedContract("", ["--modify=none"]);
    const refused = await run(["sign", ...itsme, "contract.pdf"], restricted);
    expect(refused.lines().map(codeOf)).toEqual(["document.signing-not-permitted"]);
    const owner = await run(["sign", ...itsme, ...withPassword, "--level", "b", "contract.pdf"], restricted, "owner");
    expect(owner.lines()).toMatchObject([{ error: null, level: "B-B" }]);
  });

  test("an environment variable that is not there is a usage error", async () => {
    const folder = await folderForTest();
    for (const command of [["sign", ...itsme], ["verify"], ["extend", "--profile", "sandbox", "--level", "lt"]]) {
      const result = await run([...command, "--document-password-env", "NOT_THERE", "x.pdf"], folder);
      expect(result.status).toBe(2);
      expect(result.stderr).toContain("NOT_THERE");
    }
  });
});
