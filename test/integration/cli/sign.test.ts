import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { codeOf, exitOf, folderForTest, litter, resultOf, runCli, startCli, told, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

const sandboxed = ["--provider", "itsme", "--profile", "sandbox"];
const itsme = [...sandboxed, "--auto-approve"];

describe("sealdesk sign with itsme in practice mode", () => {
  let sandbox: SandboxChild;

  beforeAll(async () => {
    sandbox = await startSandboxChild();
    await sandbox.control({ do: "auto-approve", value: true });
  });
  afterAll(() => sandbox.stop());

  const sign = (cwd: string, ...args: readonly string[]): Promise<CliResult> =>
    runCli(["sign", "--json", ...itsme, ...args], { data: sandbox.data, cwd });
  const verified = async (cwd: string, ...files: readonly string[]) => {
    const result = await runCli(["verify", "--json", "--trust", sandbox.root, ...files], { data: sandbox.data, cwd });
    return result.lines();
  };

  test("signs a file to B-T beside the original, which stays as it was, with its permissions and the time of now", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    await chmod(join(folder, "contract.pdf"), 0o640);
    const [before, facts] = [await readFile(join(folder, "contract.pdf")), await stat(join(folder, "contract.pdf"))];
    const start = Date.now();
    const result = await sign(folder, "--place", "3,72,100,200,60", "--reason", "Gelesen – geprüft", "contract.pdf");
    expect(result.lines()).toEqual([
      { file: "contract.pdf", output: join(folder, "contract-signed.pdf"), level: "B-T", error: null },
    ]);
    expect(Object.keys(result.lines()[0] ?? {})).toEqual(["file", "output", "level", "error"]);
    expect(result.status).toBe(0);
    expect(await readFile(join(folder, "contract.pdf"))).toEqual(before);
    expect(await stat(join(folder, "contract.pdf"))).toMatchObject({ mtimeMs: facts.mtimeMs, mode: facts.mode });
    const output = await stat(join(folder, "contract-signed.pdf"));
    expect(output.mode & 0o777).toBe(0o640);
    expect(output.mtimeMs).toBeGreaterThanOrEqual(start - 1000);
    expect((await readFile(join(folder, "contract-signed.pdf"))).subarray(0, before.length)).toEqual(before);
    expect((await readdir(folder)).toSorted()).toEqual(["contract-signed.pdf", "contract.pdf"]);
    expect(await verified(folder, "contract-signed.pdf")).toMatchObject([
      { verdict: "TOTAL-PASSED", signatures: [{ level: "B-T", signer: "Anna Peeters" }] },
    ]);
  });

  test("two people sign one after the other, and both signatures pass", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    expect((await sign(folder, "contract.pdf")).status).toBe(0);
    const second = await sign(folder, "--phone", "0470 00 00 02", "--place", "1,72,100,200,60", "contract-signed.pdf");
    expect(second.lines()).toMatchObject([{ output: join(folder, "contract-signed-2.pdf"), error: null }]);
    expect(await verified(folder, "contract-signed-2.pdf")).toMatchObject([
      {
        verdict: "TOTAL-PASSED",
        signatures: [
          { signer: "Anna Peeters", changesAfter: "allowed", intact: true },
          { signer: "Zoë Müller-Straße", changesAfter: "none", intact: true },
        ],
      },
    ]);
    await sandbox.control({ do: "auto-approve", value: true });
  });

  test("uses the field that is there, and gives a new one the name that was asked for", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "form.pdf"), makePdf({ form: "with-signature-field" }));
    await writePdfs(folder, ["plain.pdf"]);
    const existing = await sign(folder, "--field", "Approval", "form.pdf", "plain.pdf");
    expect(existing.status).toBe(1);
    expect(existing.lines()).toMatchObject([
      { file: "form.pdf", error: null },
      { file: "plain.pdf", output: null, error: expect.stringContaining("document.no-such-field: ") },
    ]);
    const named = await sign(folder, "--field", "Director", "--place", "1,72,100,200,60", "plain.pdf");
    expect(named.status).toBe(0);
    const reports = await verified(folder, "form-signed.pdf", "plain-signed.pdf");
    expect(reports).toMatchObject([{ signatures: [{ field: "Approval" }] }, { signatures: [{ field: "Director" }] }]);
    expect(await litter(folder)).toEqual([]);
  });

  test("takes names with spaces, other letters and a leading dash, and a file that is named twice", async () => {
    const folder = await folderForTest();
    const names = ["Vertrag über Größe (1).pdf", "-draft.pdf", "合同 №5.pdf"];
    await writePdfs(folder, names);
    const result = await sign(folder, "--", ...names, `./${names[0]}`);
    expect(result.status).toBe(0);
    expect(result.lines().map(({ file, output }) => [file, output])).toEqual([
      [names[0], join(folder, "Vertrag über Größe (1)-signed.pdf")],
      [names[1], join(folder, "-draft-signed.pdf")],
      [names[2], join(folder, "合同 №5-signed.pdf")],
      [`./${names[0]}`, join(folder, "Vertrag über Größe (1)-signed.pdf")],
    ]);
    expect(await readdir(folder)).toHaveLength(6);
  });

  test("signs the good ones and refuses each of the others with its own sentence", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["good.pdf", "also-good.pdf"]);
    await writeFile(join(folder, "text.pdf"), "no PDF at all");
    await writeFile(join(folder, "empty.pdf"), "");
    await mkdir(join(folder, "folder.pdf"));
    const files = ["text.pdf", "good.pdf", "empty.pdf", "missing.pdf", "folder.pdf", "also-good.pdf"];
    const result = await sign(folder, ...files);
    expect(result.status).toBe(1);
    expect(result.lines().map(({ file }) => file)).toEqual(files);
    expect(result.lines().map(codeOf)).toEqual([
      "document.not-a-pdf",
      null,
      "document.empty-file",
      "document.not-found",
      "document.not-readable",
      null,
    ]);
    expect(result.stdout).not.toContain("{{");
  });

  test("--out takes a folder, makes a new one, or takes a file; it never replaces anything", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf", "b.pdf"]);
    const many = await sign(folder, "--out", "new/results", "a.pdf", "b.pdf");
    expect(many.lines().map(({ output }) => output)).toEqual([
      join(folder, "new/results/a-signed.pdf"),
      join(folder, "new/results/b-signed.pdf"),
    ]);
    expect((await sign(folder, "--out", "one/result.pdf", "a.pdf")).lines()).toMatchObject([
      { output: join(folder, "one/result.pdf"), error: null },
    ]);
    const before = await readFile(join(folder, "one/result.pdf"));
    const taken = await sign(folder, "--out", "one/result.pdf", "b.pdf");
    expect([taken.status, taken.lines()[0]?.error]).toEqual([1, expect.stringMatching(/^output\.name-taken: /u)]);
    expect(await readFile(join(folder, "one/result.pdf"))).toEqual(before);
    const several = await sign(folder, "--out", "x.pdf", "a.pdf", "b.pdf");
    expect([several.status, several.stdout]).toEqual([2, ""]);
    expect(await readdir(folder)).not.toContain("x.pdf");
  });

  test("71 files are two approvals: the second is announced, and all are signed", async () => {
    const folder = await folderForTest();
    const names = Array.from({ length: 71 }, (_, index) => `${String(index + 1).padStart(2, "0")}.pdf`);
    await writePdfs(folder, names);
    const known = (await sandbox.control({ do: "itsme/sessions" })) as readonly { readonly id: string }[];
    const before = new Set(known.map(({ id }) => id));
    const result = await sign(folder, "--out", "out", ...names);
    expect(result.lines().filter(({ error }) => error !== null)).toEqual([]);
    expect(result.status).toBe(0);
    expect(await readdir(join(folder, "out"))).toHaveLength(71);
    const sessions = (await sandbox.control({ do: "itsme/sessions" })) as readonly {
      readonly id: string;
      readonly kind: string;
      readonly documents: number;
    }[];
    const own = sessions.filter(({ id, kind }) => kind === "signing" && !before.has(id));
    expect(own.map(({ documents }) => documents).toSorted((a, b) => a - b)).toEqual([1, 70]);
    const reports = await verified(folder, "out");
    expect(reports.filter(({ verdict }) => verdict !== "TOTAL-PASSED")).toEqual([]);
  });

  test("Ctrl+C while the person thinks cancels: status 1, nothing is left behind", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf", "b.pdf"]);
    await sandbox.control({ do: "auto-approve", value: false });
    const child = startCli(["sign", "--json", ...sandboxed, "a.pdf", "b.pdf"], { data: sandbox.data, cwd: folder });
    const ended = resultOf(child);
    await told(child.stderr, /Open this page in your browser/u);
    child.kill("SIGINT");
    const result = await ended;
    await sandbox.control({ do: "auto-approve", value: true });
    expect(result.status).toBe(1);
    expect(result.lines().map(codeOf)).toEqual(["provider.cancelled", "provider.cancelled"]);
    expect((await readdir(folder)).toSorted()).toEqual(["a.pdf", "b.pdf"]);
  });

  test("a person who refuses on the phone is no error of the program", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const result = await sign(folder, "--phone", "+32470000009", "a.pdf");
    await sandbox.control({ do: "auto-approve", value: true });
    expect([result.status, result.lines()[0]?.error]).toEqual([1, expect.stringMatching(/^itsme\.sign-rejected: /u)]);
    expect(await readdir(folder)).toEqual(["a.pdf"]);
  });

  test.each([
    [[...itsme]],
    [["--provider", "itsme", "a.pdf"]],
    [["--provider", "nobody", "a.pdf"]],
    [["a.pdf"]],
    [[...itsme, "--level", "x", "a.pdf"]],
    [[...itsme, "--place", "1,2,3", "a.pdf"]],
    [[...itsme, "--phone", "12345", "a.pdf"]],
    [["--provider", "itsme", "--profile", "office", "a.pdf"]],
    [["--provider", "certificate", "a.pdf"]],
    [["--provider", "certificate", "--p12", "a.p12", "--level", "t", "a.pdf"]],
    [["--provider", "certificate", "--p12", "a.p12", "--tsa", "ftp://example.org", "a.pdf"]],
    [["--provider", "certificate", "--p12", "a.p12", "--auto-approve", "a.pdf"]],
  ])("sign %j is a usage error", async (args) => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const result = await runCli(["sign", ...args], { data: sandbox.data, cwd: folder });
    expect([result.status, result.stdout]).toEqual([2, ""]);
    expect(result.stderr).not.toMatch(/^\s+at /mu);
    expect(await readdir(folder)).toEqual(["a.pdf"]);
  });

  test("says in one sentence that the journal cannot be used, and signs nothing", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const data = join(folder, "data");
    await mkdir(data);
    await writeFile(join(data, "command-line.db"), "this is no database, and much too long to be one".repeat(40));
    const p12 = join(folder, "none.p12");
    const result = await runCli(["sign", "--provider", "certificate", "--p12", p12, "a.pdf"], { data, cwd: folder });
    expect([result.status, result.stdout]).toEqual([1, ""]);
    expect(result.stderr).toMatch(/^sealdesk: .*journal/iu);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("sealdesk sign without a running sandbox", () => {
  test("starts one for the time of the command, three commands at once too, with the same root", async () => {
    const folder = await folderForTest();
    const data = join(folder, "data");
    await writePdfs(folder, ["a.pdf", "b.pdf", "c.pdf"]);
    const results = await Promise.all(
      ["a.pdf", "b.pdf", "c.pdf"].map((name) => runCli(["sign", "--json", ...itsme, name], { data, cwd: folder })),
    );
    expect(results.map(({ status, stderr }) => [status, status === 0 ? "" : stderr])).toEqual([
      [0, ""],
      [0, ""],
      [0, ""],
    ]);
    await writeFile(join(folder, "root.pem"), (await runCli(["sandbox", "root"], { data })).stdout);
    const signed = ["a-signed.pdf", "b-signed.pdf", "c-signed.pdf"];
    const judged = await runCli(["verify", "--trust", "root.pem", ...signed], { data, cwd: folder });
    expect([judged.status, judged.stderr]).toEqual([0, ""]);
    expect(await readdir(join(data, "practice"))).not.toContain("running.json");
  });
});

describe("sealdesk sandbox", () => {
  test("start prints JSON and stops on SIGTERM with status 0; a second one is refused meanwhile", async () => {
    const sandbox = await startSandboxChild();
    expect(Object.keys(sandbox.description)).toEqual([
      "baseUrls",
      "phoneUrl",
      "files",
      "itsme",
      "idnow",
      "bankid",
      "fourthline",
      "accounts",
    ]);
    const second = await runCli(["sandbox", "start"], { data: sandbox.data });
    expect([second.status, second.stdout]).toEqual([2, ""]);
    expect(await readFile(sandbox.description.files["rootCertificate"] ?? "", "utf8")).toBe(
      await readFile(sandbox.root, "utf8"),
    );
    expect(await sandbox.stop()).toBe(0);
  });

  test("stops also when it is asked before it is ready", async () => {
    const folder = await folderForTest();
    const child = startCli(["sandbox", "start"], { data: folder });
    const ended = exitOf(child);
    child.stdout.resume();
    setTimeout(() => child.kill("SIGTERM"), 20);
    // Either the signal came before the program could hear it, or it ended as asked; it never stays.
    expect([0, null]).toContain(await ended);
  });
});
