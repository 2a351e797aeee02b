import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES, OBJECT } from "./base-documents.ts";
import { body, revise, stream, swap } from "./raw-document.ts";
import { signRaw, type SignedDocument } from "./sign-raw.ts";

const FORM = "/Type /XObject /Subtype /Form /BBox [0 0 12 14]";

/** Fonts that a drawing names /F1. */
const DINGBATS = "/Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats";
const HELVETICA = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica";

const box = (content: string, font = DINGBATS, more = "", entries = FORM): string =>
  stream(content, `${entries} /Resources << /Font << /F1 << ${font} >> >> ${more} >>`);

/** One sign, as Acrobat writes a tick. */
const sign = (shown: string, before = "0 g"): string => `q BT ${before} /F1 12 Tf 2 2 Td (${shown}) Tj ET Q`;

/** Drawings of ticked boxes and pressed buttons that add a digit to the signed "100 EUR" that stands behind them. */
export function buttonAttacks({ pki }: Victims): readonly Attack[] {
  const buttons = family("buttons");
  const prepared = (on: string, off: string, widget = "", changes: Readonly<Record<number, string>> = {}) =>
    signRaw(
      baseDocument({
        [OBJECT.checkBox]: swap(
          swap(BODIES[OBJECT.checkBox] ?? "", "[10 40 20 50]", "[37 149 49 163]"),
          "<<",
          `<< ${widget}`,
        ),
        [OBJECT.checkOn]: on,
        [OBJECT.checkOff]: off,
        4: stream("BT /F1 18 Tf 50 150 Td (100 EUR) Tj ET"),
        ...changes,
      }),
      pki.person,
      { certify: 2 },
    );
  const tick = (document: SignedDocument) =>
    revise(document, {
      [OBJECT.checkBox]: swap(body(document, OBJECT.checkBox), "/V /Off /AS /Off", "/V /Yes /AS /Yes"),
    });
  const drawn = (
    name: string,
    on: string,
    off = box(""),
    widget = "",
    changes: Readonly<Record<number, string>> = {},
  ) => buttons(name, "changes.button-drawing", () => tick(prepared(on, off, widget, changes)));
  const untick = (name: string, on: string, off: string): Attack =>
    buttons(name, "changes.button-drawing", () => {
      const document = prepared(on, off, "", {
        [OBJECT.checkBox]: swap(
          swap(BODIES[OBJECT.checkBox] ?? "", "[10 40 20 50]", "[37 149 49 163]"),
          "/V /Off /AS /Off",
          "/V /Yes /AS /Yes",
        ),
      });
      return revise(document, {
        [OBJECT.checkBox]: swap(body(document, OBJECT.checkBox), "/V /Yes /AS /Yes", "/V /Off /AS /Off"),
      });
    });
  const path = (name: string, content: string): Attack => drawn(name, box(content));
  const RING = "1 7 m 1 11 3 13 6 13 c 9 13 11 11 11 7 c 11 3 9 1 6 1 c 3 1 1 3 1 7 c h";
  return [
    // Letters.
    drawn("a 9 for a tick", box(sign("9"), HELVETICA)),
    drawn("two digits for a tick", box(sign("99"), HELVETICA)),
    drawn("a minus for a tick", box(sign("-"), HELVETICA)),
    drawn("a letter that looks like a one", box(sign("l"), HELVETICA)),
    drawn("a bar of the picture font", box(sign("x"))),
    drawn("a bold bar of the picture font", box(sign("z"))),
    drawn("a ring of the picture font", box(sign("m"))),
    drawn("a digit in a disc of the picture font", box(sign("\\312"))),
    drawn(
      "a tick whose font gives its code another glyph",
      box(sign("4"), `${DINGBATS} /Encoding << /Differences [52 /a202] >>`),
    ),
    drawn("a tick that an encoding for text calls a digit", box(sign("4"), `${DINGBATS} /Encoding /WinAnsiEncoding`)),
    drawn(
      "a tick in a picture font with glyphs of its own",
      box(
        sign("4"),
        `${DINGBATS} /FontDescriptor << /Type /FontDescriptor /FontName /ZapfDingbats /Flags 4 /FontFile 19 0 R >>`,
      ),
    ),
    drawn(
      "a tick in a font whose glyphs are drawings",
      box(
        sign("4"),
        "/Type /Font /Subtype /Type3 /BaseFont /ZapfDingbats /FontMatrix [1 0 0 1 0 0] /FontBBox [0 0 1 1] /CharProcs << /four 24 0 R >> /Encoding << /Differences [52 /four] >>",
      ),
    ),
    drawn(
      "a tick in a composite font",
      box(
        "BT /F1 12 Tf 2 2 Td <0034> Tj ET",
        "/Type /Font /Subtype /Type0 /BaseFont /ZapfDingbats /Encoding /Identity-H",
      ),
    ),
    drawn(
      "a tick in a face that is no standard one",
      box(sign("4"), "/Type /Font /Subtype /TrueType /BaseFont /Wingdings"),
    ),
    drawn("an X whose font calls it nine", box(sign("X"), `${HELVETICA} /Encoding << /Differences [88 /nine] >>`)),
    drawn(
      "an X in a font with glyphs of its own",
      box(
        sign("X"),
        `${HELVETICA} /FontDescriptor << /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontFile 19 0 R >>`,
      ),
    ),
    drawn("a disc as small as a decimal point", box("BT /F1 3 Tf 10 1 Td (l) Tj ET")),
    drawn("a square stretched to a one", box("BT /F1 12 Tf 0.2 0 0 1 5 2 Tm (n) Tj ET")),
    drawn("a square stretched to a one by its scale", box(sign("n", "0.2 0 0 1 5 0 cm"))),
    drawn("a square cut to a one by a clip", box(`5 0 2 14 re W n ${sign("n")}`)),
    drawn("a square cut to a one by the edge", box("BT /F1 12 Tf 10 2 Td (n) Tj ET")),
    drawn("a tick turned", box("BT /F1 12 Tf 0 1 -1 0 11 2 Tm (4) Tj ET")),
    drawn("a tick that is not painted", box(sign("4", "3 Tr"))),
    drawn("a tick as a clip", box(`${sign("4", "7 Tr")} 0 0 12 14 re f`)),
    drawn("two ticks", box(`${sign("4")} ${sign("4")}`)),
    drawn("a tick by a quotation mark", box("BT /F1 12 Tf 2 2 Td (4) ' ET")),
    // Lines and shapes.
    path("a one made of a line", "1.5 w 6 1 m 6 13 l S"),
    path("a seven made of lines", "1.5 w 2 13 m 10 13 l 5 1 l S"),
    path("a nine made of curves", "1.5 w 10 10 m 10 12 8 13 6 13 c 2 13 2 7 6 7 c 9 7 10 8 10 10 c 10 5 9 1 4 1 c S"),
    path("a one made of a bar", "5 1 2 12 re f"),
    path("a minus made of a bar", "1 6 10 2 re f"),
    path("a decimal point made of a square", "10 0 2 2 re f"),
    path("a one made of a filled outline", "4 1 m 8 1 l 8 13 l 6 13 l 3 10 l 4 9 l 6 11 l 6 3 l 4 3 l f"),
    path("a seven made of a filled outline", "1 13 m 11 13 l 6 1 l 4 1 l 8 11 l 1 11 l f"),
    path(
      "a nine made of a filled outline that is cut open",
      "10 13 m 2 13 l 2 6 l 8 6 l 8 1 l 10 1 l 10 13 l 8 11 l 8 8 l 4 8 l 4 11 l 8 11 l 10 13 l f",
    ),
    path("a small cross in a corner", "1 w 9 1 m 11 3 l 9 3 m 11 1 l S"),
    drawn(
      "a tick beside large text, which is its comma",
      box("BT /F1 6 Tf 0.5 0.5 Td (4) Tj ET", DINGBATS, "", "/Type /XObject /Subtype /Form /BBox [0 0 6 6]"),
      box(""),
      "",
      {
        [OBJECT.checkBox]: swap(BODIES[OBJECT.checkBox] ?? "", "[10 40 20 50]", "[43 146 49 152]"),
        4: stream("BT /F1 40 Tf 50 150 Td (100 EUR) Tj ET"),
      },
    ),
    path("a zero made of a ring", `${RING} S`),
    path(
      "a zero made of two discs",
      `${RING} f 1 g 3 7 m 3 10 4 11 6 11 c 8 11 9 10 9 7 c 9 4 8 3 6 3 c 4 3 3 4 3 7 c f`,
    ),
    path("a zero made of one path", `${RING} 3 7 m 3 10 4 11 6 11 c 8 11 9 10 9 7 c 9 4 8 3 6 3 c 4 3 3 4 3 7 c f*`),
    path("half a frame, which is a seven", "1 1 10 12 re W n 2 w 1 13 m 11 13 l 11 1 l S"),
    path("half a raised frame, which is a seven", "0.5 g 0 14 m 12 14 l 12 0 l 10 0 l 10 12 l 0 12 l f"),
    path("a cross with a line more", "1 w 2 2 m 10 12 l 2 12 m 10 2 l 6 1 m 6 13 l S"),
    path("a plus in place of a cross", "1 w 2 7 m 10 7 l 6 2 m 6 12 l S"),
    path("a four made of a tick that is closed", "1 w 2 7 m 6 1 l 10 13 l s"),
    path("lines with one long dash", "[10 500] 0 d 1.5 w 2 2 m 10 12 l 2 12 m 10 2 l S"),
    path("a point made of a line without length", "1 J 3 w 10 2 m 10 2 l S"),
    path("a one cut out of a black ground", "q 5 1 2 12 re W n 0 0 12 14 re f Q"),
    path("a one that a black ground leaves free", "0 0 5 14 re 7 0 5 14 re f"),
    path("an image", "BI /W 1 /H 1 /CS /G /BPC 8 ID x EI"),
    path("a shading", "/Sh1 sh"),
    drawn("a drawing within", box("/X1 Do", HELVETICA, "/XObject << /X1 19 0 R >>")),
    drawn(
      "a black ground that is transparent",
      box("/G0 gs 0 0 12 14 re f", HELVETICA, "/ExtGState << /G0 << /ca 0.01 >> >>"),
    ),
    drawn(
      "a black that means white",
      box(
        "0 0 12 14 re f",
        HELVETICA,
        "/ColorSpace << /DefaultGray [/Separation /All /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [1] >>] >>",
      ),
    ),
    path("a black ground that is a pattern", "/Pattern cs /P1 scn 0 0 12 14 re f"),
    drawn(
      "a ground as narrow as a one",
      stream("0 0 2 14 re f", "/Type /XObject /Subtype /Form /BBox [0 0 2 14]"),
      box(""),
      "",
      {
        [OBJECT.checkBox]: swap(BODIES[OBJECT.checkBox] ?? "", "[10 40 20 50]", "[46 149 49 163]"),
      },
    ),
    drawn(
      "a dot that is shrunk to a line",
      box("BT /F1 12 Tf 1 2 Td (n) Tj ET", DINGBATS, "", "/Type /XObject /Subtype /Form /BBox [0 0 12 140]"),
    ),
    drawn("a tick turned by its matrix", box(sign("4"), DINGBATS, "", `${FORM} /Matrix [0 1 -1 0 12 0]`)),
    drawn(
      "a disc beside large text, which is its decimal point",
      box("0 0 4 4 re f", DINGBATS, "", "/Type /XObject /Subtype /Form /BBox [0 0 4 4]"),
      box(""),
      "",
      {
        [OBJECT.checkBox]: swap(BODIES[OBJECT.checkBox] ?? "", "[10 40 20 50]", "[45 149 49 153]"),
        4: stream("BT /F1 40 Tf 50 150 Td (100 EUR) Tj ET"),
      },
    ),
    // Which state is ticked.
    drawn("ticked, and nothing is seen", box("")),
    drawn("ticked in white", box(sign("4", "1 g"))),
    drawn("ticked, and the tick is painted over", box(`${sign("4")} 1 g 0 0 12 14 re f`)),
    drawn("ticked, and the tick goes", box("0.5 0.5 11 13 re S"), box(`0.5 0.5 11 13 re S ${sign("4")}`)),
    untick("a 9 that the signer saw goes", box(sign("9"), HELVETICA), box("")),
    untick("a 9 comes when the tick goes", box(sign("4")), box(sign("9"), HELVETICA)),
    drawn("a tick in place of a 9", box(sign("4")), box(sign("9"), HELVETICA)),
    buttons("a radio button that is a 9", "changes.button-drawing", () => {
      const document = signRaw(
        baseDocument({
          [OBJECT.radio]: swap(BODIES[OBJECT.radio] ?? "", "/V /A /AS /A", "/V /Off /AS /Off"),
          [OBJECT.checkOn]: box(sign("9"), HELVETICA),
        }),
        pki.person,
        { certify: 2 },
      );
      return revise(document, {
        [OBJECT.radio]: swap(body(document, OBJECT.radio), "/V /Off /AS /Off", "/V /A /AS /A"),
      });
    }),
  ];
}
