import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { safeMarkdownName, safeName } from "../../../../electron/evidence/bankid/safe-name.ts";

test("honest names stay as they are", () => {
  for (const name of ["avtal.pdf", "Årsredovisning 2026 (slutlig).pdf", "contrat n° 3.pdf", "契約書.pdf", "מסמך.pdf"]) {
    expect(safeName(name)).toBe(name);
  }
});

describe("a name can neither hide nor add anything", () => {
  test.each([
    ["line feeds", "a.pdf\n\n2. “b.pdf”", "a.pdf 2. 'b.pdf'"],
    ["other line ends", "a\u2028b\u2029c\u0085d\vd", "a b c□d d"],
    ["quotation marks", 'a" b” c“ d» e＂', "a' b' c' d' e'"],
    ["text turned around", "invoice\u202Efdp.exe", "invoice□fdp.exe"],
    ["isolates", "a\u2066b\u2069", "a□b□"],
    ["nothing to be seen", "a\u200B\u200D\u2060\uFEFFb\u00AD", "a□□□ b□"],
    ["fillers", "\u3164\u115F\u2800", "□□□"],
    ["controls", "a\u0000\u001B[1mb", "a□□[1mb"],
    ["half a character", "a\uD800b", "a\uFFFDb"],
    ["private use", "a\uE000", "a□"],
    ["tags", "a\u{E0041}b", "a□b"],
    ["piled marks", "a\u0300\u0301\u0302\u0303\u0304b", "à\u0301\u0302b"],
    ["a mark at the beginning", "\u0301a", "□\u0301a"],
    ["spaces that push away", `a${" ".repeat(500)}b`, "a b"],
    ["nothing", "", "□"],
    ["spaces alone", " \t ", "□"],
  ])("%s", (_title, name, expected) => {
    expect(safeName(name)).toBe(expected);
  });

  test("long names are shortened in the middle, so that the ending stays", () => {
    const shown = safeName(`${"a".repeat(300)}.pdf`);
    expect(Array.from(shown).length).toBeLessThanOrEqual(100);
    expect(shown).toMatch(/^a+…a+\.pdf$/u);
  });

  test("whatever the name, one line in plain sight comes out, without quotes of ours", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
        for (const shown of [safeName(name), safeMarkdownName(name)]) {
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}“”"]/u);
          expect(shown).toMatch(/^[^\s\p{M}]/u);
          expect(shown).toBe(shown.trim());
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test("no mark of simpleMarkdownV1 is left in a name (sheet section 3.4)", () => {
  const name = String.raw`# *a* + b | c \ d _e_ \`f\` [x](y) <z> ~~q~~`;
  expect(safeMarkdownName(name)).not.toMatch(/[#*+|\\_`[\]<>~]/u);
  expect(safeMarkdownName("a_b*c.pdf")).toBe("a＿b＊c.pdf");
  expect(safeMarkdownName("avtal-2.pdf")).toBe("avtal-2.pdf");
});
