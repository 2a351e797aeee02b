import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES } from "./base-documents.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw, type SignedDocument, withItem } from "./sign-raw.ts";

/** The rectangle of the signed text "Pay 100 EUR", and its drawing in the space of the page. */
const RECT = "/Rect [49 145 171 169]";
const QUAD = "/QuadPoints [50 168 170 168 50 146 170 146]";
const FORM = "/Type /XObject /Subtype /Form";
const ON_PAGE = `${FORM} /BBox [49 145 171 169] /Matrix [1 0 0 1 -49 -145]`;
const STATES =
  "/ExtGState << /G0 << /BM /Multiply >> /G1 << /BM /Normal >> /G2 << /BM /Multiply /LW 40 >> /G3 << /BM /Multiply /SMask << /S /Alpha /G 14 0 R >> >> >>";

/** Markers, which may lie over signed text, and comments beside it, that hide it or add to it. */
export function markerAttacks({ certified, pki }: Victims): readonly Attack[] {
  const markers = family("markers");
  const permitted = certified[3];
  const add = (
    document: SignedDocument,
    entries: string,
    drawing?: string,
    objects: Readonly<Record<number, string>> = {},
  ): RawDocument => {
    const num = document.size;
    return revise(document, {
      [num]: `<< /Type /Annot /P 3 0 R ${drawing === undefined ? "" : `/AP << /N ${num + 1} 0 R >>`} ${entries} >>`,
      ...(drawing === undefined ? {} : { [num + 1]: drawing }),
      [PART.page]: withItem(body(document, PART.page), "Annots", `${num} 0 R`),
      ...objects,
    });
  };
  const marked = (kind: string, name: string, content: string, entries = ON_PAGE, resources = STATES): Attack =>
    markers(name, "changes.", () =>
      add(
        permitted,
        `/Subtype /${kind} /F 4 /C [1 1 0] ${RECT} ${QUAD}`,
        stream(content, `${entries} /Resources << ${resources} >>`),
      ),
    );
  const within = (name: string, outer: string, inner: string, entries: string, outerEntries = ON_PAGE): Attack =>
    markers(name, "changes.", () => {
      const num = permitted.size + 2;
      return add(
        permitted,
        `/Subtype /Highlight /F 4 /C [1 1 0] ${RECT} ${QUAD}`,
        stream(outer, `${outerEntries} /Resources << ${STATES} /XObject << /X1 ${num} 0 R >> >>`),
        { [num]: stream(inner, `${FORM} /BBox [0 0 300 200] ${entries} /Resources << ${STATES} >>`) },
      );
    });
  const bare = (name: string, entries: string, flags = 4): Attack =>
    markers(name, "changes.", () => add(permitted, `/F ${flags} ${entries}`));
  const box = "50 146 120 22 re f";
  const beside = "/Rect [200 100 290 120]";
  return [
    // Areas.
    marked("Highlight", "black that multiplies", `/G0 gs 0 g ${box}`),
    marked("Highlight", "dark blue that multiplies", `/G0 gs 0 0 0.6 rg ${box}`),
    marked("Highlight", "five grey areas on each other", `/G0 gs 0.6 g ${`${box} `.repeat(5)}`),
    marked(
      "Highlight",
      "areas of three inks on each other",
      `/G0 gs 1 0 0 0 k ${box} 0 1 0 0 k ${box} 0 0 1 0 k ${box}`,
    ),
    marked("Highlight", "multiplies, but the state is taken back", `q /G0 gs Q 1 g ${box}`),
    marked("Highlight", "multiplies, then does not", `/G0 gs /G1 gs 1 g ${box}`),
    within("a drawing within that does not multiply", "/G0 gs /X1 Do", `/G1 gs 1 g ${box}`, ""),
    marked(
      "Highlight",
      "multiplies within an isolated group only",
      `/G0 gs 1 g ${box}`,
      `${ON_PAGE} /Group << /S /Transparency /I true >>`,
    ),
    within(
      "a drawing within that multiplies in its isolated group only",
      "/X1 Do",
      `/G0 gs 1 g ${box}`,
      "/Group << /S /Transparency /I true >>",
    ),
    marked("Highlight", "a digit made of a filled bar", "/G0 gs 0.5 g 80 150 1.5 13 re f"),
    marked("Highlight", "a digit made of a filled outline", "/G0 gs 0.4 g 78 150 m 81 150 l 81 163 l 78 160 l f"),
    marked("Highlight", "a decimal point made of a square", "/G0 gs 0.4 g 95 149 2 2 re f"),
    marked(
      "Highlight",
      "an area cut out in the form of a sign",
      `q 78 150 m 81 150 l 81 163 l 78 160 l W n /G0 gs 0.4 g ${box} Q`,
    ),
    marked("Highlight", "an area cut by a mask", `/G3 gs 0.4 g ${box}`),
    marked("Highlight", "an area with a bow tie's outline", "/G0 gs 0.4 g 80 150 m 95 163 l 80 163 l 95 150 l f"),
    marked("Highlight", "an area whose sides swing far out", "/G0 gs 0.4 g 80 150 m 300 150 300 163 80 163 c f"),
    marked("Highlight", "a shading", "/G0 gs /Sh1 sh"),
    marked(
      "Highlight",
      "letters that multiply",
      "/G0 gs BT /F1 18 Tf 90 150 Td (9) Tj ET",
      ON_PAGE,
      `${STATES} /Font << /F1 13 0 R >>`,
    ),
    marked("Highlight", "a pattern as colour", `/G0 gs /Pattern cs /P1 scn ${box}`),
    markers("green text under a green marker", "changes.", () => {
      const document = signRaw(
        baseDocument({ 4: stream("BT 0 0.6 0 rg /F1 18 Tf 50 150 Td (Pay 100 EUR) Tj ET") }),
        pki.person,
        { certify: 3 },
      );
      return add(document, `/Subtype /Highlight /F 4 /C [0 1 0] ${RECT} ${QUAD}`);
    }),
    markers("three grey markers on each other", "changes.", () => {
      const num = permitted.size;
      let page = body(permitted, PART.page);
      const objects: Record<number, string> = {};
      for (const index of [0, 1, 2]) {
        objects[num + index] = `<< /Type /Annot /P 3 0 R /Subtype /Highlight /F 4 /C [0.5 0.5 0.5] ${RECT} ${QUAD} >>`;
        page = withItem(page, "Annots", `${num + index} 0 R`);
      }
      return revise(permitted, { ...objects, [PART.page]: page });
    }),
    // Lines.
    marked("Underline", "a digit made of thin lines", "0 G 1.5 w 82 150 m 82 163 l S"),
    marked("Underline", "a line through the text", "0 G 1.5 w 50 156 m 155 156 l S"),
    marked(
      "Underline",
      "many thin white lines over the text",
      `1 G 2 w ${Array.from({ length: 12 }, (_, row) => `50 ${146 + 2 * row} m 170 ${146 + 2 * row} l`).join(" ")} S`,
    ),
    marked("Underline", "a line made wide by its scale", "1 G 3 w q 10 0 0 10 0 0 cm 5 15.7 m 17 15.7 l S Q"),
    marked("Underline", "a line made wide by its box", "1 G 0 0.5 m 1 0.5 l S", `${FORM} /BBox [0 0 1 1]`),
    marked(
      "Underline",
      "a line made wide by its matrix",
      "1 G 3 w 5 15.7 m 17 15.7 l S",
      `${FORM} /BBox [4.9 14.5 17.1 16.9] /Matrix [10 0 0 10 -49 -145]`,
    ),
    marked("Underline", "a line made wide by a state", "/G2 gs 1 G 50 157 m 170 157 l S"),
    marked("Underline", "a decimal point below a number", "0 G 2 w 95 150 m 97 150 l S"),
    marked("Underline", "a dashed line with one dash, which is a point", "0 G 2 w [2 500] 0 d 95 150 m 170 150 l S"),
    marked(
      "Underline",
      "a minus in front of the text",
      "0 G 1.5 w 40 155 m 48 155 l S",
      `${FORM} /BBox [29 145 171 169] /Matrix [1 0 0 1 -29 -145]`,
    ),
    marked("Underline", "a white line over the tails of commas", "1 G 3 w 50 148 m 170 148 l S"),
    bare(
      "an underline without a drawing, set through the text",
      `/Subtype /Underline ${RECT} /QuadPoints [50 168 170 168 50 156 170 156]`,
    ),
    bare(
      "an underline without a drawing, as short as a point",
      `/Subtype /Underline ${RECT} /QuadPoints [95 160 97 160 95 150 97 150]`,
    ),
    bare("an underline without a drawing, drawn wide", `/Subtype /Underline /BS << /W 10 >> ${RECT} ${QUAD}`),
    bare(
      "a marker without a drawing, as narrow as a digit",
      `/Subtype /Highlight /C [0.4 0.4 0.4] ${RECT} /QuadPoints [80 163 81.5 163 80 150 81.5 150]`,
    ),
    bare(
      "a marker whose corners are half a square",
      `/Subtype /Highlight /C [0.4 0.4 0.4] ${RECT} /QuadPoints [80 163 95 163 80 150]`,
    ),
    // Comments beside the text.
    ...[
      ["FreeText", "/Contents (000)"],
      ["Stamp", ""],
      ["Ink", "/InkList [[158 150 158 163]]"],
    ].map(([kind, more]) =>
      bare(
        `a ${kind} that goes on where the signed text ends`,
        `/Subtype /${kind} ${more} /DA (/F1 18 Tf 0 g) /Rect [156 147 190 167]`,
      ),
    ),
    bare(
      "a text in front of the signed one",
      "/Subtype /FreeText /Contents (Do not) /DA (/F1 18 Tf 0 g) /Rect [0 147 48 167]",
    ),
    bare(
      "a text that goes on where a field ends",
      "/Subtype /FreeText /Contents (000) /DA (/F1 12 Tf 0 g) /Rect [91 12 99 28]",
    ),
    bare("a comment that does not shrink with the page", `/Subtype /Square /IC [1 1 1] ${beside}`, 12),
    bare(
      "a line with long ends that the reader draws",
      "/Subtype /Line /L [205 110 285 110] /LL 40 /Rect [200 100 290 120]",
    ),
    bare(
      "a line whose caption stands elsewhere",
      "/Subtype /Line /L [205 110 285 110] /Cap true /Contents (999) /CO [-100 45] /Rect [200 100 290 120]",
    ),
    bare(
      "a text whose inner edges lie outside",
      `/Subtype /FreeText /Contents (999) /DA (/F1 12 Tf 0 g) /RD [-150 -50 -50 -50] ${beside}`,
    ),
    markers("a stamp whose drawing has no size", "changes.", () =>
      add(permitted, `/Subtype /Stamp /F 4 ${beside}`, stream("1 g 0 0 300 200 re f", `${FORM} /BBox [0 0 0 0]`)),
    ),
    markers("a stamp whose drawing is crushed to a line", "changes.", () =>
      add(
        permitted,
        `/Subtype /Stamp /F 4 ${beside}`,
        stream("1 g 0 0 300 200 re f", `${FORM} /BBox [0 0 300 200] /Matrix [1 1 1 1 0 0]`),
      ),
    ),
    markers("a highlighter over signed text taken away that was black", "changes.not-permitted", () => {
      const document = signRaw(
        baseDocument({
          3: swap(BODIES[3] ?? "", "27 0 R", "27 0 R 40 0 R"),
          40: `<< /Type /Annot /P 3 0 R /Subtype /Highlight /F 4 /C [1 1 0] ${RECT} ${QUAD} /AP << /N 41 0 R >> >>`,
          41: stream(`/G0 gs 0 g ${box}`, `${ON_PAGE} /Resources << ${STATES} >>`),
        }),
        pki.person,
        { certify: 3 },
      );
      return revise(document, { 3: swap(body(document, 3), "40 0 R", "") }, { free: [40] });
    }),
  ];
}
