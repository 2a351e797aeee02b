import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES } from "./base-documents.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw, type SignedDocument, withItem } from "./sign-raw.ts";

const FORM = "/Type /XObject /Subtype /Form /BBox [0 0 120 22]";

type Refused = (name: string, entries: string, drawing?: string) => Attack;

const STATES =
  "/Resources << /ExtGState << /M << /BM /Multiply >> /N << /BM /Normal >> /W << /LW 30 >> /S << /BM /Multiply /SMask << /S /Alpha >> >> >> >>";
const WHITE = "1 g 0 0 120 22 re f";

/** Drawings of highlighters and underlines that are none: they hide the text under them, or write over it. */
function markers(refused: Refused, onText: string): readonly Attack[] {
  const drawn = (name: string, content: string, form = FORM): Attack =>
    refused(name, `/Subtype /Highlight /F 4 /C [1 1 0] ${onText}`, stream(content, `${form} ${STATES}`));
  const lines = (color: string, count: number): string =>
    `${color} 3 w ${Array.from({ length: count }, (_, index) => `0 ${index * 3 + 1} m 120 ${index * 3 + 1} l S`).join(" ")}`;
  return [
    drawn("highlighter whose multiplying has ended with its state", `q /M gs Q ${WHITE}`),
    drawn("highlighter that stops multiplying", `/M gs /N gs ${WHITE}`),
    drawn(
      "highlighter that multiplies only with itself",
      `/M gs ${WHITE}`,
      `${FORM} /Group << /S /Transparency /I true >>`,
    ),
    drawn("highlighter of black ink", "/M gs 0 0 120 22 re f"),
    drawn("highlighter through a mask", `/S gs 1 1 0 rg 0 0 120 22 re f`),
    drawn("highlighter of white lines", lines("1 G", 8)),
    drawn("highlighter of black lines", lines("0 G", 8)),
    drawn("a thin line that a scale makes wide", "q 1 0 0 30 0 0 cm 1 w 0 0.3 m 120 0.3 l S Q"),
    drawn("a thin line that its form's matrix makes wide", "1 w 0 0.3 m 120 0.3 l S", `${FORM} /Matrix [1 0 0 30 0 0]`),
    drawn(
      "a thin line that its rectangle makes wide",
      "2 w 0 1 m 120 1 l S",
      FORM.replace("/BBox [0 0 120 22]", "/BBox [0 0 120 2]"),
    ),
    drawn("a line whose width a graphics state sets", "/W gs 0 11 m 120 11 l S"),
    drawn("letters of thin lines", "1 w 60 2 m 60 18 l S 70 2 m 80 2 l 80 18 l 70 18 l 70 2 l S"),
    drawn(
      "a highlighted area that a dash hides nothing of, and then a picture's place",
      `/M gs 1 1 0 rg 0 0 120 22 re f /N gs ${WHITE}`,
    ),
  ];
}

/** Comments where they are permitted, that hide what was signed or do something. */
export function commentAttacks({ certified, table, pki }: Victims): readonly Attack[] {
  const comments = family("comments");
  const permitted = certified[3];
  const add = (document: SignedDocument, entries: string, drawing?: string): RawDocument => {
    const num = document.size;
    return revise(document, {
      [num]: `<< /Type /Annot /P 3 0 R ${drawing === undefined ? "" : `/AP << /N ${num + 1} 0 R >>`} ${entries} >>`,
      ...(drawing === undefined ? {} : { [num + 1]: drawing }),
      [PART.page]: withItem(body(document, PART.page), "Annots", `${num} 0 R`),
    });
  };
  const refused = (name: string, entries: string, drawing?: string, reason = "changes."): Attack =>
    comments(name, reason, () => add(permitted, entries, drawing));
  const prepared = (changes: Readonly<Record<number, string>>): SignedDocument =>
    signRaw(baseDocument(changes), pki.person, { certify: 3 });
  const onText = "/Rect [49 145 171 169] /QuadPoints [50 168 170 168 50 146 170 146]";
  const beside = "/Rect [200 100 290 120]";
  const plain = "/Subtype /Square /F 4";
  return [
    refused(
      "a text over signed text",
      `/Subtype /FreeText /F 4 /Contents (999) ${onText}`,
      undefined,
      "changes.not-permitted",
    ),
    refused("a white box over signed text", `${plain} /IC [1 1 1] ${onText}`, undefined, "changes.not-permitted"),
    refused(
      "a stamp over signed text",
      `/Subtype /Stamp /F 4 ${onText}`,
      stream("1 g 0 0 120 22 re f", FORM),
      "changes.not-permitted",
    ),
    refused("signed text struck out", `/Subtype /StrikeOut /F 4 ${onText}`),
    refused("black highlighter", `/Subtype /Highlight /F 4 /C [0 0 0] ${onText}`),
    refused(
      "highlighter that does not multiply",
      `/Subtype /Highlight /F 4 /C [1 1 1] ${onText}`,
      stream("1 g 0 0 120 22 re f", FORM),
    ),
    refused(
      "highlighter with letters",
      `/Subtype /Highlight /F 4 /C [1 1 0] ${onText}`,
      stream("BT /F1 18 Tf 0 5 Td (Pay 999 EUR) Tj ET", `${FORM} /Resources << /Font << /F1 13 0 R >> >>`),
    ),
    refused(
      "underline as thick as the text",
      `/Subtype /Underline /F 4 ${onText}`,
      stream("30 w 0 10 m 120 10 l S", FORM),
    ),
    refused(
      "underline with a picture",
      `/Subtype /Underline /F 4 ${onText}`,
      stream("q 120 0 0 22 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q", FORM),
    ),
    refused(
      "underline that draws a drawing of the page",
      `/Subtype /Underline /F 4 ${onText}`,
      stream("/X1 Do", `${FORM} /Resources << /XObject << /X1 14 0 R >> >>`),
    ),
    ...markers(refused, onText),
    refused("a box over a field", `${plain} /IC [1 1 1] /Rect [10 10 90 30]`),
    refused("a box over a filled shape", `${plain} /IC [1 1 1] /Rect [50 60 150 80]`),
    comments("a box over a picture", "changes.not-permitted", () => {
      const document = prepared({
        3: swap(BODIES[3] ?? "", "/X2 20 0 R", "/X2 40 0 R"),
        4: stream("q 80 0 0 20 200 100 cm /X2 Do Q"),
        40: stream(
          "x",
          "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        ),
      });
      return add(document, `${plain} /IC [1 1 1] ${beside}`);
    }),
    comments("a box over letters drawn as shapes", "changes.not-permitted", () => {
      const document = prepared({
        4: stream("210 102 m 212 118 l 216 118 l 218 102 l f 222 102 m 224 118 l 230 118 l f"),
      });
      return add(document, `${plain} /IC [1 1 1] ${beside}`);
    }),
    refused(
      "a line whose ends lie outside of its rectangle",
      "/Subtype /Line /F 4 /L [50 155 170 155] /BS << /W 12 >> /Rect [200 100 290 120]",
    ),
    refused(
      "ink outside of its rectangle",
      "/Subtype /Ink /F 4 /InkList [[50 155 170 155]] /BS << /W 12 >> /Rect [200 100 290 120]",
    ),
    refused(
      "highlighter outside of its rectangle",
      "/Subtype /Highlight /F 4 /C [0 0 0] /QuadPoints [50 168 170 168 50 146 170 146] /Rect [200 100 290 120]",
    ),
    refused("a rectangle of five numbers", `${plain} /Rect [200 100 290 120 0]`),
    refused("hidden", `/Subtype /Text /F 2 ${beside}`),
    refused("printed only", `/Subtype /Text /F 36 ${beside}`),
    refused("under the mouse", `/Subtype /Text /F 292 ${beside}`),
    refused("on a layer", `${plain} /OC 15 0 R ${beside}`),
    refused("with an action", `${plain} /A << /S /URI /URI (https://evil.example/) >> ${beside}`),
    refused("with a script", `${plain} /AA << /E << /S /JavaScript /JS (1) >> >> ${beside}`),
    refused("with a drawing for the mouse", `${plain} /AP << /R 14 0 R >> ${beside}`),
    refused("a window with a drawing", `/Subtype /Popup /F 4 ${beside}`, stream("0 0 9 9 re f", FORM)),
    ...[
      "Link",
      "FileAttachment",
      "Redact",
      "Watermark",
      "Screen",
      "RichMedia",
      "Movie",
      "Sound",
      "3D",
      "PrinterMark",
      "Widget",
      "Unknown",
    ].map((kind) => refused(`a ${kind} beside the text`, `/Subtype /${kind} /F 4 ${beside}`)),
    comments("the same comment twice", "changes.", () => {
      const once = add(permitted, `/Subtype /Text /F 4 ${beside}`);
      return revise(once, { [PART.page]: withItem(body(once, PART.page), "Annots", `${permitted.size} 0 R`) });
    }),
    comments("a link removed", "changes.", () => revise(permitted, { 3: swap(body(permitted, 3), "27 0 R", "") })),
    comments("a field removed from its page", "changes.", () =>
      revise(permitted, { 3: swap(body(permitted, 3), "8 0 R", "") }),
    ),
    comments("a signed comment grows over the text", "changes.", () => {
      const document = prepared({
        3: swap(BODIES[3] ?? "", "27 0 R", "27 0 R 40 0 R"),
        40: `<< /Type /Annot /P 3 0 R ${plain} ${beside} >>`,
      });
      return revise(document, { 40: swap(body(document, 40), beside, "/Rect [0 0 300 200]") });
    }),
    ...["removed", "changed"].map((what) =>
      comments(`a signed box over text ${what}`, "changes.not-permitted", () => {
        const document = prepared({
          3: swap(BODIES[3] ?? "", "27 0 R", "27 0 R 40 0 R"),
          40: `<< /Type /Annot /P 3 0 R ${plain} /IC [1 1 1] ${onText} >>`,
        });
        return what === "removed"
          ? revise(document, { 3: swap(body(document, 3), "40 0 R", "") }, { free: [40] })
          : revise(document, { 40: swap(body(document, 40), "/IC [1 1 1]", "") });
      }),
    ),
    refused(
      "a line as wide as a wall",
      `/Subtype /Line /F 4 /L [205 140 285 140] /BS << /W 80 >> /Rect [200 135 290 141]`,
    ),
    refused("a blend mode of its own", `/Subtype /Highlight /F 4 /C [1 1 1] /BM /Normal ${onText}`),
    comments("a signed comment becomes a link", "changes.", () => {
      const document = prepared({
        3: swap(BODIES[3] ?? "", "27 0 R", "27 0 R 40 0 R"),
        40: `<< /Type /Annot /P 3 0 R ${plain} ${beside} >>`,
      });
      return revise(document, { 40: swap(body(document, 40), "/Square", "/Link") });
    }),
    comments("the drawing of a comment is also drawn by the page", "changes.shared-object", () => {
      const document = prepared({
        3: swap(swap(BODIES[3] ?? "", "27 0 R", "27 0 R 40 0 R"), "/X2 20 0 R", "/X2 41 0 R"),
        40: `<< /Type /Annot /P 3 0 R ${plain} ${beside} /AP << /N 41 0 R >> >>`,
        41: stream("0 0 1 rg 0 0 9 9 re f", FORM),
      });
      return revise(document, {
        40: swap(body(document, 40), "<<", "<< /Contents (x)"),
        41: stream("1 g 0 0 300 200 re f", FORM),
      });
    }),
    ...([1, 2] as const).map((level) =>
      comments(`a note on a file certified with ${level}`, "changes.not-permitted", () =>
        add(certified[level], `/Subtype /Text /F 4 /Contents (x) ${beside}`),
      ),
    ),
    comments("a note where no signature permits it", "changes.annotation-added", () =>
      add(table, `/Subtype /Text /F 4 /Contents (x) ${beside}`),
    ),
  ];
}
