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
    pass("signed words highlighted in green, in two pieces that touch", () =>
      comment(
        certified(),
        "/Subtype /Highlight /C [0 1 0] /Rect [49 145 171 169] /QuadPoints [50 168 110 168 50 146 110 146 109 168 170 168 109 146 170 146]",
      ),
    ),
    pass("signed words highlighted by a drawing with round ends, in a group that multiplies", () => {
      const document = certified();
      const inner = document.size + 2;
      return comment(
        document,
        `/Subtype /Highlight /C [1 1 0] /CA 0.5 ${onText}`,
        stream(
          "q /R0 gs /Fm0 Do Q",
          `${FORM} /BBox [45 145 175 169] /Matrix [1 0 0 1 -45 -145] /Resources << /ExtGState << /R0 << /Type /ExtGState /AIS false /BM /Multiply >> >> /XObject << /Fm0 ${inner} 0 R >> >>`,
        ),
        {
          [inner]: stream(
            "/R1 gs 1 1 0 rg 0 i 1 w 4 M 1 j 0 J [] 0 d 50 168 m 46 162 46 152 50 146 c 170 146 l 174 152 174 162 170 168 c h f",
            `${FORM} /BBox [45 145 175 169] /Group << /S /Transparency /I true >> /Resources << /ExtGState << /R1 << /Type /ExtGState /AIS false /ca 1 >> >> >>`,
          ),
        },
      );
    }),
    pass("a signed line of a table with a shaded ground, highlighted and underlined", () => {
      const document = certified({
        4: stream("0.9 g 40 140 220 30 re f 0 g BT /F1 18 Tf 50 150 Td (Pay 100 EUR) Tj ET"),
      });
      const once = comment(document, `/Subtype /Highlight /C [1 1 0] ${onText}`);
      return revise(once, {
        [once.size]:
          "<< /Type /Annot /F 4 /P 3 0 R /Subtype /Underline /C [1 0 0] /Rect [49 145 171 169] /QuadPoints [50 168 155 168 50 146 155 146] >>",
        [PART.page]: withItem(body(once, PART.page), "Annots", `${once.size} 0 R`),
      });
    }),
    pass("signed words underlined with a wavy line", () =>
      comment(
        certified(),
        `/Subtype /Squiggly /C [1 0 0] ${onText}`,
        stream(
          `1 0 0 RG 0.7 w 50 146.5 m ${Array.from({ length: 30 }, (_, index) => `${54 + 3.8 * index} ${index % 2 === 0 ? 148.5 : 146.5} l`).join(" ")} S`,
          `${FORM} /BBox [49 145 171 169] /Matrix [1 0 0 1 -49 -145]`,
        ),
      ),
    ),
    pass("signed words underlined by a thin filled bar", () =>
      comment(
        certified(),
        `/Subtype /Underline /C [0 0 1] ${onText}`,
        stream("0 0 1 rg 50 146.5 120 1 re f", `${FORM} /BBox [49 145 171 169] /Matrix [1 0 0 1 -49 -145]`),
      ),
    ),
    pass("signed words underlined, the reader draws it", () =>
      comment(certified(), `/Subtype /Underline /C [0 0.5 0] ${onText}`),
    ),
    pass("a distance measured in an empty place", () =>
      comment(
        certified(),
        "/Subtype /Line /IT /LineDimension /L [205 110 285 110] /LL 5 /LLE 3 /Rect [200 100 290 120] /LE [/OpenArrow /OpenArrow] /Cap true /Contents (8 cm)",
        stream("0 0 1 RG 1 w 5 10 m 85 10 l S", `${FORM} /BBox [0 0 90 20]`),
      ),
    ),
    pass("a note's sign that keeps its size", () => {
      const document = certified();
      return revise(comment(document, "/Subtype /Text /Rect [265 160 285 180] /Contents (Fine) /Name /Comment"), {
        [document.size]:
          "<< /Type /Annot /F 28 /P 3 0 R /Subtype /Text /Rect [265 160 285 180] /Contents (Fine) /Name /Comment >>",
      });
    }),
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
