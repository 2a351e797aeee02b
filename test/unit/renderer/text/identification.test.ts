import { expect, test } from "vitest";
import { compare, differences } from "../../../../renderer/text/identification.ts";

test.each([
  ["Erika", "ERIKA", "same"],
  ["van den  Berg", "Van Den Berg ", "same"],
  // The machine-readable zone and many cards print "SS" for "ß" (ICAO 9303-3, section 6).
  ["Groß", "GROSS", "same"],
  ["José", "Jose\u0301", "same"],
  ["Müller", "MUELLER", "different"],
  ["1983-08-12", "1983-12-08", "different"],
  [null, "1983-08-12", "only-checked"],
  ["", "1983-08-12", "only-checked"],
  ["erika@example.com", null, "only-ordered"],
  [null, null, "nothing"],
] as const)("ordered %j and checked %j: %s", (ordered, checked, comparison) => {
  expect(compare({ field: "surname", ordered, checked })).toBe(comparison);
});

test("only what was both ordered and checked can differ", () => {
  expect(
    differences([
      { field: "given-name", ordered: "Erika", checked: "Erik" },
      { field: "birthdate", ordered: null, checked: "1983-08-12" },
      { field: "email", ordered: "erika@example.com", checked: null },
    ]),
  ).toBe(1);
});
