import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collect } from "../../harness/collect.ts";
import { inputFiles } from "../../../cli/input-files.ts";

describe("the files that arguments mean", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-inputs-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const found = async (...paths: readonly string[]): Promise<readonly string[]> =>
    (await collect(inputFiles(paths))).map((path) =>
      path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path,
    );
  const make = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), "");
    }
  };

  test("a folder gives what is named like a PDF file below it, in the order of the names", async () => {
    await make("b.pdf", "a/2.PDF", "a/1.pdf", "a/notes.txt", "a.pdf", "c/deep/er/x.pdf");
    expect(await found(folder)).toEqual(["a/1.pdf", "a/2.PDF", "a.pdf", "b.pdf", "c/deep/er/x.pdf"]);
  });

  test("a file that is named is taken whatever its name, and so is one that is not there", async () => {
    await make("notes.txt");
    expect(await found(join(folder, "notes.txt"), "no-such-file")).toEqual(["notes.txt", "no-such-file"]);
  });

  test("a folder whose name ends like a PDF file is a folder", async () => {
    await make("folder.pdf/inside.pdf");
    expect(await found(folder)).toEqual(["folder.pdf/inside.pdf"]);
  });

  test("links to folders are not followed, so that circles end; links to files and to nowhere are judged", async () => {
    await make("a/1.pdf");
    await symlink(folder, join(folder, "a", "circle"));
    await symlink(folder, join(folder, "a", "circle.pdf"));
    await symlink("nowhere", join(folder, "a", "broken.pdf"));
    await symlink("1.pdf", join(folder, "a", "copy.pdf"));
    expect(await found(folder)).toEqual(["a/1.pdf", "a/broken.pdf", "a/copy.pdf"]);
  });

  test("names with line ends, quotes and other scripts are taken as they are", async () => {
    const names = ["a\nb.pdf", 'say "hi".pdf', "договор.pdf", "契約.pdf"];
    await make(...names);
    expect((await found(folder)).toSorted()).toEqual(names.toSorted());
  });

  test.skipIf(process.platform === "win32")("a pipe named like a PDF file is not passed over", async () => {
    execFileSync("mkfifo", [join(folder, "pipe.pdf")]);
    expect(await found(folder)).toEqual(["pipe.pdf"]);
  });

  test("folders nested hundreds deep are walked through", async () => {
    const deep = Array.from({ length: 400 }, () => "d").join("/");
    await make(`${deep}/x.pdf`);
    expect(await found(folder)).toEqual([`${deep}/x.pdf`]);
  });
});
