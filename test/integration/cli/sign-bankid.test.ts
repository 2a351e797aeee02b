import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitOf, folderForTest, litter, resultOf, runCli, startCli, told, writePdfs } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

const bankid = ["--provider", "bankid", "--profile", "sandbox"];
const CODE = /^bankid\.[0-9a-f-]{36}\.\d+\.[0-9a-f]{64}$/gmu;
const ONE_CODE = new RegExp(CODE.source, "mu");
const BJORN = "189303279955";

interface Order {
  readonly id: string;
  readonly takenBy: string | null;
  readonly visibleText: string;
  readonly requirement: { readonly personalNumber?: string };
}

describe("sealdesk sign with BankID in practice mode", () => {
  let sandbox: SandboxChild;
  beforeAll(async () => {
    sandbox = await startSandboxChild();
  });
  afterAll(() => sandbox.stop());

  const start = (cwd: string, ...args: readonly string[]) =>
    startCli(["sign", "--json", ...bankid, ...args], { data: sandbox.data, cwd });
  const orders = async () => (await sandbox.control({ do: "bankid/orders" })) as readonly Order[];
  const verdict = async (folder: string, file: string) => {
    const root = sandbox.description.files["bankidRoot"] ?? "";
    const args = ["verify", "--json", "--trust", sandbox.root, "--bankid-root", root, file];
    return (await runCli(args, { data: sandbox.data, cwd: folder })).lines()[0];
  };
  /** The newest code that the program has written down. */
  const lastCode = (text: string): string => text.match(CODE)?.at(-1) ?? "";

  test("writes each code as a line for whoever draws it; what is scanned is the text that it told before", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    const child = start(folder, "--text-language", "en", "--person", "18930327-9955", "contract.pdf");
    const result = resultOf(child);
    // Several codes: they change every second.
    const text = await told(child.stderr, new RegExp(`(?:${CODE.source}[^]*){3}`, "mu"));
    expect(new Set(text.match(CODE)).size).toBe(text.match(CODE)?.length);
    const order = (await sandbox.control({ do: "bankid/scan", code: lastCode(text) })) as Order;
    expect(order).toMatchObject({ takenBy: "code", requirement: { personalNumber: BJORN } });
    expect(text).toContain(order.visibleText.replaceAll(/^(?=.)/gmu, "  "));
    expect(order.visibleText).toContain("“contract.pdf”\n3 pages");
    await told(child.stderr, /Searching for BankID\./u);
    await sandbox.control({ do: "bankid/approve", order: order.id });
    const { status, lines } = await result;
    expect([status, lines()[0]]).toMatchObject([0, { output: join(folder, "contract-signed.pdf"), level: "B-T" }]);
    const original = await readFile(join(folder, "contract.pdf"));
    expect((await readFile(join(folder, "contract-signed.pdf"))).subarray(0, original.length)).toEqual(original);
    expect(await verdict(folder, "contract-signed.pdf")).toMatchObject({
      verdict: "TOTAL-PASSED",
      evidence: [{ verdict: "passed", person: { name: "Björn Öberg", personalNumber: BJORN } }],
    });
    expect(await litter(folder)).toEqual([]);
  });

  test("prints the link of the app on this computer instead of a code, and opens nothing itself", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    const child = start(folder, "--autostart", "contract.pdf");
    const result = resultOf(child);
    const text = await told(child.stderr, /autostarttoken=[0-9a-f-]{36}&redirect=null\n/u);
    expect(text).not.toMatch(CODE);
    const link = /Open this link on the computer that has the app: (\S+)/u.exec(text)?.[1] ?? "";
    expect((await fetch(link)).status).toBe(200);
    const [order] = await orders();
    expect(order?.takenBy).toBe("link");
    await sandbox.control({ do: "bankid/approve", order: order?.id });
    expect((await result).lines()).toMatchObject([{ error: null }]);
  });

  test("signs several files at once while the sandbox plays the person", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf", "b.pdf"]);
    const result = await resultOf(start(folder, "--auto-approve", "--no-evidence-page", "a.pdf", "b.pdf"));
    await sandbox.control({ do: "auto-approve", value: false });
    expect(result.lines()).toMatchObject([
      { file: "a.pdf", level: "B-T", error: null },
      { file: "b.pdf", level: "B-T", error: null },
    ]);
    expect((await readdir(folder)).toSorted()).toEqual(["a-signed.pdf", "a.pdf", "b-signed.pdf", "b.pdf"]);
    expect(await verdict(folder, "b-signed.pdf")).toMatchObject({ verdict: "TOTAL-PASSED" });
  });

  test("killed while an app has the order: the next command fetches the signature, and nobody signs twice", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const child = start(folder, "a.pdf");
    const ended = exitOf(child);
    const text = await told(child.stderr, ONE_CODE);
    const { id } = (await sandbox.control({ do: "bankid/scan", code: lastCode(text) })) as Order;
    await told(child.stderr, /Searching for BankID\./u);
    child.kill("SIGKILL");
    await ended;
    await sandbox.control({ do: "bankid/approve", order: id });
    await writePdfs(folder, ["b.pdf"]);
    const next = start(folder, "b.pdf");
    const later = await told(next.stderr, ONE_CODE);
    expect(later).toContain("a.pdf: a-signed.pdf (approved in the earlier run)");
    expect(await verdict(folder, "a-signed.pdf")).toMatchObject({ verdict: "TOTAL-PASSED" });
    next.kill("SIGKILL");
    await exitOf(next);
    expect(await readdir(folder)).not.toContain("b-signed.pdf");
  });

  test.each([
    [["--person", "198112189875"], "--person: The last digit does not fit the others."],
    [["--person", "8112189876"], "--person: This is not twelve digits"],
    [["--signer", "A;B;a@example.com;+491701234567"], "--signer goes with --provider idnow"],
  ])("%s is a wrong call, and nothing is ordered", async (args, words) => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const before = (await orders()).length;
    const result = await resultOf(start(folder, ...args, "a.pdf"));
    expect([result.status, result.stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(await orders()).toHaveLength(before);
  });

  test("a number of a person goes with BankID alone", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf"]);
    const args = ["sign", "--provider", "itsme", "--profile", "sandbox", "--person", "198112189876", "a.pdf"];
    const result = await runCli(args, { data: sandbox.data, cwd: folder });
    expect([result.status, result.stderr]).toEqual([
      2,
      expect.stringContaining("--person goes with --provider bankid"),
    ]);
  });
});
