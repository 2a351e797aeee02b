import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES } from "./base-documents.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw, type SignedDocument, withItem } from "./sign-raw.ts";

const FORM = "/Type /XObject /Subtype /Form /BBox [0 0 120 22]";
const MULTIPLY = "/Resources << /ExtGState << /G0 << /BM /Multiply >> /G1 << /BM /Normal >> >> >>";
const onText = "/Rect [50 146 170 168] /QuadPoints [50 168 170 168 50 146 170 146]";

/** Comments whose drawing, points or neighbours reach what the comment alone seems to leave alone. */
export function coveringComments({ certified, pki }: Victims): readonly Attack[] {
  const comments = family("covering comments");
  const permitted = certified[3];
  const addAll = (
    document: SignedDocument,
    all: readonly { readonly entries: string; readonly drawing?: string | undefined }[],
    more: Readonly<Record<number, string>> = {},
  ): RawDocument => {
    const changes: Record<number, string> = { ...more };
    let page = body(document, PART.page);
    for (const [index, { entries, drawing }] of all.entries()) {
      const num = document.size + 2 * index;
      changes[num] =
        `<< /Type /Annot /P 3 0 R ${drawing === undefined ? "" : `/AP << /N ${num + 1} 0 R >>`} ${entries} >>`;
      changes[num + 1] = drawing ?? "null";
      page = withItem(page, "Annots", `${num} 0 R`);
    }
    return revise(document, { ...changes, [PART.page]: page });
  };
  const refused = (name: string, entries: string, drawing?: string): Attack =>
    comments(name, "changes.", () => addAll(permitted, [{ entries, drawing }]));
  const marker = (kind: string, name: string, content: string, more = MULTIPLY, color = "/C [1 1 0]"): Attack =>
    refused(name, `/Subtype /${kind} /F 4 ${color} ${onText}`, stream(content, `${FORM} ${more}`));
  const prepared = (changes: Readonly<Record<number, string>>): SignedDocument =>
    signRaw(baseDocument(changes), pki.person, { certify: 3 });
  const on = (name: string, changes: Readonly<Record<number, string>>, entries: string): Attack =>
    comments(name, "changes.", () => addAll(prepared(changes), [{ entries }]));
  const white = "/Subtype /Square /F 4 /C [1 1 1] /IC [1 1 1]";
  const strip = (left: number, bottom: number, right: number, top: number): { readonly entries: string } => ({
    entries: `${white} /Rect [${left} ${bottom} ${right} ${top}]`,
  });
  const number = { 4: stream("BT /F1 18 Tf 50 150 Td (1000000) Tj ET") };
  return [
    // Markers: what the drawing does to the text under it.
    marker("Highlight", "black that multiplies", "/G0 gs 0 g 0 0 120 22 re f"),
    marker("Highlight", "the colour that nobody set, multiplied", "/G0 gs 0 0 120 22 re f"),
    marker("Highlight", "multiplying ends with its graphics state", "q /G0 gs Q 1 g 0 0 120 22 re f"),
    marker("Highlight", "multiplying is switched off again", "/G0 gs /G1 gs 1 g 0 0 120 22 re f"),
    marker(
      "Highlight",
      "multiplies within an isolated group",
      "/G0 gs 1 g 0 0 120 22 re f",
      `${MULTIPLY} /Group << /S /Transparency /I true >>`,
    ),
    marker(
      "Highlight",
      "a soft mask",
      "/G0 gs 1 g 0 0 120 22 re f",
      "/Resources << /ExtGState << /G0 << /BM /Multiply /SMask << /S /Luminosity /G 14 0 R >> >> >> >>",
    ),
    marker(
      "Highlight",
      "one of two blend modes",
      "/G0 gs 1 g 0 0 120 22 re f",
      "/Resources << /ExtGState << /G0 << /BM [/Hue /Multiply] >> >> >>",
    ),
    marker("Highlight", "grey upon grey", `/G0 gs 0.5 g ${"0 0 120 22 re f ".repeat(20)}`),
    marker("Highlight", "a sign made of a filled shape in front of the amount", "/G0 gs 0 0.6 1 rg 36 4 2 14 re f"),
    marker("Highlight", "a sign made of lines in front of the amount", "1 w 0 G 37 4 m 37 17 l S"),
    marker(
      "Highlight",
      "letters made of a curved shape",
      "/G0 gs 0 0.6 1 rg 1 4 m 20 18 l 40 4 l 60 18 l 80 4 l 100 18 l 119 4 l 119 3 l 1 3 l f",
    ),
    marker(
      "Highlight",
      "a shape cut out of a highlight",
      "/G0 gs 0 0.6 1 rg 36 4 m 38 18 l 40 4 l W n 0 0 120 22 re f",
    ),
    marker("Underline", "lines made wide by the matrix of the page", "120 0 0 22 0 0 cm 1 w 0 0.5 m 1 0.5 l S", ""),
    marker(
      "Underline",
      "a line turned upright by the drawing's matrix",
      "1 w 0 1 m 120 1 l S",
      "/Matrix [0 1 -1 0 0 0]",
    ),
    refused(
      "lines made wide by the drawing's box",
      `/Subtype /Underline /F 4 ${onText}`,
      stream("1 w 0 0.5 m 1 0.5 l S", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]"),
    ),
    marker(
      "Underline",
      "lines made wide by a graphics state",
      "/G0 gs 0 11 m 120 11 l S",
      "/Resources << /ExtGState << /G0 << /LW 30 >> >> >>",
    ),
    marker("Underline", "a digit made of a line in front of the amount", "1 w 37 4 m 37 17 l S", ""),
    marker("Underline", "a minus in front of the amount", "1.5 w 30 10 m 36 10 l S", ""),
    marker("Underline", "a line through the text", "1.5 w 0 9 m 120 9 l S", ""),
    marker(
      "Underline",
      "many thin lines over the text",
      `3 w ${[1, 4, 7, 10, 13, 16, 19].map((y) => `0 ${y} m 120 ${y} l S`).join(" ")}`,
      "",
    ),
    marker("Squiggly", "waves as high as the text", "2 w 0 2 m 5 20 l 10 2 l 15 20 l 20 2 l 120 20 l S", ""),
    marker("Underline", "a drawing without a box", "1 w 0 1 m 120 1 l S", "/BBox [0 0 0 0]"),
    refused("highlighter without a colour", `/Subtype /Highlight /F 4 ${onText}`),
    refused(
      "an underline whose place is the middle of the text",
      "/Subtype /Underline /F 4 /C [0 0 0] /Rect [49 154 171 169] /QuadPoints [50 168 170 168 50 155 170 155]",
    ),
    refused(
      "an underline of turned points",
      "/Subtype /Underline /F 4 /C [0 0 0] /Rect [49 145 171 169] /QuadPoints [50 146 170 168 50 168 170 146]",
    ),
    comments("twenty grey highlighters", "changes.", () =>
      addAll(
        permitted,
        Array.from({ length: 20 }, () => ({ entries: `/Subtype /Highlight /F 4 /C [0.6 0.6 0.6] ${onText}` })),
      ),
    ),
    // Boxes: what is left of the text beside them.
    comments("upright strips that cover the text together", "changes.", () =>
      addAll(
        permitted,
        Array.from({ length: 20 }, (_, index) => strip(50 + 6 * index, 145, 56 + 6 * index, 169)),
      ),
    ),
    comments("flat strips that cover the text together", "changes.", () =>
      addAll(
        permitted,
        Array.from({ length: 6 }, (_, index) => strip(49, 146 + 4 * index, 171, 150 + 4 * index)),
      ),
    ),
    refused("a box over the first digits of a field", `${white} /Rect [-40 8 29 32]`),
    on("a box over the last digits of a long number", number, `${white} /Rect [109 145 130 169]`),
    on(
      "a box over a word in wide capitals",
      { 4: stream("BT /F1 18 Tf 50 150 Td (WWWWWWWWWW) Tj ET") },
      `${white} /Rect [140 145 240 169]`,
    ),
    on(
      "a box over the end of a text with spaces between its letters",
      { 4: stream("BT 6 Tc /F1 18 Tf 50 150 Td (1000000) Tj ET") },
      `${white} /Rect [120 145 200 169]`,
    ),
    on(
      "a box over the end of stretched text",
      { 4: stream("BT 200 Tz /F1 18 Tf 50 150 Td (1000000) Tj ET") },
      `${white} /Rect [120 145 200 169]`,
    ),
    on(
      "a box over raised text",
      { 4: stream("BT 30 Ts /F1 18 Tf 50 120 Td (1000000) Tj ET") },
      `${white} /Rect [45 145 140 169]`,
    ),
    on(
      "a box over a signature drawn with a pen",
      { 4: stream("2 w 210 102 m 220 130 230 90 240 118 c 250 104 l S") },
      `${white} /Rect [200 95 290 125]`,
    ),
    on(
      "a box over a thin digit that is a shape",
      { 4: stream("210 104 2 8 re f") },
      `${white} /Rect [205 100 220 115]`,
    ),
    refused(
      "ink beyond its rectangle, over the text",
      "/Subtype /Ink /F 4 /C [1 1 1] /InkList [[50 155 170 155]] /BS << /W 12 >> /Rect [49 167 171 180]",
    ),
    refused(
      "a wide line whose edge lies over the text",
      "/Subtype /Line /F 4 /C [1 1 1] /L [50 167 170 167] /BS << /W 12 >> /Rect [49 166 171 180]",
    ),
    refused("a note of no size over the amount", "/Subtype /Text /F 4 /Name /Comment /Rect [90 168 91 169]"),
    refused(
      "a text in a line's name",
      "/Subtype /Line /F 4 /Cap true /Contents (Pay 999 EUR) /L [50 172 170 172] /Rect [50 171 170 180]",
    ),
    refused("a leader over the text", "/Subtype /Line /F 4 /LL -30 /L [50 172 170 172] /Rect [50 171 170 180]"),
    on(
      "a box that does not turn with its page",
      { 3: swap(BODIES[3] ?? "", "/Contents", "/Rotate 90 /Contents") },
      `${white.replace("/F 4", "/F 20")} /Rect [172 100 196 169]`,
    ),
    refused("a box that does not shrink with its page", `${white.replace("/F 4", "/F 12")} /Rect [200 100 290 120]`),
    refused("two rectangles", `${white} /Rect [49 145 171 169] /Rect [200 100 290 120]`),
    refused(
      "digits right behind the amount",
      "/Subtype /FreeText /F 4 /Contents (000) /DA (/F1 18 Tf 0 g) /Rect [154 146 190 168]",
    ),
    refused(
      "a digit right in front of the amount",
      "/Subtype /FreeText /F 4 /Contents (9) /DA (/F1 18 Tf 0 g) /Rect [38 146 49.5 168]",
    ),
  ];
}
