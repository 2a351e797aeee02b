import { baseDocument, BODIES } from "./base-documents.ts";
import type { HonestChange } from "./honest-changes.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw, type SignedDocument, withItem } from "./sign-raw.ts";
import type { TestPki } from "./test-authority.ts";

const FORM = "/Type /XObject /Subtype /Form";

/** Comments on a document whose certification permits them, beside what was signed or leaving it readable. */
export function honestComments({ person, other }: TestPki): readonly HonestChange[] {
  const pass = (name: string, build: () => RawDocument): HonestChange => ({ name, passes: true, build });
  const certified = (changes: Readonly<Record<number, string>> = {}): SignedDocument =>
    signRaw(baseDocument(changes), person, { certify: 3 });
  const comment = (
    document: SignedDocument,
    entries: string,
    drawing?: string,
    objects: Readonly<Record<number, string>> = {},
  ): RawDocument => {
    const num = document.size;
    return revise(document, {
      [num]: `<< /Type /Annot /F 4 /P 3 0 R /M (D:20260201000000Z) ${drawing === undefined ? "" : `/AP << /N ${num + 1} 0 R >>`} ${entries} >>`,
      ...(drawing === undefined ? {} : { [num + 1]: drawing }),
      [PART.page]: withItem(body(document, PART.page), "Annots", `${num} 0 R`),
      ...objects,
    });
  };
  const onText = "/Rect [49 145 171 169] /QuadPoints [50 168 170 168 50 146 170 146]";
  const stamp = certified({
    3: swap(BODIES[3] ?? "", "27 0 R", "27 0 R 40 0 R"),
    40: "<< /Type /Annot /Subtype /FreeText /F 4 /P 3 0 R /Rect [200 100 290 120] /Contents (Draft) /DA (/F1 12 Tf 0 g) >>",
  });
  return [
    pass("a note in the margin", () =>
      comment(certified(), "/Subtype /Text /Rect [260 160 280 180] /Contents (Fine with me) /T (Grace) /Name /Note"),
    ),
    pass("a note with its window", () => {
      const document = certified();
      const popup = document.size + 2;
      const made = comment(
        document,
        `/Subtype /Text /Rect [260 160 280 180] /Contents (Fine) /Popup ${popup} 0 R`,
        undefined,
        {
          [popup]: `<< /Type /Annot /Subtype /Popup /F 28 /Rect [50 50 250 180] /Parent ${document.size} 0 R /Open false >>`,
        },
      );
      return revise(made, { [PART.page]: withItem(body(made, PART.page), "Annots", `${popup} 0 R`) });
    }),
    pass("a text beside the signed one", () =>
      comment(
        certified(),
        "/Subtype /FreeText /Rect [200 100 290 120] /Contents (Seen) /DA (/F1 12 Tf 0 g)",
        stream("BT /F1 12 Tf 2 5 Td (Seen) Tj ET", `${FORM} /BBox [0 0 90 20] /Resources << /Font << /F1 13 0 R >> >>`),
      ),
    ),
    pass("signed words highlighted, the reader draws it", () =>
      comment(certified(), `/Subtype /Highlight /C [1 1 0] ${onText}`),
    ),
    pass("signed words highlighted, with a drawing that multiplies", () =>
      comment(
        certified(),
        `/Subtype /Highlight /C [1 1 0] ${onText}`,
        stream(
          "/G0 gs 1 1 0 rg 50 146 m 170 146 l 170 168 l 50 168 l h f",
          `${FORM} /BBox [49 145 171 169] /Matrix [1 0 0 1 -49 -145] /Resources << /ExtGState << /G0 << /BM /Multiply >> >> >>`,
        ),
      ),
    ),
    pass("signed words underlined", () =>
      comment(
        certified(),
        `/Subtype /Underline /C [1 0 0] ${onText}`,
        stream("1 0 0 RG 1 w 50 147 m 170 147 l S", `${FORM} /BBox [49 145 171 169] /Matrix [1 0 0 1 -49 -145]`),
      ),
    ),
    pass("a stroke of a pen in an empty place", () =>
      comment(certified(), "/Subtype /Ink /Rect [200 90 290 120] /InkList [[205 95 220 110 280 115]] /C [0 0 1]"),
    ),
    pass("a comment removed", () =>
      revise(stamp, { [PART.page]: swap(body(stamp, PART.page), "40 0 R", "") }, { free: [40] }),
    ),
    pass("a comment changed", () => revise(stamp, { 40: swap(body(stamp, 40), "(Draft)", "(Final)") })),
    pass("a comment, then a signature", () =>
      signRaw(comment(certified(), "/Subtype /Text /Rect [260 160 280 180] /Contents (Fine)"), other, { existing: 9 }),
    ),
  ];
}
