import { describe, expect, test } from "vitest";
import { formFields } from "../../../electron/pdf/form-fields.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { buildPdf } from "./build-pdf.ts";

const fieldsOf = (
  form: string,
  objects: Readonly<Record<number, string>>,
  annotations: readonly [string, string] = ["", ""],
) =>
  formFields(
    openPdf(
      memorySource(
        buildPdf({
          objects: {
            1: `<</Type/Catalog/Pages 2 0 R/AcroForm ${form}>>`,
            2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 100 100]>>",
            3: `<</Type/Page/Parent 2 0 R/Annots[${annotations[0]}]>>`,
            4: `<</Type/Page/Parent 2 0 R/Annots[${annotations[1]}]>>`,
            ...objects,
          },
        }),
      ),
    ),
  );

describe("the fields of a form", () => {
  test("carry their full names and what they inherit", () => {
    const fields = fieldsOf("9 0 R", {
      5: "<</T(person)/FT/Tx/Ff 2/Kids[6 0 R 7 0 R]/V(none)>>",
      6: "<</T(name)/Parent 5 0 R/Rect[0 0 1 1]/Subtype/Widget>>",
      7: "<</T<FEFF00E4>/Parent 5 0 R/FT/Sig/Ff 1/V 8 0 R>>",
      8: "<</Type/Sig>>",
      9: "<</Fields 10 0 R>>",
      10: "[5 0 R]",
    });
    expect(fields.map(({ name, type, flags }) => [name, type, flags])).toEqual([
      ["person.name", "Tx", 2],
      ["person.ä", "Sig", 1],
    ]);
    expect(fields[1]?.value).toEqual(ref(8));
    expect(fields.map(({ widgets }) => widgets.length)).toEqual([1, 0]);
  });

  test("know the pages of their widgets by /P, and by search where that is missing or wrong", () => {
    const fields = fieldsOf(
      "<</Fields[5 0 R 6 0 R 7 0 R 11 0 R]>>",
      {
        5: "<</T(a)/FT/Sig/Subtype/Widget/Rect[0 0 1 1]/P 4 0 R>>",
        6: "<</T(b)/FT/Sig/Subtype/Widget/Rect[0 0 1 1]>>",
        7: "<</T(c)/FT/Sig/Kids[8 0 R 9 0 R]>>",
        8: "<</Parent 7 0 R/Subtype/Widget/P 3 0 R>>",
        9: "<</Parent 7 0 R/Subtype/Widget/P 3 0 R>>",
        11: "<</T(d)/FT/Sig/Subtype/Widget/Rect[0 0 0 0]>>",
      },
      ["8 0 R", "5 0 R 6 0 R 9 0 R"],
    );
    expect(fields.map(({ widgets }) => widgets.map(({ page }) => page))).toEqual([[1], [1], [0, 1], [null]]);
    expect(fields[2]?.widgets.map((widget) => widget.ref.num)).toEqual([8, 9]);
  });

  test("end where the tree runs in a circle", () => {
    const fields = fieldsOf("<</Fields[5 0 R 5 0 R 99 0 R 7]>>", {
      5: "<</T(a)/Kids[6 0 R 5 0 R]>>",
      6: "<</T(b)/FT/Tx/Kids[5 0 R]>>",
    });
    expect(fields).toEqual([]);
  });

  test("are none in a document without a form", () => {
    expect(fieldsOf("null", {})).toEqual([]);
    expect(fieldsOf("<<>>", {})).toEqual([]);
  });
});
