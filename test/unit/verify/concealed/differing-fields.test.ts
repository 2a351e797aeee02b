import { describe, expect, test } from "vitest";
import { type OneField, shows, withField } from "../../../attacks/concealing-documents.ts";
import { NOTHING, search } from "./search.ts";

const DIFFERS = { ...NOTHING, differingFields: ["Amount"] };
const TEXT = "/FT /Tx /AP << /N 11 0 R >>";
const CHOICE = "/FT /Ch /Ff 131072 /Opt [[(a) (One)] [(b) (Two)]] /AP << /N 11 0 R >>";
const BUTTON = "/FT /Btn /AP << /N << /Yes 11 0 R /Off 12 0 R >> >>";
const TICK = "0 0 10 10 re f";

describe("a field is told of that shows something else than its value", () => {
  const cases: Readonly<Record<string, OneField>> = {
    "another text": { field: `${TEXT} /V (9000)`, drawing: shows("100") },
    "a text where the value is empty": { field: TEXT, drawing: shows("100") },
    "nothing where there is a value": { field: `${TEXT} /V (9000)`, drawing: shows("") },
    "another choice": { field: `${CHOICE} /V (b)`, drawing: shows("One") },
    "a tick where the value says no": { field: `${BUTTON} /V /Off /AS /Yes`, drawing: TICK },
    "no tick where the value says yes": { field: `${BUTTON} /V /Yes /AS /Off`, drawing: TICK },
    "another number than its format would make of the value": {
      field: `${TEXT} /V (9000) /AA << /F << /S /JavaScript /JS (AFNumber_Format\\(2, 0, 0, 0, "", true\\);) >> >>`,
      drawing: shows("100.00"),
    },
  };
  test.each(Object.entries(cases))("%s", async (_name, field) => {
    expect(await search(withField(field))).toEqual(DIFFERS);
  });
});

describe("nothing is told of a field", () => {
  const cases: Readonly<Record<string, OneField>> = {
    "that shows its value": { field: `${TEXT} /V (100)`, drawing: shows("100") },
    "that is empty and shows nothing": { field: TEXT, drawing: shows("") },
    "without a drawing": { field: "/FT /Tx /V (100)", drawing: "" },
    "that every program shall draw anew": {
      field: `${TEXT} /V (9000)`,
      drawing: shows("100"),
      form: "/NeedAppearances true",
    },
    "whose look a script makes": {
      field: `${TEXT} /V (9000) /AA << /F << /S /JavaScript /JS (event.value = "x";) >> >>`,
      drawing: shows("100"),
    },
    "with a number in its format": {
      field: `${TEXT} /V (9000) /AA << /F << /S /JavaScript /JS (AFNumber_Format\\(2, 0, 0, 0, "", true\\);) >> >>`,
      drawing: shows("9,000.00"),
    },
    "that shows the text of its choice": { field: `${CHOICE} /V (b)`, drawing: shows("Two") },
    "with a password": { field: `${TEXT} /Ff 8192 /V (abc)`, drawing: shows("***") },
    "that is hidden": { field: `${TEXT} /V (9000)`, drawing: shows("100"), flags: 2 },
    "whose box is ticked": { field: `${BUTTON} /V /Yes /AS /Yes`, drawing: TICK },
    "whose box is not ticked": { field: `${BUTTON} /AS /Off`, drawing: TICK },
    "that is a push button": { field: "/FT /Btn /Ff 65536 /AP << /N 11 0 R >>", drawing: shows("Send") },
    "with a drawing that is not understood": { field: `${TEXT} /V (9000)`, drawing: `0 1 -1 0 0 0 cm ${shows("100")}` },
  };
  test.each(Object.entries(cases))("%s", async (_name, field) => {
    expect(await search(withField(field))).toEqual(NOTHING);
  });
});
