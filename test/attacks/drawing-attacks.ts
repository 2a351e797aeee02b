import { type Attack, family, type Victims } from "./attack.ts";
import { OBJECT } from "./base-documents.ts";
import { body, revise, stream, swap } from "./raw-document.ts";

const FORM = "/Type /XObject /Subtype /Form";
const BOX = "/BBox [0 0 80 20]";
const FONT = "/Font << /F1 13 0 R >>";

/** Drawings of a filled-in field whose operators read as the value, while a person sees another one. */
export function drawingAttacks({ certified }: Victims): readonly Attack[] {
  const drawing = family("drawing");
  const permitted = certified[2];
  const num = permitted.size;
  const drawn = (
    name: string,
    value: string,
    content: string,
    resources = FONT,
    objects: Readonly<Record<number, string>> = {},
  ): Attack =>
    drawing(name, "changes.appearance-", () =>
      revise(permitted, {
        [OBJECT.textField]: swap(
          swap(body(permitted, OBJECT.textField), "/V (100)", `/V (${value})`),
          "/N 19 0 R",
          `/N ${num} 0 R`,
        ),
        [num]: stream(`/Tx BMC q ${content} Q EMC`, `${FORM} ${BOX} /Resources << ${resources} >>`),
        ...objects,
      }),
    );
  /** A font that the update brings, of the reader's own faces. */
  const withFont = (name: string, value: string, content: string, font: string, more = {}): Attack =>
    drawn(name, value, content, `/Font << /F1 ${num + 1} 0 R >>`, { [num + 1]: `<< /Type /Font ${font} >>`, ...more });
  const state = (entries: string): string => `${FONT} /ExtGState << /G0 << ${entries} >> >>`;
  const text = (shown: string, before = ""): string => `BT /F1 12 Tf 0 g ${before} 2 5 Td ${shown} Tj ET`;
  const inner = (name: string, content: string, entries: string): Attack =>
    drawn(name, "9000", "/X1 Do", `/XObject << /X1 ${num + 1} 0 R >>`, {
      [num + 1]: stream(content, `${FORM} ${entries} /Resources << /Font << /F1 13 0 R >> >>`),
    });
  return [
    // The place of each sign.
    drawn("zeros beyond the edge of the clip", "9000", `0 0 9 20 re W n ${text("(9000)")}`),
    drawn("the first digit before the edge of the clip", "1999", `8.5 0 70 20 re W n ${text("(1999)")}`),
    drawn("everything below the clip", "999", `0 15 80 5 re W n ${text("(999)")}`),
    drawn("everything above the clip but its foot", "999", `0 0 80 6 re W n ${text("(999)")}`),
    drawn("the lower half of the digits cut away", "777", `0 9 80 11 re W n ${text("(777)")}`),
    drawn("zeros moved out by the space between signs", "9000", text("(9000)", "100 Tc")),
    drawn("zeros moved out by the space between words", "9 000", text("(9 000)", "190 Tw")),
    drawn("zeros moved out within a line", "9000", "BT /F1 12 Tf 0 g 2 5 Td [(9) -9000 (000)] TJ ET"),
    drawn("digits backwards by many small moves", "19", "BT /F1 12 Tf 0 g 20 5 Td [(1) 250 250 250 250 250 (9)] TJ ET"),
    drawn("digits backwards by a spacing set for a larger font", "1234", text("(1234)", "/F1 100 Tf -9 Tc /F1 12 Tf")),
    drawn("digits backwards by a quotation mark", "1234", 'BT /F1 12 Tf 0 g 12 TL 40 17 Td 0 -12 (1234) " ET'),
    drawn("zeros as small as dust", "9000", "BT /F1 12 Tf 0 g 2 5 Td (9) Tj /F1 2 Tf (000) Tj ET"),
    drawn("two lines that stand in each other", "17", "BT /F1 12 Tf 0 g 2 9 Td (1) Tj 0 -5.2 Td (7) Tj ET"),
    inner("zeros risen out by a slanted drawing within", text("(9000)"), "/BBox [0 0 80 20] /Matrix [1 2 0 1 0 0]"),
    inner("a drawing within that is mirrored", text("(9000)"), "/BBox [0 0 80 20] /Matrix [-1 0 0 1 80 0]"),
    inner("zeros beyond the box of a drawing within", text("(9000)"), "/BBox [0 0 9 20]"),
    inner("a drawing within on a layer", text("(9000)"), "/BBox [0 0 80 20] /OC 15 0 R"),
    // Lines.
    drawn("a sign behind a line of a comb that is no comb", "1999", `0 G 7 w 5 0 m 5 20 l S ${text("(1999)")}`),
    drawn(
      "a line from edge to edge in front of the value",
      "999",
      `0 G 1 w 2 0 m 2 20 l S ${text("(999)").replace("2 5 Td", "6 5 Td")}`,
    ),
    drawn(
      "a border as wide as the field, set in a state",
      "999",
      `/G0 gs 0 G 0 0 80 20 re S ${text("(999)")}`,
      state("/LW 40"),
    ),
    drawn(
      "a border as wide as the field, by its scale",
      "999",
      `q 7 w 9 0 0 9 0 0 cm 0 0 8.89 2.22 re S Q ${text("(999)")}`,
    ),
    drawn(
      "zeros in the border",
      "9000",
      "0 G 6 w 1.5 1.5 77 17 re S BT /F1 12 Tf 0 g 5 5 Td (9) Tj /F1 5 Tf 1 -4.8 Td (000) Tj ET",
    ),
    drawn("a wide white line around each sign", "999", text("(999)", "2 Tr 8 w 1 G")),
    drawn(
      "a wide white line around each sign, set in a state",
      "999",
      text("(999)", "/G0 gs 2 Tr 1 G"),
      state("/LW 8"),
    ),
    drawn("a wide black line around each sign", "888", text("(888)", "2 Tr 8 w 0 G")),
    // Colours.
    drawn(
      "a grey that means white",
      "999",
      text("(999)"),
      `${FONT} /ColorSpace << /DefaultGray [/Separation /All /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [1] >>] >>`,
    ),
    drawn(
      "no ink printed over black",
      "999",
      `0 0 0 1 k 0 0 80 20 re f /G0 gs ${text("(999)").replace("0 g", "0 0 0 0 k")}`,
      state("/op true /OP true /OPM 1"),
    ),
    drawn(
      "white on a black ground that is clipped away",
      "999",
      `q 0 0 1 1 re W n 0 g 0 0 80 20 re f Q ${text("(999)").replace("0 g", "1 g")}`,
    ),
    drawn(
      "white on a black ground that takes itself back",
      "999",
      `0 g 0 0 80 20 re 0 0 80 20 re f* ${text("(999)").replace("0 g", "1 g")}`,
    ),
    drawn(
      "white on a black ground that is wound against itself",
      "999",
      `0 g 0 0 80 20 re 80 0 -80 20 re f ${text("(999)").replace("0 g", "1 g")}`,
    ),
    drawn(
      "a digit cut out of a grey ground by a clip",
      "999",
      `q 2 4 1.5 10 re W n 0.5 g 0 0 80 20 re f Q ${text("(999)").replace("2 5 Td", "6 5 Td")}`,
    ),
    drawn(
      "a digit cut out of a border by a clip",
      "999",
      `q 0 4 5 10 re W n 1.5 w 1 1 78 18 re S Q ${text("(999)").replace("2 5 Td", "6 5 Td")}`,
    ),
    drawn(
      "a digit that is one dash of a border",
      "999",
      `1.5 w [10 500] 0 d 1 5 m 1 19 l S 1 1 m 1 19 l S ${text("(999)").replace("2 5 Td", "6 5 Td")}`,
    ),
    drawn(
      "a digit that is one dash of a whole border",
      "999",
      `1.5 w [10 500] -5 d 1 1 m 1 19 l S ${text("(999)").replace("2 5 Td", "6 5 Td")}`,
    ),
    drawn(
      "a line that is the spike of a corner",
      "999",
      `3 w 100 M 0 0 m 1 1 l 0.05 0 l S ${text("(999)").replace("2 5 Td", "12 5 Td")}`,
    ),
    drawn(
      "a round sign in place of a border",
      "999",
      `1 w 1 10 m 1 18 12 18 12 10 c 12 2 1 2 1 10 c S ${text("(999)").replace("2 5 Td", "16 5 Td")}`,
    ),
    drawn(
      "half of a rounded border, which is a bracket",
      "999",
      `1 w 5 1 m 1 1 1 1 1 5 c 1 15 l 1 19 1 19 5 19 c S ${text("(999)").replace("2 5 Td", "8 5 Td")}`,
    ),
    drawn(
      "an arrow in a field that is no combo box",
      "999",
      `0.9 g 61 1 18 18 re f 0 g 66 12 m 74 12 l 70 8 l f ${text("(999)")}`,
    ),
    drawn("a pattern as its colour", "999", text("(999)").replace("0 g", "/Pattern cs /P1 scn")),
    drawn("a shading over it", "999", `${text("(999)")} /Sh1 sh`),
    drawn("blended away", "999", `/G0 gs ${text("(999)")}`, state("/BM /Screen")),
    drawn("masked away", "999", `/G0 gs ${text("(999)")}`, state(`/SMask << /S /Alpha /G 14 0 R >>`)),
    drawn("a font from a state", "999", `/G0 gs BT 0 g 2 5 Td (999) Tj ET`, state("/Font [13 0 R 12]")),
    // Fonts.
    withFont(
      "a font in which all signs stand on each other",
      "1000",
      text("(1000)"),
      "/Subtype /Type1 /BaseFont /Helvetica /FirstChar 48 /LastChar 57 /Widths [0 0 0 0 0 0 0 0 0 0]",
    ),
    withFont(
      "a font whose signs stand outside",
      "9000",
      text("(9000)"),
      "/Subtype /Type1 /BaseFont /Helvetica /FirstChar 48 /LastChar 57 /Widths [9000 9000 9000 9000 9000 9000 9000 9000 9000 9000]",
    ),
    withFont(
      "a symbolic font whose codes some readers take as they are",
      "999",
      text("(111)"),
      `/Subtype /TrueType /BaseFont /Arial /Encoding << /Differences [49 /nine] >> /FontDescriptor << /Type /FontDescriptor /FontName /Arial /Flags 4 >>`,
    ),
    withFont(
      "a digit that only /Differences call one",
      "999",
      text("(111)"),
      `/Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [49 /nine] >>`,
    ),
    withFont(
      "a composite font that the update brings",
      "999",
      text("<000100010001>"),
      `/Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] /ToUnicode ${num + 2} 0 R`,
      {
        [num + 2]: stream("1 beginbfchar <0001> <0039> endbfchar"),
      },
    ),
    withFont(
      "a map to Unicode that says another digit",
      "999",
      text("(111)"),
      `/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode ${num + 2} 0 R`,
      {
        [num + 2]: stream("1 beginbfchar <31> <0039> endbfchar"),
      },
    ),
  ];
}
