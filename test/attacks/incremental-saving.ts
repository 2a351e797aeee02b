import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES, OBJECT, SIGNED_TEXT } from "./base-documents.ts";
import { body, lastStartxref, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw } from "./sign-raw.ts";

const EVIL = stream("BT /F1 18 Tf 50 150 Td (Pay 999 EUR) Tj ET");
/** Signed what the attacker had made. */
const SECOND = { mayStayIntact: ["Second"] };
const asObject = (num: number, text: string): string => `${num} 0 obj\n${text}\nendobj\n`;

/** Incremental saving: something is appended to a signed file. */
export function incrementalSaving(victims: Victims): readonly Attack[] {
  const isa = family("ISA");
  const { table, packed, hybrid, twice, pki } = victims;
  const { text } = table;
  const start = lastStartxref(text);
  const evil = table.size;
  const evilPage = swap(body(table, PART.page), "/Contents 4 0 R", `/Contents ${evil} 0 R`);
  const content = asObject(PART.content, EVIL);
  const table4 = (offset: number): string => `xref\n4 1\n${String(offset).padStart(10, "0")} 00000 n \n`;
  const trailer = `trailer\n<< /Size ${table.size} /Root 1 0 R /Prev ${start} >>\n`;
  const at = text.length;
  const end = `startxref\n${at + content.length}\n%%EOF\n`;
  const bytes = (name: string, reason: string, more: string): Attack => isa(name, reason, () => text + more);
  const change = (name: string, reason: string, changes: Readonly<Record<number, string>>): Attack =>
    isa(name, reason, () => revise(table, changes));
  const everywhere = (
    name: string,
    reason: string,
    make: (document: RawDocument) => RawDocument,
  ): readonly Attack[] => [
    isa(`${name}, on a table`, reason, () => make(table)),
    isa(`${name}, on object streams`, reason, () => make(packed)),
    isa(`${name}, on a hybrid file`, reason, () => make(hybrid)),
    isa(`${name}, after the second signature`, reason, () => make(twice)),
  ];
  const tagged = baseDocument({
    [OBJECT.structure]: "<< /Type /StructTreeRoot /K [18 0 R] /ParentTree 35 0 R /ParentTreeNextKey 1 >>",
    35: "<< /Nums [0 [18 0 R]] >>",
  });
  const retagged = (name: string, numbers: string): Attack =>
    isa(name, "changes.not-judged", () => revise(signRaw(tagged, pki.person), { 35: `<< /Nums [${numbers}] >>` }));
  const leaves = baseDocument({
    [OBJECT.structure]: "<< /Type /StructTreeRoot /K [18 0 R] /ParentTree 35 0 R /ParentTreeNextKey 8 >>",
    35: "<< /Kids [36 0 R 37 0 R] >>",
    36: "<< /Limits [0 0] /Nums [0 [18 0 R]] >>",
    37: "<< /Limits [5 7] /Nums [5 18 0 R] >>",
  });
  const releaved = (name: string, changes: Readonly<Record<number, string>>): Attack =>
    isa(name, "changes.not-judged", () => revise(signRaw(leaves, pki.person), changes));
  return [
    releaved("a leaf of the structure's table takes a number of another leaf", {
      36: "<< /Limits [0 5] /Nums [0 [18 0 R] 5 34 0 R] >>",
    }),
    releaved("a leaf of the structure's table says that it begins elsewhere", {
      37: "<< /Limits [0 7] /Nums [5 18 0 R] >>",
    }),
    releaved("the structure's table loses a leaf", { 35: "<< /Kids [36 0 R] >>" }),
    retagged("the structure's table gives a part of the page away", "0 [34 0 R]"),
    retagged("the structure's table gives a part of the page to two elements", "0 [18 0 R] 0 [34 0 R]"),
    retagged("the structure's table loses a part of the page", ""),
    bytes("an object, nothing else", "bytes.after-end", content),
    bytes("an object and a trailer", "bytes.after-end", content + trailer),
    bytes("an object and an empty trailer", "bytes.after-end", `${content}trailer\n<< >>\n`),
    bytes("an object and %%EOF", "bytes.after-end", `${content}%%EOF\n`),
    bytes("an object, a table, no trailer", "", content + table4(at)),
    bytes("an object, a table, no startxref", "", content + table4(at) + trailer),
    bytes("an object, a table, startxref 0", "", `${content}${table4(at)}${trailer}startxref\n0\n%%EOF\n`),
    bytes("startxref to the old table", "", `${content}${table4(at)}${trailer}startxref\n${start}\n%%EOF\n`),
    bytes("startxref without a number", "", `${content}${table4(at)}${trailer}startxref\n%%EOF\n`),
    bytes(
      "startxref one too far",
      "",
      `${content}${table4(at)}${trailer}startxref\n${at + content.length + 1}\n%%EOF\n`,
    ),
    bytes("no %%EOF", "", `${content}${table4(at)}${trailer}startxref\n${at + content.length}\n`),
    bytes("complete", "changes.object", content + table4(at) + trailer + end),
    bytes("table with an entry that is free", "", content + table4(at).replace("n ", "f ") + trailer + end),
    bytes("table with an entry of a wrong offset", "", content + table4(at + 1) + trailer + end),
    bytes("table with an empty section", "", `${content}xref\n0 0\n${trailer}${end}`),
    bytes("table with a damaged row", "", `${content}xref\n4 1\n000000x000 00000 n \n${trailer}${end}`),
    bytes("trailer without /Prev", "", `${content}${table4(at)}trailer\n<< /Size ${table.size} /Root 1 0 R >>\n${end}`),
    bytes(
      "trailer with /Prev to itself",
      "",
      `${content}${table4(at)}trailer\n<< /Size ${table.size} /Root 1 0 R /Prev ${at + content.length} >>\n${end}`,
    ),
    bytes(
      "trailer with /Prev over the signed revision",
      "",
      `${content}${table4(at)}trailer\n<< /Size ${table.size} /Root 1 0 R /Prev ${lastStartxref(text.slice(0, text.lastIndexOf("startxref")))} >>\n${end}`,
    ),
    bytes(
      "trailer without /Root",
      "",
      `${content}${table4(at)}trailer\n<< /Size ${table.size} /Prev ${start} >>\n${end}`,
    ),
    bytes("two trailers", "", `${content}${table4(at)}trailer\n<< /Root 99 0 R >>\n${trailer}${end}`),
    bytes(
      "a harmless update with a second trailer",
      "",
      asObject(PART.info, "<< /Title (x) >>") +
        `xref\n5 1\n${String(at).padStart(10, "0")} 00000 n \n${trailer}trailer\n<< /Size 99 /Root 40 0 R >>\nstartxref\n${at + asObject(PART.info, "<< /Title (x) >>").length}\n%%EOF\n`,
    ),
    bytes(
      "/Root twice in the trailer",
      "",
      `${asObject(40, "<< /Type /Catalog /Pages 2 0 R >>")}xref\n40 1\n${String(at).padStart(10, "0")} 00000 n \ntrailer\n<< /Size 41 /Root 40 0 R /Root 1 0 R /Prev ${start} >>\nstartxref\n${at + asObject(40, "<< /Type /Catalog /Pages 2 0 R >>").length}\n%%EOF\n`,
    ),
    bytes("one blank", "b", " "),
    bytes("an empty line", "b", "\n"),
    bytes("a NUL byte", "b", "\0"),
    bytes("64 NUL bytes", "b", "\0".repeat(64)),
    bytes("a kilobyte of blanks", "", " ".repeat(1024)),
    bytes("a megabyte of NUL bytes", "", "\0".repeat(1_048_576)),
    bytes("three megabytes of blanks", "", "\n".repeat(3_000_000)),
    bytes("a comment", "bytes.after-end", "% nothing to see\n"),
    bytes("a comment with an object", "bytes.after-end", `% ${content.replaceAll("\n", " ")}\n`),
    bytes("%%EOF again", "bytes.after-end", "%%EOF\n"),
    bytes("the end marker again", "bytes.after-end", `startxref\n${start}\n%%EOF\n`),
    bytes("a second header", "bytes.after-end", "%PDF-1.7\n"),
    bytes("a second document", "", text.replace(SIGNED_TEXT, "Pay 999 EUR")),
    bytes("a ZIP file", "bytes.after-end", "PK\u0003\u0004aaaa"),
    bytes("JavaScript", "bytes.after-end", "<script>alert(1)</script>"),
    ...everywhere("new page content", "changes.", (document) => revise(document, { [PART.content]: EVIL })),
    ...everywhere("new page content in an object stream's company", "changes.", (document) =>
      revise(document, { [PART.content]: EVIL, [PART.info]: "<< /Title (x) >>" }, { style: "packed" }),
    ),
    ...everywhere("new page content in a hybrid update", "", (document) =>
      revise(document, { [PART.info]: "<< /Title (x) >>", [PART.content]: EVIL }, { style: "hybrid" }),
    ),
    ...everywhere("new page content with a cross-reference stream", "changes.", (document) =>
      revise(document, { [PART.content]: EVIL }, { style: "stream" }),
    ),
    ...everywhere("page packed into an object stream", "changes.", (document) =>
      revise(
        document,
        { [PART.page]: swap(body(document, PART.page), "/Contents 4 0 R", "/Contents 22 0 R") },
        { style: "packed" },
      ),
    ),
    change("page with other content", "changes.page", { [PART.page]: evilPage, [evil]: EVIL }),
    change("page with an array of contents", "changes.page", {
      [PART.page]: swap(body(table, PART.page), "/Contents 4 0 R", `/Contents [4 0 R ${evil} 0 R]`),
      [evil]: EVIL,
    }),
    change("page without content", "changes.page", {
      [PART.page]: swap(body(table, PART.page), "/Contents 4 0 R", ""),
    }),
    change("page with other resources", "changes.page", {
      [PART.page]: swap(body(table, PART.page), "/F1 13 0 R", "/F1 30 0 R"),
    }),
    change("page turned", "changes.page", { [PART.page]: swap(body(table, PART.page), "<<", "<< /Rotate 180") }),
    change("page cropped", "changes.page", {
      [PART.page]: swap(body(table, PART.page), "<<", "<< /CropBox [0 0 10 10]"),
    }),
    change("page magnified", "changes.page", { [PART.page]: swap(body(table, PART.page), "<<", "<< /UserUnit 10") }),
    change("page with an action", "changes.page", {
      [PART.page]: swap(body(table, PART.page), "<<", "<< /AA << /O << /S /JavaScript /JS (app.alert(1)) >> >>"),
    }),
    change("page with its /Contents twice", "changes.", {
      [PART.page]: swap(body(table, PART.page), "<<", `<< /Contents ${evil} 0 R`),
      [evil]: EVIL,
    }),
    change("page with its /Contents twice, once escaped", "changes.", {
      [PART.page]: swap(body(table, PART.page), "<<", `<< /Content#73 ${evil} 0 R`),
      [evil]: EVIL,
    }),
    change("page as a stream", "changes.", { [PART.page]: stream("", body(table, PART.page).slice(2, -2)) }),
    change("page null", "changes.", { [PART.page]: "null" }),
    change("pages in another order", "changes.object", {
      [PART.pages]: "<< /Type /Pages /Kids [21 0 R 3 0 R] /Count 2 >>",
    }),
    change("a page more", "changes.object", {
      [PART.pages]: `<< /Type /Pages /Kids [3 0 R ${evil} 0 R 21 0 R] /Count 3 >>`,
      [evil]: evilPage,
    }),
    change("a page less", "changes.object", { [PART.pages]: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>" }),
    change("inherited resources", "changes.object", {
      [PART.pages]: "<< /Type /Pages /Kids [3 0 R 21 0 R] /Count 2 /Rotate 90 >>",
    }),
    change("another page tree", "changes.catalog", {
      [PART.catalog]: swap(body(table, PART.catalog), "/Pages 2 0 R", `/Pages ${evil} 0 R`),
      [evil]: "<< /Type /Pages /Kids [21 0 R] /Count 1 >>",
    }),
    change("font replaced", "changes.object", { [OBJECT.font]: "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>" }),
    change("font with another encoding", "changes.object", {
      [OBJECT.font]:
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [49 /nine] >> /ToUnicode 31 0 R >>",
    }),
    change("ToUnicode replaced", "changes.object", {
      [OBJECT.toUnicode]: stream("begincmap 1 beginbfchar <31> <39> endbfchar endcmap"),
    }),
    change("length of a stream replaced", "", { [OBJECT.lengthOfSecond]: "10" }),
    change("layer renamed and turned", "changes.object", {
      [OBJECT.layer]: "<< /Type /OCG /Name (Layer) /Intent /Design /Usage << /View << /ViewState /OFF >> >> >>",
    }),
    change("layer switched off", "changes.catalog", {
      [PART.catalog]: swap(body(table, PART.catalog), "/ON [15 0 R]", "/OFF [15 0 R]"),
    }),
    change("drawing replaced", "changes.object", {
      [OBJECT.overlay]: stream("0 g 0 0 300 200 re f", "/Type /XObject /Subtype /Form /BBox [0 0 300 200]"),
    }),
    change("drawing that the page was waiting for", "changes.appearing-object", {
      [OBJECT.dangling]: stream("0 g 0 0 300 200 re f", "/Type /XObject /Subtype /Form /BBox [0 0 300 200]"),
    }),
    change("attachment replaced", "changes.object", { [OBJECT.embedded]: stream("malware", "/Type /EmbeddedFile") }),
    change("attachment renamed", "changes.object", {
      [OBJECT.fileSpecification]: "<< /Type /Filespec /F (b.exe) /EF << /F 25 0 R >> >>",
    }),
    change("attachments extended", "changes.", {
      [OBJECT.names]: "<< /EmbeddedFiles << /Names [(a.txt) 26 0 R (b.exe) 26 0 R] >> >>",
    }),
    change("script among the names", "changes.", {
      [OBJECT.names]: "<< /JavaScript << /Names [(x) << /S /JavaScript /JS (app.alert(1)) >>] >> >>",
    }),
    change("link leads elsewhere", "changes.", {
      [OBJECT.link]: swap(BODIES[OBJECT.link] ?? "", "example.org", "evil.example"),
    }),
    change("link becomes a launch", "changes.", {
      [OBJECT.link]: swap(BODIES[OBJECT.link] ?? "", "/S /URI /URI (https://example.org/)", "/S /Launch /F (cmd.exe)"),
    }),
    change("open action", "changes.catalog", {
      [PART.catalog]: swap(body(table, PART.catalog), "<<", "<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
    }),
    change("document actions", "changes.catalog", {
      [PART.catalog]: swap(body(table, PART.catalog), "<<", "<< /AA << /WC << /S /JavaScript /JS (app.alert(1)) >> >>"),
    }),
    change("base of links", "changes.catalog", {
      [PART.catalog]: swap(body(table, PART.catalog), "<<", "<< /URI << /Base (https://evil.example/) >>"),
    }),
    change("page labels", "changes.", {
      [PART.catalog]: swap(body(table, PART.catalog), "<<", "<< /PageLabels << /Nums [0 << /P (X) >>] >>"),
    }),
    change("viewer preferences", "changes.", {
      [PART.catalog]: swap(
        body(table, PART.catalog),
        "<<",
        "<< /ViewerPreferences << /Direction /R2L /NonFullScreenPageMode /UseOC >>",
      ),
    }),
    change("full screen", "changes.", {
      [PART.catalog]: swap(body(table, PART.catalog), "<<", "<< /PageMode /FullScreen"),
    }),
    change("associated files", "changes.", {
      [PART.catalog]: swap(body(table, PART.catalog), "<<", "<< /AF [26 0 R]"),
    }),
    change("a collection", "changes.catalog", {
      [PART.catalog]: swap(body(table, PART.catalog), "<<", "<< /Collection << /View /D >>"),
    }),
    change("outlines", "changes.", {
      [OBJECT.outlines]: `<< /Type /Outlines /First ${evil} 0 R /Last ${evil} 0 R /Count 1 >>`,
      [evil]: "<< /Title (Read this) /Parent 34 0 R /A << /S /URI /URI (https://evil.example/) >> >>",
    }),
    change("metadata that is no metadata", "changes.metadata", { [OBJECT.metadata]: "<< /Type /Metadata >>" }),
    isa("catalog replaced by another object", "changes.catalog-replaced", () =>
      revise(
        table,
        {
          [evil]: body(table, PART.catalog).replace("/Pages 2 0 R", "/Pages 41 0 R"),
          41: "<< /Type /Pages /Kids [21 0 R] /Count 1 >>",
        },
        { root: `${evil} 0 R` },
      ),
    ),
    isa("catalog with another generation", "changes.", () =>
      revise(table, { [PART.catalog]: body(table, PART.catalog) }, { generations: new Map([[1, 1]]), root: "1 1 R" }),
    ),
    isa("page content with another generation", "changes.", () =>
      revise(table, { [PART.content]: EVIL }, { generations: new Map([[4, 1]]) }),
    ),
    isa("page content with generation 65535", "changes.", () =>
      revise(table, { [PART.content]: EVIL }, { generations: new Map([[4, 65_535]]) }),
    ),
    isa("same page content with another generation", "changes.", () =>
      revise(table, { [PART.content]: BODIES[4] ?? "" }, { generations: new Map([[4, 1]]) }),
    ),
    isa("page content freed", "changes.freed", () => revise(table, {}, { free: [PART.content] })),
    isa("overlay freed", "changes.freed", () => revise(table, {}, { free: [OBJECT.overlay] })),
    isa("page content moved to a signed attachment", "", () =>
      revise(table, {}, { entries: new Map([[4, text.indexOf("25 0 obj")]]) }),
    ),
    isa("page content moved to the other content", "", () =>
      revise(table, {}, { entries: new Map([[4, text.indexOf("22 0 obj")]]) }),
    ),
    isa("/Size below the objects", "", () => revise(table, { [PART.info]: "<< /Title (x) >>" }, { size: 10 })),
    isa("hidden object in front of the table", "revision.unexplained-bytes", () =>
      revise(table, { [PART.info]: "<< /Title (x) >>" }, { hidden: content }),
    ),
    isa("hidden object in front of a cross-reference stream", "revision.unexplained-bytes", () =>
      revise(table, { [PART.info]: "<< /Title (x) >>" }, { hidden: content, style: "stream" }),
    ),
    isa("hidden object in a comment", "revision.unexplained-bytes", () =>
      revise(table, { [PART.info]: "<< /Title (x) >>" }, { hidden: `%${content.replaceAll("\n", " ")}\n` }),
    ),
    isa(
      "hidden object in a revision between two signatures",
      "revision.unexplained-bytes",
      () => signRaw(revise(table, {}, { hidden: content }), pki.other, { field: "Second" }),
      SECOND,
    ),
    isa(
      "page changed in a revision between two signatures",
      "changes.",
      () => signRaw(revise(table, { [PART.content]: EVIL }), pki.other, { field: "Second" }),
      SECOND,
    ),
    isa("page changed and changed back", "", () =>
      revise(revise(table, { [PART.content]: EVIL }, { hidden: content }), { [PART.content]: BODIES[4] ?? "" }),
    ),
    isa("encrypted afterwards", "", () =>
      revise(
        table,
        {
          [evil]:
            "<< /Filter /Standard /V 1 /R 2 /O (00000000000000000000000000000000) /U (00000000000000000000000000000000) /P -4 >>",
        },
        { trailer: `/Encrypt ${evil} 0 R` },
      ),
    ),
  ];
}
