import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SignatureReport } from "../../../shared/verification.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { folderForTest, MAIN, runCli, writePdfs } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

const itsme = ["--provider", "itsme", "--profile", "sandbox", "--auto-approve"];
const corpus = join(import.meta.dirname, "../../../../shared/corpus");

describe("sealdesk verify", () => {
  let sandbox: SandboxChild;
  let signed: Buffer;

  beforeAll(async () => {
    sandbox = await startSandboxChild();
    await writePdfs(sandbox.data, ["contract.pdf"]);
    await runCli(["sign", ...itsme, join(sandbox.data, "contract.pdf")], { data: sandbox.data });
    signed = await readFile(join(sandbox.data, "contract-signed.pdf"));
  });
  afterAll(() => sandbox.stop());

  test("prints one JSON object a line with the fixed keys, in the order of the input, and status 1 for a mixture", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "2 signed.pdf"), signed);
    await writeFile(join(folder, "1 plain.pdf"), makePdf());
    await writeFile(join(folder, "3 broken.pdf"), "nothing of a PDF");
    await mkdir(join(folder, "sub"));
    await writeFile(join(folder, "sub", "empty.PDF"), "");
    await symlink("nowhere.pdf", join(folder, "4 link.pdf"));
    const result = await runCli(
      ["verify", "--json", "--trust", sandbox.root, join(folder, "missing.pdf"), folder, join(folder, "1 plain.pdf")],
      { data: folder },
    );
    expect(result.status).toBe(1);
    expect(result.stderr).toBe("");
    expect(result.lines().map(({ file, verdict }) => [file.slice(folder.length + 1), verdict])).toEqual([
      ["missing.pdf", "UNREADABLE"],
      ["1 plain.pdf", "NO-SIGNATURE"],
      ["2 signed.pdf", "TOTAL-PASSED"],
      ["3 broken.pdf", "UNREADABLE"],
      ["4 link.pdf", "UNREADABLE"],
      [join("sub", "empty.PDF"), "UNREADABLE"],
      ["1 plain.pdf", "NO-SIGNATURE"],
    ]);
    for (const line of result.lines()) {
      expect(Object.keys(line)).toEqual(["file", "verdict", "reasons", "signatures"]);
    }
    const [signature = {}] = result.lines()[2]?.signatures ?? [];
    expect(Object.keys(signature)).toEqual([
      "field",
      "type",
      "subFilter",
      "level",
      "signer",
      "claimedTime",
      "provenTime",
      "intact",
      "coverage",
      "changesAfter",
      "indication",
      "subIndication",
      "qualification",
      "reasons",
    ]);
    expect(signature).toMatchObject({
      type: "signature",
      subFilter: "ETSI.CAdES.detached",
      level: "B-T",
      signer: "Anna Peeters",
      intact: true,
      coverage: "whole-file",
      changesAfter: "none",
      indication: "TOTAL-PASSED",
    });
  });

  test("ends with 0 only when all passed, and takes several certificates", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a.pdf"), signed);
    const other = sandbox.description.files["tlsCa"] ?? "";
    const both = await runCli(["verify", "--trust", other, sandbox.root, join(folder, "a.pdf")], { data: folder });
    expect([both.status, both.stderr]).toEqual([0, ""]);
    expect(both.stdout).toContain("TOTAL-PASSED");
    const repeated = ["--trust", other, "--trust", sandbox.root];
    expect((await runCli(["verify", ...repeated, join(folder, "a.pdf")], { data: folder })).status).toBe(0);
    const untrusted = await runCli(["verify", "--json", join(folder, "a.pdf")], { data: folder });
    expect(untrusted.status).toBe(1);
    expect(untrusted.lines()[0]).toMatchObject({ verdict: "INDETERMINATE", signatures: [{ intact: true }] });
  });

  test("asks the practice services while they run, and opens no socket with --offline", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a.pdf"), signed);
    const verify = async (...more: string[]) => {
      const args = ["verify", "--json", "--trust", sandbox.root, ...more, join(folder, "a.pdf")];
      const result = await runCli(args, { data: folder });
      const [{ verdict, signatures } = {}] = result.lines();
      const [{ reasons } = { reasons: [] }] = (signatures ?? []) as readonly Pick<SignatureReport, "reasons">[];
      return [verdict, reasons.map(({ code }) => code).filter((code) => code.startsWith("revocation."))];
    };
    expect(await verify()).toEqual(["TOTAL-PASSED", []]);
    expect(await verify("--offline")).toEqual(["TOTAL-PASSED", ["revocation.not-available"]]);
  });

  test("does not go around a proxy whose address it cannot read, and needs none with --offline", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a.pdf"), signed);
    const env = { HTTPS_PROXY: "ftp://ada:secret@proxy.example" };
    const args = ["--trust", sandbox.root, join(folder, "a.pdf")];
    const refused = await runCli(["verify", ...args], { data: folder, env });
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toMatch(/^sealdesk: HTTPS_PROXY: /u);
    expect(refused.stderr).not.toContain("secret");
    expect((await runCli(["verify", "--offline", ...args], { data: folder, env })).status).toBe(0);
  });

  test("judges at the time it is given, and writes a report for each file", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a.pdf"), signed);
    await writeFile(join(folder, "b.pdf"), makePdf());
    const report = join(folder, "new", "reports");
    const late = ["--at", "2080-01-01T00:00:00Z", "--report", report, "--offline"];
    const result = await runCli(
      ["verify", "--json", "--trust", sandbox.root, ...late, join(folder, "a.pdf"), join(folder, "b.pdf")],
      { data: folder },
    );
    expect(result.status).toBe(1);
    expect(result.lines().map(({ verdict }) => verdict)).toEqual(["INDETERMINATE", "NO-SIGNATURE"]);
    expect(await readdir(report)).toEqual(["0001-a.pdf.json", "0001-a.pdf.txt", "0002-b.pdf.json", "0002-b.pdf.txt"]);
    expect(JSON.parse(await readFile(join(report, "0001-a.pdf.json"), "utf8"))).toEqual(result.lines()[0]);
  });

  test("notices one changed byte", async () => {
    const folder = await folderForTest();
    const changed = Buffer.from(signed);
    const at = changed.indexOf("(") + 1;
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    await writeFile(join(folder, "a.pdf"), changed);
    const result = await runCli(["verify", "--json", "--trust", sandbox.root, join(folder, "a.pdf")], { data: folder });
    expect(result.status).toBe(1);
    expect(result.lines()[0]).toMatchObject({ verdict: "TOTAL-FAILED", signatures: [{ intact: false }] });
  });

  test.each([
    [["verify"]],
    [["verify", "--no-such-option", "a.pdf"]],
    [["verify", "--trust", "missing.pem", "a.pdf"]],
    [["verify", "--at", "yesterday", "a.pdf"]],
    [["verify", "--trust-list", "lotl.xml", "a.pdf"]],
    [["no-such-command"]],
    [["extend", "a.pdf"]],
    [["sandbox", "stop"]],
  ])("%j is a usage error: status 2, nothing on standard output", async (args) => {
    const folder = await folderForTest();
    const result = await runCli(args, { data: folder, cwd: folder });
    expect([result.status, result.stdout]).toEqual([2, ""]);
    expect(result.stderr).not.toBe("");
    expect(result.stderr).not.toMatch(/^\s+at /mu);
  });

  test("does not mind a reader that has had enough", async () => {
    const folder = await folderForTest();
    await writePdfs(
      folder,
      Array.from({ length: 300 }, (_, index) => `${index}.pdf`),
    );
    const line = '"$NODE" "$MAIN" verify --json "$FOLDER" | head -n 1';
    const shell = spawn("sh", ["-c", line], {
      env: { ...process.env, NODE: process.execPath, MAIN, FOLDER: folder, NODE_OPTIONS: "" },
      timeout: 50_000,
    });
    const heard = { stdout: "", stderr: "" };
    shell.stdout.on("data", (chunk) => (heard.stdout += String(chunk)));
    shell.stderr.on("data", (chunk) => (heard.stderr += String(chunk)));
    await new Promise((resolve) => shell.on("close", resolve));
    expect(JSON.parse(heard.stdout)).toMatchObject({ verdict: "NO-SIGNATURE" });
    expect(heard.stderr).toBe("");
  });

  test("works through npm, with paths of the caller's folder", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a b.pdf"), signed);
    const npm = spawn(
      "npm",
      [
        "run",
        "--silent",
        "--prefix",
        join(import.meta.dirname, "../../.."),
        "sealdesk",
        "--",
        "verify",
        "--trust",
      ].concat(sandbox.root, "a b.pdf"),
      { cwd: folder, env: { ...process.env, INIT_CWD: folder, SEALDESK_DATA: folder }, timeout: 50_000 },
    );
    let stdout = "";
    npm.stdout.on("data", (chunk) => (stdout += String(chunk)));
    const status = await new Promise((resolve) => npm.on("close", resolve));
    expect([status, stdout.split("\n")[0]]).toEqual([0, expect.stringMatching(/^a b\.pdf: TOTAL-PASSED/u)]);
  });

  test.skipIf(!existsSync(corpus))(
    "gives every file of the corpus a verdict, each within ten seconds (needs shared/corpus)",
    async () => {
      const folder = await folderForTest();
      const folders = ["valid", "attacks", "tampered", "structure"].map((name) => join(corpus, name));
      const count = (await Promise.all(folders.map((path) => readdir(path, { recursive: true }))))
        .flat()
        .filter((name) => name.toLowerCase().endsWith(".pdf")).length;
      const start = performance.now();
      const result = await runCli(["verify", "--json", ...folders], { data: folder });
      const seconds = (performance.now() - start) / 1000;
      expect(result.status).toBe(1);
      expect(result.stderr).toBe("");
      expect(result.lines()).toHaveLength(count);
      // All of them together stay below what one may take.
      expect(seconds).toBeLessThan(45);
      const codes = result.lines().flatMap(({ reasons }) => reasons.map(({ code }) => code));
      expect(codes).not.toContain("verification.error");
    },
  );
});
