import { deflateSync } from "node:zlib";

import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES } from "./base-documents.ts";
import { manyRevisions } from "./parser-differentials.ts";
import { body, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw, withItem } from "./sign-raw.ts";

/** Files that cost their reader time or memory; the answer may be anything but a pass, and must come soon. */
export function resourceAttacks({ table, pki }: Victims): readonly Attack[] {
  const costs = family("resources");
  const update = (
    name: string,
    changes: () => Readonly<Record<number, string>>,
    options: Parameters<typeof revise>[2] = {},
  ): Attack => costs(name, "", () => revise(table, changes(), options));
  const bomb = (megabytes: number): string =>
    deflateSync(Buffer.alloc(megabytes * 1024 * 1024), { level: 9 }).toString("latin1");
  const numbers = (from: number, count: number, text: (num: number) => string): Readonly<Record<number, string>> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [from + index, text(from + index)]));
  return [
    update("array 100,000 deep", () => ({ [PART.content]: "[".repeat(100_000) + "]".repeat(100_000) })),
    update("dictionary 100,000 deep", () => ({ [PART.content]: "<< /A ".repeat(100_000) + ">>".repeat(100_000) })),
    update("array of a million numbers", () => ({ [PART.content]: `[${"1 ".repeat(1_000_000)}]` })),
    update("string of two million brackets", () => ({
      [PART.content]: `(${"(".repeat(1_000_000)}${")".repeat(1_000_000)})`,
    })),
    update("name of a million letters", () => ({ [PART.content]: `/${"A".repeat(1_000_000)}` })),
    update("comment of ten megabytes", () => ({ [PART.content]: `%${"x".repeat(10_000_000)}\n1` })),
    update("references in a circle", () => ({ [PART.content]: "60 0 R", 60: "61 0 R", 61: "60 0 R" })),
    update("20,000 new objects", () => ({ [PART.content]: "1", ...numbers(1000, 20_000, () => "1") })),
    update("20,000 objects replaced by nothing", () => ({
      [PART.content]: "1",
      ...numbers(1000, 20_000, (num) => `${num + 1} 0 R`),
    })),
    update(
      "object stream that is a bomb",
      () => ({ [PART.content]: stream(bomb(200), "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode") }),
      { entries: new Map() },
    ),
    update("page content that is a bomb", () => ({ [PART.content]: stream(bomb(300), "/Filter /FlateDecode") })),
    update("security store that is a bomb", () => ({
      60: stream(bomb(300), "/Filter /FlateDecode"),
      61: "<< /Certs [60 0 R] /CRLs [60 0 R] >>",
      1: swap(body(table, 1), "<<", "<< /DSS 61 0 R"),
      [PART.content]: "1",
    })),
    update("eight filters in a row", () => ({
      60: stream(
        bomb(50),
        "/Filter [/FlateDecode /FlateDecode /ASCII85Decode /LZWDecode /RunLengthDecode /FlateDecode /FlateDecode /FlateDecode]",
      ),
      1: swap(body(table, 1), "<<", "<< /DSS << /Certs [60 0 R] >>"),
      [PART.content]: "1",
    })),
    costs("cross-reference stream that is a bomb", "", () => {
      const data = bomb(300);
      const start = table.text.length;
      return `${table.text}60 0 obj\n${stream(data, `/Type /XRef /W [1 4 2] /Index [0 44000000] /Size 61 /Root 1 0 R /Filter /FlateDecode`)}\nendobj\nstartxref\n${start}\n%%EOF\n`;
    }),
    costs("9,000 revisions", "", () => swap(manyRevisions(table, 9000), /%%EOF\n$/u, "%%EOF\n<< >>")),
    costs("50,000 revisions", "", () => manyRevisions(table, 50_000)),
    costs("9,000 revisions, the first with another page", "limit.", () =>
      manyRevisions(revise(table, { [PART.content]: "1" }), 9000),
    ),
    costs("300 hybrid revisions", "", () => {
      let document = revise(table, { [PART.content]: "1" });
      for (let index = 0; index < 300; index += 1) {
        document = revise(document, { [PART.info]: `<< /Title (${index}) >>` }, { style: "hybrid" });
      }
      return document;
    }),
    costs("form tree in a circle", "", () => {
      const fields = { 60: "<< /T (a) /Kids [61 0 R] >>", 61: "<< /T (b) /Kids [60 0 R] /Parent 60 0 R >>" };
      return revise(
        signRaw(baseDocument({ ...fields, 7: withItem(BODIES[7] ?? "", "Fields", "60 0 R") }), pki.person),
        { [PART.content]: "1" },
      );
    }),
    costs("20,000 fields that lead to one signature", "", () =>
      revise(table, {
        [PART.form]: swap(
          body(table, PART.form),
          /\/Fields \[/u,
          `/Fields [${`<< /FT /Sig /T (x) /V ${table.value} 0 R >> `.repeat(20_000)}`,
        ),
      }),
    ),
    costs("one field with 150,000 kids", "", () =>
      revise(table, {
        60: `<< /T (many) /Kids [${"<< /T (k) /FT /Tx >> ".repeat(150_000)}] >>`,
        [PART.form]: withItem(body(table, PART.form), "Fields", "60 0 R"),
      }),
    ),
    costs("5,000 things that look like signatures", "", () =>
      revise(table, {
        ...numbers(1000, 5000, () => "<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>"),
        [PART.content]: "1",
      }),
    ),
    costs("two megabytes of /ByteRange", "", () =>
      revise(table, { 60: stream("/ByteRange ".repeat(180_000)), [PART.content]: "1" }),
    ),
    costs("page tree in a circle", "", () =>
      revise(table, { [PART.pages]: "<< /Type /Pages /Kids [2 0 R] /Count 1 >>" }),
    ),
    costs("parents in a circle", "", () =>
      revise(
        signRaw(
          baseDocument({ 8: swap(BODIES[8] ?? "", "<<", "<< /Parent 60 0 R"), 60: "<< /Parent 8 0 R >>" }),
          pki.person,
        ),
        { 8: swap(BODIES[8] ?? "", "(100)", "(999)") },
      ),
    ),
    costs("rows of blanks, 5 megabytes", "", () =>
      revise(table, { [PART.info]: "<< >>", [PART.content]: "1" }, { hidden: " ".repeat(5_000_000) }),
    ),
  ];
}
