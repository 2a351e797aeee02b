import { describe, expect, test } from "vitest";
import { filesInArguments, OpenFilesQueue } from "../../../../electron/services/documents/open-files-queue.ts";

describe("the files among a program's arguments", () => {
  test.each([
    "a.pdf",
    "A.PDF",
    "./a b/ü.pdf",
    "/home/ada/a.pdf",
    "C:\\Users\\Ada\\a.pdf",
    "c:/a.pdf",
    "\\\\server\\share\\a.pdf",
    "..\\a.pdf",
    " -a.pdf",
  ])("%s is one", (argument) => {
    expect(filesInArguments(["/opt/sealdesk", argument])).toEqual([argument]);
  });

  test.each([
    "",
    ".",
    "--inspect",
    "--remote-debugging-port=0.pdf",
    "-r x.pdf",
    "--",
    "a.exe",
    "a.pdf.exe",
    "a.pdf/",
    "a.pdf\0",
    "a\0.pdf",
    "https://evil.example/a.pdf",
    "HTTPS://evil.example/a.pdf",
    "file:///etc/passwd.pdf",
    "smb://server/share/a.pdf",
    "javascript:1.pdf",
    "sealdesk:open?file=a.pdf",
    "ms-word:ofe|u|https://evil.example/a.pdf",
  ])("%s is none", (argument) => {
    expect(filesInArguments(["/opt/sealdesk", argument])).toEqual([]);
  });

  test("the program's own name is none, and no number of them is too large to be handled", () => {
    expect(filesInArguments(["/opt/sealdesk.pdf"])).toEqual([]);
    expect(filesInArguments([])).toEqual([]);
    expect(filesInArguments(["x", ...Array.from({ length: 20_000 }, (_, index) => `${index}.pdf`)])).toHaveLength(
      5_000,
    );
  });
});

describe("files that are named before the window can show them", () => {
  test("wait, and come in order; later ones come at once", () => {
    const queue = new OpenFilesQueue();
    const opened: (readonly string[])[] = [];
    queue.add(["a.pdf"]);
    queue.add([]);
    queue.add(["b.pdf"]);
    queue.connect((paths) => opened.push(paths));
    queue.add(["c.pdf"]);
    expect(opened).toEqual([["a.pdf", "b.pdf"], ["c.pdf"]]);
  });
});
