import { execFileSync } from "node:child_process";
import { chmod, mkdir, open, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { folderForTest, runCli, startCli, writePdfs } from "./run-cli.ts";

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const PLAIN = makePdf();
const isRoot = process.getuid?.() === 0;

async function judge(args: readonly string[], folder: string) {
  const result = await runCli(["verify", "--json", ...args], { data: folder });
  const lines = result.lines().map(({ file, verdict, reasons }) => ({
    file: file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file,
    verdict,
    codes: reasons.map(({ code }) => code),
  }));
  return { ...result, lines };
}

test("thousands of files come in order from several threads, broken ones among them", async () => {
  const folder = await folderForTest();
  const names = range(3_000).map((index) => `${String(index).padStart(5, "0")}.pdf`);
  await mkdir(join(folder, "in"));
  for (const [index, name] of names.entries()) {
    await writeFile(join(folder, "in", name), index % 10 === 3 ? "no PDF at all" : PLAIN);
  }
  const { lines, stderr, status } = await judge(["--jobs", "2", join(folder, "in")], folder);
  expect(lines.map(({ file }) => file)).toEqual(names.map((name) => `in/${name}`));
  expect(lines.map(({ verdict }) => verdict)).toEqual(
    names.map((_, index) => (index % 10 === 3 ? "UNREADABLE" : "NO-SIGNATURE")),
  );
  expect([stderr, status]).toEqual(["", 1]);
});

test("a slow reader gets everything, and results do not pile up meanwhile", async () => {
  const folder = await folderForTest();
  await writePdfs(
    folder,
    range(600).map((index) => `${index}.pdf`),
  );
  const child = startCli(["verify", "--json", "--jobs", "2", folder], { data: folder });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += String(chunk);
    child.stdout.pause();
    setTimeout(() => child.stdout.resume(), 20);
  });
  await new Promise((resolve) => child.on("close", resolve));
  expect(stdout.trimEnd().split("\n")).toHaveLength(600);
});

test.skipIf(process.platform === "win32")(
  "pipes, sockets, devices and folders get a verdict at once, never a hang",
  async () => {
    const folder = await folderForTest();
    execFileSync("mkfifo", [join(folder, "pipe.pdf")]);
    await symlink("/dev/zero", join(folder, "zero.pdf"));
    await symlink("loop.pdf", join(folder, "loop.pdf"));
    await writeFile(join(folder, "empty.pdf"), "");
    const server = createServer().listen(join(folder, "socket.pdf"));
    onTestFinished(() => void server.close());
    const { lines } = await judge([folder, join(folder, "pipe.pdf"), "/dev/zero"], folder);
    expect(lines).toEqual([
      { file: "empty.pdf", verdict: "UNREADABLE", codes: ["pdf.empty-file"] },
      { file: "loop.pdf", verdict: "UNREADABLE", codes: ["file.unreadable"] },
      { file: "pipe.pdf", verdict: "UNREADABLE", codes: ["pdf.not-a-pdf"] },
      { file: "socket.pdf", verdict: "UNREADABLE", codes: ["pdf.not-a-pdf"] },
      { file: "zero.pdf", verdict: "UNREADABLE", codes: ["pdf.not-a-pdf"] },
      { file: "pipe.pdf", verdict: "UNREADABLE", codes: ["pdf.not-a-pdf"] },
      { file: "/dev/zero", verdict: "UNREADABLE", codes: ["pdf.not-a-pdf"] },
    ]);
  },
);

test.skipIf(isRoot)(
  "what must not be read is reported, and the rest goes on (not as root, who may read all)",
  async () => {
    const folder = await folderForTest();
    await mkdir(join(folder, "locked"));
    await writePdfs(folder, ["a.pdf", "z.pdf"]);
    await chmod(join(folder, "a.pdf"), 0);
    await chmod(join(folder, "locked"), 0);
    onTestFinished(() => chmod(join(folder, "locked"), 0o700));
    const { lines } = await judge([folder], folder);
    expect(lines.map(({ file, verdict }) => [file, verdict])).toEqual([
      ["a.pdf", "UNREADABLE"],
      ["locked", "UNREADABLE"],
      ["z.pdf", "NO-SIGNATURE"],
    ]);
  },
);

test("four gigabytes of nothing are answered at once, with and without the look of a PDF", async () => {
  const folder = await folderForTest();
  for (const [name, head] of [
    ["plain.pdf", ""],
    ["pdf.pdf", "%PDF-1.7\n"],
  ] as const) {
    const file = await open(join(folder, name), "w");
    await file.write(head);
    await file.truncate(4 * 1024 ** 3);
    await file.close();
  }
  const { lines } = await judge([folder], folder);
  expect(lines).toEqual([
    { file: "pdf.pdf", verdict: "UNREADABLE", codes: ["pdf.no-startxref"] },
    { file: "plain.pdf", verdict: "UNREADABLE", codes: ["pdf.not-a-pdf"] },
  ]);
});

test("a line end in a name starts no new line", async () => {
  const folder = await folderForTest();
  await writePdfs(folder, ["a\nTOTAL-PASSED.pdf"]);
  const table = await runCli(["verify", folder], { data: folder });
  expect(table.stdout).not.toMatch(/^TOTAL-PASSED/mu);
  expect((await judge([folder], folder)).lines.map(({ file }) => file)).toEqual(["a\nTOTAL-PASSED.pdf"]);
});

test("--jobs takes a number of threads and nothing else", async () => {
  const folder = await folderForTest();
  for (const jobs of ["0", "many", "1000", "-1"]) {
    expect((await judge([`--jobs=${jobs}`, "a.pdf"], folder)).status).toBe(2);
  }
});
