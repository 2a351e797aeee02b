import { type Attack, family, overwrite, type Victims } from "./attack.ts";
import { baseDocument, BODIES } from "./base-documents.ts";
import { body, lastStartxref, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw } from "./sign-raw.ts";

const EVIL = stream("BT /F1 18 Tf 50 150 Td (Pay 999 EUR) Tj ET");
const INFO = "<< /Title (x) >>";

/** Files in which two programs may see two documents. */
export function parserDifferentials({ table, packed, hybrid, pki }: Victims): readonly Attack[] {
  const differential = family("differential");
  const update = (
    name: string,
    reason: string,
    changes: Readonly<Record<number, string>>,
    options: Parameters<typeof revise>[2] = {},
  ): Attack => differential(name, reason, () => revise(table, changes, options));
  const page = body(table, PART.page);
  const inPage = (more: string): Readonly<Record<number, string>> => ({
    [PART.page]: swap(page, "<<", `<< ${more}`),
    60: EVIL,
  });
  const trailer = (name: string, reason: string, text: string): Attack =>
    update(`trailer with ${name}`, reason, { [PART.info]: INFO }, { trailer: text });
  const first = (name: string, reason: string, text: string): Attack =>
    update(
      `trailer that begins with ${name}`,
      reason,
      {
        [PART.info]: INFO,
        60: swap(body(table, 1), "/Pages 2 0 R", "/Pages 61 0 R"),
        61: "<< /Type /Pages /Kids [21 0 R] /Count 1 >>",
      },
      { trailerFirst: text },
    );
  /** Hidden before anybody signed; no cross-reference knows it, but a program that rebuilds one does. */
  const prepared = (name: string, hidden: string): Attack =>
    differential(`hidden before signing: ${name}`, "reader.hidden-object", () =>
      revise(signRaw(baseDocument({}, { hidden }), pki.person), { [PART.info]: INFO }),
    );
  return [
    prepared("another page content", `4 0 obj\n${EVIL}\nendobj\n`),
    prepared("another catalog", "1 0 obj\n<< /Type /Catalog /Pages 60 0 R >>\nendobj\n"),
    prepared("an object with a generation", `4 7 obj\n${EVIL}\nendobj\n`),
    prepared("an object spread over lines", `4\n0\nobj\n${EVIL}\nendobj\n`),
    prepared("an object in a comment", `%4 0 obj ${EVIL.replaceAll("\n", " ")} endobj\n`),
    first("/Root twice", "", "/Root 60 0 R"),
    first("/Root twice, once escaped", "", "/R#6fot 60 0 R"),
    first("/Size twice", "", "/Size 3"),
    first("/Prev twice", "", `/Prev ${lastStartxref(table.text.slice(0, 4000))}`),
    first("/Info twice", "", "/Info 60 0 R"),
    trailer("a hidden stream that is none", "", "/XRefStm 17"),
    trailer("a hidden stream at a name", "", "/XRefStm /None"),
    trailer("a hidden stream beyond the end", "", "/XRefStm 99999999"),
    trailer("a negative hidden stream", "", "/XRefStm -1"),
    update(
      "stream in the signed part as hidden stream",
      "",
      { [PART.info]: INFO },
      { trailer: `/XRefStm ${lastStartxref(packed.text)}` },
    ),
    update(
      "object twice in an object stream",
      "revision.",
      { [PART.info]: INFO },
      { style: "packed", stowaways: [[PART.info, "<< /Title (y) >>"]] },
    ),
    update(
      "object in an object stream that the cross-reference does not know",
      "revision.",
      { [PART.info]: INFO },
      { style: "packed", stowaways: [[PART.page, swap(page, "/Contents 4 0 R", "/Contents 22 0 R")]] },
    ),
    update(
      "catalog in an object stream that the cross-reference does not know",
      "revision.",
      { [PART.info]: INFO },
      { style: "packed", stowaways: [[PART.catalog, "<< /Type /Catalog /Pages 22 0 R >>"]] },
    ),
    update(
      "object stream that counts too far",
      "",
      { [PART.info]: INFO },
      { style: "packed", packEntries: (count, start) => `/N ${count + 1} /First ${start}` },
    ),
    update(
      "object stream whose /First is wrong",
      "",
      { [PART.info]: INFO },
      { style: "packed", packEntries: (count, start) => `/N ${count} /First ${start + 3}` },
    ),
    update(
      "object stream with /N twice",
      "",
      { [PART.info]: INFO },
      { style: "packed", packEntries: (count, start) => `/N 0 /N ${count} /First ${start}` },
    ),
    update("key twice in a dictionary inside", "changes.", {
      [PART.page]: swap(page, "/Font << /F1 13 0 R >>", "/Font << /F1 60 0 R /F1 13 0 R >>"),
      60: "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>",
    }),
    update("key null and then right", "changes.", inPage("/Contents null")),
    update("key with an escaped letter", "changes.", inPage("/#43ontents 60 0 R")),
    update("key with a comment behind", "changes.", inPage("/Contents%\n 60 0 R")),
    update("number with a plus", "changes.", { [PART.page]: swap(page, "[0 0 300 200]", "[0 0 +300 +400]") }),
    update("number with two signs", "", { [PART.page]: swap(page, "[0 0 300 200]", "[0 0 --300 200]") }),
    update("number with two points", "", { [PART.page]: swap(page, "[0 0 300 200]", "[0 0 300.0.0 200]") }),
    update("number with an exponent", "", { [PART.page]: swap(page, "[0 0 300 200]", "[0 0 3e2 200]") }),
    update("number beyond 2^53", "changes.", {
      [PART.page]: swap(page, "[0 0 300 200]", "[0 0 300 99999999999999999999]"),
    }),
    update("stream longer than its /Length", "", {
      [PART.info]: INFO,
      [PART.content]: "<< /Length 4 >>\nstream\nBT ET (Pay 999 EUR)\nendstream",
    }),
    update("stream with `endstream` inside", "", {
      [PART.content]:
        "<< /Length 60 >>\nstream\nBT ET\nendstream\nendobj\n4 0 obj\n<< /Length 5 >>\nstream\nBT ET\nendstream",
    }),
    update("stream without `endstream`", "", { [PART.content]: "<< /Length 5 >>\nstream\nBT ET" }),
    update("stream with a negative /Length", "", { [PART.content]: "<< /Length -5 >>\nstream\nBT ET\nendstream" }),
    update("stream whose /Length is itself", "", { [PART.content]: "<< /Length 4 0 R >>\nstream\nBT ET\nendstream" }),
    update("stream with its data in another file", "changes.", {
      [PART.content]: "<< /Length 0 /F (evil.txt) >>\nstream\n\nendstream",
    }),
    update("object without `endobj`", "", { [PART.info]: `${INFO}\n4 0 obj\n${EVIL}` }),
    update("two objects in one", "", { [PART.info]: `${INFO} << /Contents 60 0 R >>` }),
    update("object that is a reference to itself", "", { [PART.content]: "4 0 R" }),
    update("information as a text with an object in it", "", { [PART.info]: `(4 0 obj ${EVIL} endobj)`, 4: EVIL }),
    update("string that is never closed", "", { [PART.info]: "<< /Title (x >>" }),
    update("dictionary that is never closed", "", { [PART.info]: "<< /Title (x)" }),
    update("array in another bracket", "", { [PART.info]: "<< /Title [1 2 > >>" }),
    update(
      "object number beyond all limits",
      "",
      { [PART.info]: INFO },
      { entries: new Map([[9_000_000, 20]]), size: 9_000_001 },
    ),
    update(
      "object at the place of another",
      "",
      { [PART.info]: INFO },
      { entries: new Map([[4, table.text.indexOf("22 0 obj")]]) },
    ),
    update(
      "object in the middle of a signed text",
      "",
      { [PART.info]: INFO },
      { entries: new Map([[4, table.text.indexOf("obj", 400)]]) },
    ),
    update(
      "object in the value of the signature",
      "",
      { [PART.info]: INFO },
      { entries: new Map([[4, table.gap + 10]]) },
    ),
    update("object behind the end", "", { [PART.info]: INFO }, { entries: new Map([[4, 99_999_999]]) }),
    update("object in the header", "", { [PART.info]: INFO }, { entries: new Map([[4, 1]]) }),
    update(
      "object in the old cross-reference",
      "",
      { [PART.info]: INFO },
      { entries: new Map([[4, lastStartxref(table.text)]]) },
    ),
    differential("table that lists an object twice", "", () =>
      swap(revise(table, { 4: EVIL, 5: INFO }).text, /\n5 1\n(?![^]*\n5 1\n)/u, "\n4 1\n"),
    ),
    differential("table with short rows", "", () =>
      swap(revise(table, { 4: EVIL }).text, / 00000 n \ntrailer(?![^]*trailer)/u, " 0 n\ntrailer"),
    ),
    differential("cross-reference stream that lists an object twice", "", () =>
      swap(revise(table, { 4: EVIL, 5: INFO }, { style: "stream" }).text, "/Index [4 1 5 1", "/Index [4 1 4 1"),
    ),
    differential("cross-reference stream with odd widths", "", () =>
      swap(revise(table, { 4: EVIL }, { style: "stream" }).text, /\/W \[1 4 2\](?![^]*\/W)/u, "/W [1 4 0]"),
    ),
    differential("chain that runs in a circle", "", () => {
      const one = revise(table, { [PART.info]: INFO });
      return revise(one, { [PART.info]: INFO }, { previous: one.text.length + `5 0 obj\n${INFO}\nendobj\n`.length });
    }),
    differential("end marker with a comment that has another number", "", () =>
      swap(revise(table, { [PART.info]: INFO }).text, /%%EOF\n$/u, `%startxref ${lastStartxref(table.text)}\n%%EOF\n`),
    ),
    differential("second number behind startxref", "", () =>
      swap(revise(table, { [PART.info]: INFO }).text, /\n%%EOF\n$/u, ` ${lastStartxref(table.text)}\n%%EOF\n`),
    ),
    differential("%EOF with one sign", "", () =>
      swap(revise(table, { [PART.info]: INFO }).text, /%%EOF\n$/u, "%EOF\n"),
    ),
    differential("page changed by a hybrid update of a hybrid file", "", () =>
      revise(hybrid, { 4: EVIL, [PART.info]: INFO }, { style: "hybrid" }),
    ),
    differential("hidden object freed by a hybrid update", "", () =>
      revise(hybrid, { [PART.info]: INFO }, { style: "hybrid", free: [4] }),
    ),
    differential("signed page changed, everything else untouched", "cms.digest-mismatch", () =>
      overwrite(table.text, "(Pay 100 EUR)", "(Pay 999 EUR)"),
    ),
    differential("catalog twice in one update", "revision.unexplained-bytes", () =>
      revise(table, { [PART.info]: INFO }, { hidden: `1 0 obj\n${BODIES[1] ?? ""}\nendobj\n` }),
    ),
  ];
}

export const manyRevisions = (document: RawDocument, count: number): string => {
  let { text } = document;
  let previous = lastStartxref(text);
  const parts = [text];
  let length = text.length;
  for (let index = 0; index < count; index += 1) {
    const more = `xref\n0 0\ntrailer\n<< /Size ${document.size} /Root 1 0 R /Prev ${previous} >>\nstartxref\n${length}\n%%EOF\n`;
    parts.push(more);
    previous = length;
    length += more.length;
  }
  text = parts.join("");
  return text;
};
