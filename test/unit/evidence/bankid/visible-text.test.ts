import { createHash } from "node:crypto";
import { expect, test } from "vitest";

import { encodedLength, textProblem } from "../../../../electron/providers/bankid/text-limits.ts";
import { visibleText } from "../../../../electron/evidence/bankid/visible-text.ts";

// FIPS 180-4's digest of "abc".
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const one = { name: "avtal.pdf", pages: 12, size: 48_211, sha256: ABC };

test("one document is named with its pages and its digest in groups of four", () => {
  expect(visibleText([one], "sv", "plain")).toBe(`Jag undertecknar detta dokument:

“avtal.pdf”
12 sidor, 48211 byte
SHA-256:
ba78 16bf 8f01 cfea
4141 40de 5dae 2223
b003 61a3 9617 7a9c
b410 ff61 f200 15ad

SHA-256 är filens fingeravtryck. Sealdesk visar det bredvid dokumentet.`);
});

test("several documents are numbered", () => {
  const text = visibleText(
    [one, { ...one, name: "b.pdf", pages: 1, size: 1 }, { ...one, name: "c.pdf", pages: null }],
    "en",
    "plain",
  );
  expect(text).toMatch(/^I sign these 3 documents:\n\n1\. “avtal\.pdf”\n12 pages, 48211 bytes\n/u);
  expect(text).toContain("\n\n2. “b.pdf”\n1 page, 1 byte\nSHA-256:\n");
  expect(text).toContain("\n\n3. “c.pdf”\n48211 bytes\nSHA-256:\n");
});

test("with the format only our own headline and emphasis are marks", () => {
  const text = visibleText([{ ...one, name: "# *b*\n+ c" }], "en", "simpleMarkdownV1");
  expect(text.match(/[#*+|\\_`]/gu)).toEqual(["#", "*", "*"]);
  expect(text).toMatch(/^# I sign this document:\n\n\*“＃ ＊b＊ ＋ c”\*\n/u);
});

test("a name cannot pass for another document", () => {
  const name = `x.pdf”\n12 pages\n\n2. “harmless.pdf”\nSHA-256:\n${"0000 ".repeat(16)}`;
  const lines = visibleText([{ ...one, name }], "en", "plain").split("\n");
  expect(lines.filter((line) => line === "SHA-256:")).toHaveLength(1);
  expect(lines.filter((line) => line.includes("“"))).toHaveLength(1);
});

test("limits count Base64 of UTF-8, as BankID does (sheet section 1.2)", () => {
  for (const text of ["", "a", "ab", "abc", "å", "å€😀"]) {
    expect(encodedLength(text)).toBe(Buffer.from(text, "utf8").toString("base64").length);
  }
  expect(textProblem("a".repeat(30_000), "b".repeat(150_000))).toBeNull();
  expect(textProblem("a".repeat(30_001), "")).toEqual({
    code: "bankid.text-too-long",
    params: { characters: 40_004, limit: 40_000 },
  });
  expect(textProblem("å".repeat(15_001), "")?.code).toBe("bankid.text-too-long");
  expect(textProblem("a", "b".repeat(150_001))?.code).toBe("bankid.text-too-long");
  expect(textProblem("", "")?.code).toBe("bankid.text-too-long");
});

test("fifty documents with long names fit into one order, and hundreds do not", () => {
  const many = Array.from({ length: 300 }, (_unused, index) => ({
    name: `${"å".repeat(90)}${index}.pdf`,
    pages: 1000,
    size: 1e9,
    sha256: createHash("sha256").update(String(index)).digest("hex"),
  }));
  expect(textProblem(visibleText(many.slice(0, 50), "sv", "plain"), "")).toBeNull();
  expect(textProblem(visibleText(many, "sv", "plain"), "")?.code).toBe("bankid.text-too-long");
});
