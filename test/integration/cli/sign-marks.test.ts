import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openMarkPresets } from "../../../electron/storage/mark-presets.ts";
import { openPictures } from "../../../electron/storage/picture-store.ts";
import { USUAL_MARK } from "../../../shared/mark-design.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { hasTool, mustRun } from "../../interop/pades/run-tool.ts";
import { PEN_STROKE } from "../../harness/renderer/mark-answers.ts";
import { codeOf, folderForTest, runCli } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";

let keys = "";

beforeAll(() => {
  keys = mkdtempSync(join(tmpdir(), "sealdesk-p12-"));
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { cwd: keys, stdio: "pipe", timeout: 30_000 });
  };
  const subject = ["-subj", "/O=Example Consulting/CN=Karin Larsson", "-days", "365", "-nodes"];
  openssl("req", "-x509", "-newkey", "rsa:2048", "-keyout", "key.pem", "-out", "own.pem", ...subject);
  openssl("pkcs12", "-export", "-inkey", "key.pem", "-in", "own.pem", "-out", "own.p12", "-passout", "pass:pw");
});

afterAll(() => {
  rmSync(keys, { recursive: true, force: true });
});

async function sign(folder: string, ...args: readonly string[]): Promise<CliResult> {
  const own = ["--provider", "certificate", "--p12", join(keys, "own.p12"), "--password-env", "PW"];
  return runCli(["sign", "--json", ...own, ...args], { data: join(folder, "data"), cwd: folder, env: { PW: "pw" } });
}

const PLACE = ["--place", "1,100,60,280,90"];

describe("the look of the mark on the command line", () => {
  const shown = hasTool("pdftotext");

  test.skipIf(!shown)("own lines, initials and the place of signing say what the signature says", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a.pdf"), makePdf({ pages: 4 }));
    const lines = ["--text", "{name} for {organisation}", "--text", "{location}, {date}", "--text", "Reason {reason}"];
    const result = await sign(folder, ...PLACE, ...lines, "--location", "Gent", "--initials", "2-", "a.pdf");
    expect([...result.lines().map(codeOf), result.status]).toEqual([null, 0]);
    const text = async (page: string): Promise<string> =>
      (await mustRun("pdftotext", ["-f", page, "-l", page, join(folder, "a-signed.pdf"), "-"])).replaceAll("\n", " ");
    const first = await text("1");
    expect(first).toContain("Karin Larsson for Example Consulting");
    expect(first).toMatch(/Gent, 20\d\d-\d\d-\d\d/u);
    expect(first).not.toContain("Reason");
    expect(first).not.toContain("KL");
    for (const page of ["2", "3", "4"]) {
      expect(await text(page)).toContain("KL");
    }
    // /Location of the signature itself.
    expect((await readFile(join(folder, "a-signed.pdf"))).includes("/Location (Gent)")).toBe(true);
  });

  test.skipIf(!hasTool("zbarimg") || !shown)(
    "a preset of the window is used with its picture, and a QR code added",
    async () => {
      const folder = await folderForTest();
      const original = makePdf({});
      await writeFile(join(folder, "a.pdf"), original);
      const picture = openPictures(join(folder, "data", "mark-pictures")).put(PEN_STROKE);
      const design = { ...USUAL_MARK, lines: ["From the board"], picture, layout: "picture-above" } as const;
      openMarkPresets(join(folder, "data", "marks.json")).put({ id: "1", name: "Board", design });
      const result = await sign(folder, ...PLACE, "--preset", "Board", "--qr", "digest", "a.pdf");
      expect([...result.lines().map(codeOf), result.status]).toEqual([null, 0]);
      const target = join(folder, "shown");
      await mustRun("pdftoppm", ["-r", "200", "-png", "-singlefile", join(folder, "a-signed.pdf"), target]);
      const read = (await mustRun("zbarimg", ["-q", "--raw", "--nodbus", `${target}.png`])).trim();
      expect(read).toBe(`sha256:${createHash("sha256").update(original).digest("hex")}`);
      expect(await mustRun("pdftotext", [join(folder, "a-signed.pdf"), "-"])).toContain("From the board");
      expect(await mustRun("pdfimages", ["-list", join(folder, "a-signed.pdf")])).toMatch(/image\s+300\s+110/u);
    },
  );

  test("a look without a place is a wrong call", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a.pdf"), makePdf({}));
    const result = await sign(folder, "--text", "hello", "a.pdf");
    expect([result.status, result.stderr]).toEqual([2, expect.stringContaining("the mark has no place")]);
  });

  test("initials are refused on a document that is signed already, with its own sentence", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a.pdf"), makePdf({}));
    expect((await sign(folder, "a.pdf")).status).toBe(0);
    const second = await sign(folder, "--initials", "all", "a-signed.pdf");
    expect(second.lines().map(codeOf)).toEqual(["document.initials-after-signature"]);
    const third = await sign(folder, "--initials", "9", "a.pdf");
    expect(third.lines().map(codeOf)).toEqual(["document.initials-no-pages"]);
  });

  test("a mark that lies partly outside the page is told before signing", async () => {
    const folder = await folderForTest();
    await writeFile(join(folder, "a.pdf"), makePdf({}));
    const result = await sign(folder, "--place", "1,300,60,280,90", "a.pdf");
    expect([result.status, result.stderr]).toEqual([0, expect.stringContaining("partly outside")]);
  });
});
