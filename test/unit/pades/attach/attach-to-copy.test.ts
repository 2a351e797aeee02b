import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "../../../../shared/ids.ts";
import { attachToCopy } from "../../../../electron/pades/attach/attach-to-copy.ts";
import type { AttachRequest } from "../../../../electron/pades/attach/attach-to-copy.ts";
import type { Attachment } from "../../../../electron/pades/attach/attachment.ts";
import { openFileSource } from "../../../../electron/pdf/file-source.ts";
import { isArray, isDict, isName, isRef, isStream, isString } from "../../../../electron/pdf/objects.ts";
import type { PdfDict, PdfObject } from "../../../../electron/pdf/objects.ts";
import { openPdf } from "../../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../../electron/pdf/pdf-file.ts";
import { decodeTextString } from "../../../../electron/pdf/text-string.ts";
import { archiveDocument } from "../../../interop/judges/archive-document.ts";
import { makePdf } from "../../../interop/pades/made-pdfs.ts";
import { buildPdf } from "../../pdf/build-pdf.ts";
import { makeLocalSigner } from "../local-signer.ts";
import { sign, workspace } from "../prepare.ts";

const font = new Uint8Array(
  await readFile(
    join(
      import.meta.dirname,
      "../../../../node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
    ),
  ),
);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const FILES: readonly Attachment[] = [
  {
    name: "m-second.json",
    mediaType: "application/json",
    description: "The truth",
    relationship: "Data",
    bytes: utf8('{"v":1}'),
  },
  {
    name: "a-first.xml",
    mediaType: "application/xml",
    description: "Copy",
    relationship: "Supplement",
    bytes: utf8("<a/>"),
  },
];
const PAGE = {
  blocks: [
    { kind: "title", text: "Evidence", language: "en" },
    { kind: "text", text: "Anna Åström signed.", language: "en" },
  ],
} as const;
const MADE = new Date("2026-11-28T09:15:00Z");

async function attach(document: Uint8Array, overrides: Partial<AttachRequest> = {}) {
  const { source, staged } = await workspace(document);
  const sha256 = sha256Hex(createHash("sha256").update(document).digest("hex"));
  const outcome = await attachToCopy({
    source,
    staged,
    size: document.length,
    sha256,
    attachments: FILES,
    page: null,
    font,
    time: MADE,
    utcOffsetMinutes: 60,
    ...overrides,
  });
  return { source, staged, outcome };
}

function dictOf(file: PdfFile, object: PdfObject | undefined): PdfDict {
  const found = file.resolve(object);
  if (!isDict(found)) {
    throw new Error("no dictionary");
  }
  return found;
}
const listOf = (file: PdfFile, object: PdfObject | undefined): readonly PdfObject[] => {
  const found = file.resolve(object);
  return isArray(found) ? found : [];
};
const textOf = (object: PdfObject): string => (isString(object) ? decodeTextString(object.bytes) : "");
const nameOf = (object: PdfObject): string => (isName(object) ? object.name : "");

/** Every attached file as ISO 32000-2 7.11.4 says it is found, by association and by name. */
function filesIn(path: string) {
  const file = openPdf(openFileSource(path));
  try {
    const associated = listOf(file, file.get(file.catalog, "AF")).map((entry) => {
      const specification = dictOf(file, entry);
      const stream = file.get(dictOf(file, file.get(specification, "EF")), "F");
      if (!isStream(stream)) {
        throw new Error("no stream");
      }
      const parameters = dictOf(file, file.get(stream.dict, "Params"));
      const checksum = file.get(parameters, "CheckSum");
      return {
        name: textOf(file.get(specification, "UF")),
        old: textOf(file.get(specification, "F")),
        description: textOf(file.get(specification, "Desc")),
        relationship: nameOf(file.get(specification, "AFRelationship")),
        type: nameOf(file.get(stream.dict, "Type")),
        mediaType: nameOf(file.get(stream.dict, "Subtype")),
        size: file.get(parameters, "Size"),
        modified: textOf(file.get(parameters, "ModDate")),
        checksum: isString(checksum) ? Buffer.from(checksum.bytes).toString("hex") : "",
        text: new TextDecoder().decode(file.streamBytes(stream)),
      };
    });
    const names = file.get(file.catalog, "Names");
    const tree = isDict(names) ? listOf(file, dictOf(file, file.get(names, "EmbeddedFiles")).entries.get("Names")) : [];
    const listed = tree.filter((_, index) => index % 2 === 0).map((key) => textOf(file.resolve(key)));
    return { associated, listed, revisions: file.revisions.length, pages: file.pageCount() };
  } finally {
    file.close();
  }
}

describe("attaching", () => {
  test("leaves the original's bytes as they are and adds one revision with the files", async () => {
    const document = makePdf({ pages: 2 });
    const { staged, source, outcome } = await attach(document);
    const bytes = await readFile(staged);
    expect(outcome).toEqual({ ok: true, value: { kind: "attached", size: bytes.length, page: "none" } });
    expect(bytes.subarray(0, document.length).equals(document)).toBe(true);
    expect((await readFile(source)).equals(document)).toBe(true);
    const { associated, listed, revisions, pages } = filesIn(staged);
    expect(associated).toEqual([
      {
        name: "m-second.json",
        old: "m-second.json",
        description: "The truth",
        relationship: "Data",
        type: "EmbeddedFile",
        mediaType: "application/json",
        size: 7,
        modified: "D:20261128101500+01'00'",
        // md5sum
        checksum: "a191475ae2bf7db9c7e320f7da455bbb",
        text: '{"v":1}',
      },
      {
        name: "a-first.xml",
        old: "a-first.xml",
        description: "Copy",
        relationship: "Supplement",
        type: "EmbeddedFile",
        mediaType: "application/xml",
        size: 4,
        modified: "D:20261128101500+01'00'",
        checksum: "f019ee9a03978aff9f9b78d0ddf3edb7",
        text: "<a/>",
      },
    ]);
    // ISO 32000-2 7.9.6: sorted.
    expect(listed).toEqual(["a-first.xml", "m-second.json"]);
    expect({ revisions, pages }).toEqual({ revisions: 2, pages: 2 });
  });

  test("makes the same bytes again", async () => {
    const [first, second] = [await attach(makePdf(), { page: PAGE }), await attach(makePdf(), { page: PAGE })];
    expect((await readFile(first.staged)).equals(await readFile(second.staged))).toBe(true);
  });

  test("keeps files that are attached already, whether their lists are direct, indirect or in branches", async () => {
    const present = "<< /Type /Filespec /F (k-old.txt) /EF << /F 9 0 R >> >>";
    const old = { 8: present, 9: "<< /Type /EmbeddedFile /Params << /Size 2 >> /Length 2 >>\nstream\nok\nendstream" };
    const objects = {
      2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] >>",
      ...old,
    };
    const documents = [
      {
        ...objects,
        1: "<< /Type /Catalog /Pages 2 0 R /AF [8 0 R] /Names << /EmbeddedFiles << /Names [(k-old.txt) 8 0 R] >> >> >>",
      },
      {
        ...objects,
        1: "<< /Type /Catalog /Pages 2 0 R /AF 4 0 R /Names 5 0 R >>",
        4: "[8 0 R]",
        5: "<< /Dests << /Names [] >> /EmbeddedFiles 6 0 R >>",
        6: "<< /Kids [7 0 R] >>",
        7: "<< /Limits [(k-old.txt) (k-old.txt)] /Names [(k-old.txt) 8 0 R] >>",
      },
    ];
    for (const document of documents) {
      const { staged } = await attach(buildPdf({ objects: document }));
      const { associated, listed } = filesIn(staged);
      expect(associated.map(({ old: name, text }) => `${name}: ${text}`)[0]).toBe("k-old.txt: ok");
      expect(associated).toHaveLength(3);
      expect(listed).toEqual(["a-first.xml", "k-old.txt", "m-second.json"]);
    }
  });
});

describe("the page", () => {
  test("is the last one, of A4 size, with a text that can be read", async () => {
    const { staged, outcome } = await attach(makePdf({ pages: 3, rotate: 90 }), { page: PAGE });
    expect(outcome).toMatchObject({ ok: true, value: { page: "added" } });
    const file = openPdf(openFileSource(staged));
    const page = file.page(3);
    expect(file.pageCount()).toBe(4);
    expect([...page.mediaBox, page.rotate]).toEqual([0, 0, 595.28, 841.89, 0]);
    file.close();
  });

  test("is a section of a tagged document, its blocks in the order of reading", async () => {
    const { staged, outcome } = await attach(archiveDocument("3a"), { page: PAGE });
    expect(outcome).toMatchObject({ ok: true, value: { page: "added" } });
    const file = openPdf(openFileSource(staged));
    const page = file.page(1);
    const key = file.get(page.dict, "StructParents");
    const root = dictOf(file, file.catalog.entries.get("StructTreeRoot"));
    const numbers = listOf(file, dictOf(file, root.entries.get("ParentTree")).entries.get("Nums"));
    const elements = listOf(file, numbers[numbers.indexOf(key) + 1]).map((entry) => dictOf(file, entry));
    expect(
      elements.map((element) => [
        nameOf(file.get(element, "S")),
        file.get(element, "K"),
        textOf(file.get(element, "Lang")),
      ]),
    ).toEqual([
      ["H1", 0, "en"],
      ["P", 1, "en"],
    ]);
    const section = dictOf(file, elements[0]?.entries.get("P"));
    expect(nameOf(file.get(section, "S"))).toBe("Sect");
    expect(isRef(section.entries.get("P"))).toBe(true);
    const content = file.get(page.dict, "Contents");
    const text = isStream(content) ? new TextDecoder().decode(file.streamBytes(content)) : "";
    expect(text.match(/\/(?:H1|P) <<\/MCID \d>> BDC/gu)).toEqual(["/H1 <</MCID 0>> BDC", "/P <</MCID 1>> BDC"]);
    file.close();
  });

  test("is left out where a tagged document's structure cannot be continued", async () => {
    const broken = buildPdf({
      objects: {
        1: "<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 4 0 R >>",
        2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] >>",
        4: "<< /Type /StructTreeRoot /ParentTree 5 0 R >>",
        5: "<< /Kids [5 0 R] >>",
      },
    });
    const { staged, outcome } = await attach(broken, { page: PAGE });
    expect(outcome).toMatchObject({ ok: true, value: { kind: "attached", page: "left-out" } });
    expect(filesIn(staged)).toMatchObject({ pages: 1, associated: [{}, {}] });
  });
});

describe("nothing is attached, and no copy is left, when", () => {
  const claiming = (claims: string): Uint8Array => {
    const metadata = `<x>${claims}</x>`;
    return buildPdf({
      objects: {
        1: "<< /Type /Catalog /Pages 2 0 R /Metadata 4 0 R >>",
        2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] >>",
        4: `<< /Type /Metadata /Subtype /XML /Length ${metadata.length} >>\nstream\n${metadata}\nendstream`,
      },
    });
  };
  const page = {
    2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] >>",
  };
  const withCatalog = (entries: string, objects: Readonly<Record<number, string>> = {}): Uint8Array =>
    buildPdf({ objects: { 1: `<< /Type /Catalog /Pages 2 0 R ${entries} >>`, ...page, ...objects } });

  test.each<readonly [string, string, () => Uint8Array | Promise<Uint8Array>]>([
    ["it claims PDF/A-1", "pdfa", () => archiveDocument("1b")],
    ["it claims PDF/A-2", "pdfa", () => archiveDocument("2b")],
    ["it claims PDF/A-4 without files", "pdfa", () => archiveDocument("4")],
    ["it is a portfolio", "portfolio", () => withCatalog("/Collection << >>")],
    ["it has usage rights", "form", () => withCatalog("/Perms << /UR3 << >> >>")],
    [
      "its list of files runs in a circle",
      "names",
      () => withCatalog("/Names << /EmbeddedFiles 4 0 R >>", { 4: "<< /Kids [4 0 R] >>" }),
    ],
    [
      "a file of that name is listed",
      "names",
      () => withCatalog("/Names << /EmbeddedFiles << /Names [(a-first.xml) 4 0 R] >> >>", { 4: "<< >>" }),
    ],
    [
      "a file of that name is associated",
      "names",
      () => withCatalog("/AF [4 0 R]", { 4: "<< /Type /Filespec /UF (a-first.xml) >>" }),
    ],
    [
      "its structure is damaged",
      "damaged",
      () =>
        Buffer.from(
          Buffer.from(makePdf())
            .toString("latin1")
            .replace(/startxref\s+\d+/u, "startxref 7"),
          "latin1",
        ),
    ],
    [
      "it is signed",
      "signed",
      async () => {
        const where = await workspace(makePdf());
        await sign(where, await makeLocalSigner());
        return readFile(where.staged);
      },
    ],
  ])("%s (%s)", async (_title, obstacle, document) => {
    const { staged, outcome } = await attach(await document());
    expect(outcome).toEqual({ ok: true, value: { kind: "obstacle", obstacle } });
    expect(existsSync(staged)).toBe(false);
  });

  test("it is another document than was meant", async () => {
    const document = makePdf();
    const other = Buffer.from(document);
    other[other.length - 9] = 0x20;
    const { staged, outcome } = await attach(other, {
      sha256: sha256Hex(createHash("sha256").update(document).digest("hex")),
    });
    expect(outcome).toEqual({ ok: false, failure: { code: "document.changed-on-disk" } });
    expect(existsSync(staged)).toBe(false);
  });

  test("it is gone", async () => {
    const { outcome } = await attach(makePdf(), { source: "/nowhere/document.pdf" });
    expect(outcome).toEqual({ ok: false, failure: { code: "document.changed-on-disk", params: { reason: "gone" } } });
  });

  test.each([
    ["PDF/A-3", "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"],
    ["PDF/A-4f", '<r pdfaid:part="4" pdfaid:conformance="F"/>'],
    ["no PDF/A", ""],
  ])("but it is when it claims %s", async (_title, claims) => {
    expect((await attach(claiming(claims))).outcome).toMatchObject({ ok: true, value: { kind: "attached" } });
  });
});

test("what lies under the copy's name is replaced, as an earlier try may have left it", async () => {
  const document = makePdf();
  const { source, staged } = await workspace(document);
  await writeFile(staged, "half a copy");
  const sha256 = sha256Hex(createHash("sha256").update(document).digest("hex"));
  const request = { source, staged, size: document.length, sha256, attachments: FILES, page: null, font, time: MADE };
  expect(await attachToCopy(request)).toMatchObject({ ok: true });
  expect(filesIn(staged).associated).toHaveLength(2);
});
