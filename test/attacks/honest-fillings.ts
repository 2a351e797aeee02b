import { baseDocument, BODIES, OBJECT } from "./base-documents.ts";
import type { HonestChange } from "./honest-changes.ts";
import { LIST, list, ROWS } from "./list-attacks.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { signRaw, type SignedDocument } from "./sign-raw.ts";
import type { TestPki } from "./test-authority.ts";

const FORM = "/Type /XObject /Subtype /Form";
const shown = (content: string, box = "0 0 80 20", font = "13 0 R"): string =>
  stream(content, `${FORM} /BBox [${box}] /Resources << /Font << /F1 ${font} >> >>`);

/** Forms filled in the ways of common programs: the drawings are shaped as theirs are. */
export function honestFillings({ person, other }: TestPki): readonly HonestChange[] {
  const pass = (name: string, build: () => RawDocument): HonestChange => ({ name, passes: true, build });
  const text = BODIES[OBJECT.textField] ?? "";
  const emptyField = swap(text, "/V (100) /DA (/F1 12 Tf 0 g)", "/DA (/F1 12 Tf 0 g)").replace(
    "/AP << /N 19 0 R >>",
    "",
  );
  const certified = (changes: Readonly<Record<number, string>> = {}): SignedDocument =>
    signRaw(baseDocument(changes), person, { certify: 2 });
  const filled = (
    document: SignedDocument,
    value: string,
    drawing: string,
    changes: Readonly<Record<number, string>> = {},
  ) =>
    revise(document, {
      8: swap(
        body(document, 8)
          .replace(/\/V \([^)]*\)/u, "")
          .replace(/\/AP << [^>]* >>/u, ""),
        "<<",
        `<< /V ${value} /AP << /N ${document.size} 0 R >>`,
      ),
      [document.size]: drawing,
      ...changes,
    });
  return [
    pass("a text field filled in, marked content and clip around the text", () =>
      filled(
        certified(),
        "(2500)",
        shown(
          "1 g 0 0 80 20 re f 0 G 0.5 0.5 79 19 re s /Tx BMC q 1 1 78 18 re W n BT /F1 12 Tf 0 g 2 5.6 Td (2500) Tj ET Q EMC",
        ),
      ),
    ),
    pass("a text field filled in, without marked content", () =>
      filled(certified(), "(2500)", shown("q BT 0 g /F1 12 Tf 1 0 0 1 2 6 Tm [(25) 20 (00)] TJ ET Q")),
    ),
    pass("an empty text field filled in, nobody forbids it", () =>
      filled(signRaw(baseDocument({ 8: emptyField }), person), "(2500)", shown("BT /F1 12 Tf 2 5 Td (2500) Tj ET")),
    ),
    pass("drawing and field written over the old ones", () =>
      revise(certified(), {
        8: swap(text, "(100)", "(2500)"),
        19: shown("/Tx BMC BT /F1 12 Tf 2 5 Td (2500) Tj ET EMC"),
      }),
    ),
    pass("a text with letters of western Europe, in a font of the reader's own", () => {
      const document = certified();
      return filled(
        document,
        "<FEFF00C5006B00650020005300F60064006500720020201320AC>",
        shown("BT /F1 8 Tf 2 5 Td (\\305ke S\\366der \\226\\200) Tj ET", "0 0 80 20", `${document.size + 1} 0 R`),
        { [document.size + 1]: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>" },
      );
    }),
    pass("two lines that the program wrapped", () =>
      filled(
        certified(),
        "(Main Street 1, Springfield)",
        shown("/Tx BMC q BT /F1 6 Tf 0 g 7 TL 2 12 Td (Main Street 1,) Tj T* (Springfield) Tj ET Q EMC"),
      ),
    ),
    pass("a comb", () =>
      filled(
        certified({ 8: swap(text, "<<", "<< /Ff 16777216 /MaxLen 4") }),
        "(2500)",
        shown("/Tx BMC q BT /F1 12 Tf 0 g 5 5 Td (2) Tj 20 0 Td (5) Tj 20 0 Td (0) Tj 20 0 Td (0) Tj ET Q EMC"),
      ),
    ),
    pass("a password", () =>
      filled(
        certified({ 8: emptyField.replace("<<", "<< /Ff 8192") }),
        "(secret)",
        shown("/Tx BMC q BT /F1 12 Tf 0 g 2 5 Td (******) Tj ET Q EMC"),
      ),
    ),
    pass("a number that the form writes with its separators", () =>
      filled(
        certified({
          8: swap(text, "<<", '<< /AA << /F << /S /JavaScript /JS (AFNumber_Format\\(2, 0, 0, 0, "", false\\);) >> >>'),
        }),
        "(2500.5)",
        shown("/Tx BMC q BT /F1 12 Tf 0 g 2 5 Td (2,500.50) Tj ET Q EMC"),
      ),
    ),
    pass("flags and a thin border written out that were the default", () =>
      filled(
        certified(),
        "(2500) /Ff 0 /BS << /S /S /W 1 >>",
        shown("/Tx BMC q BT 0 g 2 6.4 Td /F1 12 Tf (2500) Tj ET Q EMC"),
      ),
    ),
    pass("another panel beside the document", () => {
      const document = certified();
      return revise(document, { 1: swap(body(document, 1), "<<", "<< /PageMode /UseAttachments") });
    }),
    pass("a text field emptied", () => filled(certified(), "()", shown("/Tx BMC EMC"))),
    pass("a turned field", () =>
      filled(
        certified({
          8: swap(swap(text, "[10 10 90 30]", "[10 60 30 140]"), "<<", "<< /MK << /R 90 >>"),
          19: stream(
            "BT /F1 12 Tf 2 5 Td (100) Tj ET",
            `${FORM} /BBox [0 0 80 20] /Matrix [0 1 -1 0 20 0] /Resources << /Font << /F1 13 0 R >> >>`,
          ),
        }),
        "(2500)",
        stream(
          "BT /F1 12 Tf 2 5 Td (2500) Tj ET",
          `${FORM} /BBox [0 0 80 20] /Matrix [0 1 -1 0 20 0] /Resources << /Font << /F1 13 0 R >> >>`,
        ),
      ),
    ),
    pass("rich text that is the value", () =>
      filled(
        certified({ 8: swap(text, "<<", "<< /Ff 33554432") }),
        "(A & B) /RV (<body><p>A &amp; B</p></body>)",
        shown("BT /F1 12 Tf 2 5 Td (A & B) Tj ET"),
      ),
    ),
    pass("a box ticked, nobody forbids it", () =>
      revise(signRaw(baseDocument(), person), {
        10: swap(BODIES[10] ?? "", "/V /Off /AS /Off", "/V /Yes /AS /Yes /M (D:20260201000000Z)"),
      }),
    ),
    pass("a radio button chosen in a group of two", () => {
      const group = {
        11: "<< /FT /Btn /Ff 49152 /T (Kind) /V /Off /Kids [40 0 R 41 0 R] >>",
        40: "<< /Parent 11 0 R /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [30 40 40 50] /P 3 0 R /AP << /N << /A 23 0 R /Off 24 0 R >> >> >>",
        41: "<< /Parent 11 0 R /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [45 40 55 50] /P 3 0 R /AP << /N << /B 23 0 R /Off 24 0 R >> >> >>",
        3: swap(BODIES[3] ?? "", "11 0 R", "40 0 R 41 0 R"),
      };
      const document = signRaw(baseDocument(group), person);
      return revise(document, {
        11: swap(body(document, 11), "/V /Off", "/V /B"),
        41: swap(body(document, 41), "/AS /Off", "/AS /B"),
      });
    }),
    pass("a field whose value stands above its widget", () => {
      const parts = {
        8: "<< /FT /Tx /T (Total) /DA (/F1 12 Tf 0 g) /Kids [40 0 R] >>",
        40: "<< /Parent 8 0 R /Type /Annot /Subtype /Widget /F 4 /Rect [10 10 90 30] /P 3 0 R >>",
        3: swap(BODIES[3] ?? "", "[8 0 R", "[40 0 R"),
      };
      const document = signRaw(baseDocument(parts), person);
      return revise(document, {
        8: swap(body(document, 8), "<<", "<< /V (2500)"),
        40: swap(body(document, 40), "<<", `<< /AP << /N ${document.size} 0 R >>`),
        [document.size]: shown("BT /F1 12 Tf 2 5 Td (2500) Tj ET"),
      });
    }),
    pass("another option chosen", () => {
      const document = certified({
        12: swap(BODIES[12] ?? "", "[(One) (Two)]", "[[(1) (One)] [(2) (Two)]] /I [0]").replace("/V (One)", "/V (1)"),
      });
      return revise(document, {
        12: swap(body(document, 12), "/I [0] /V (1)", `/I [1] /V (2) /AP << /N ${document.size} 0 R >>`),
        [document.size]: shown("/Tx BMC q BT /F1 12 Tf 0 g 2 5 Td (Two) Tj ET Q EMC", "0 0 90 20"),
      });
    }),
    ...(
      [
        ["another entry of a list chosen", "/V (Two) /I [2]", list(ROWS, [2]), {}],
        [
          "an entry of a list chosen, on a ground and in a border",
          "/V (Three)",
          list(ROWS, [3], { before: "0.95 g 0 0 90 60 re f 0 G 0.5 0.5 89 59 re s" }),
          { 14: swap(BODIES[14] ?? "", "50 60 100 20 re", "50 92 100 20 re") },
        ],
        ["no entry of a list chosen any more", "/V ()", list(ROWS, []), {}],
        ["a list moved on to its last entries", "/V (Three) /TI 1", list(["One", "Two", "Three"], [2]), {}],
        [
          "several entries of a list chosen",
          "/V [(One) (Three)] /I [1 3]",
          list(ROWS, [1, 3]),
          { 12: swap(LIST, "<<", "<< /Ff 2097152") },
        ],
        [
          "a list whose last entry hangs out below",
          "/V (Two)",
          list([...ROWS, "Four", "Five"], [2]),
          { 12: swap(LIST, "(Three)]", "(Three) (Four) (Five) (Six)]"), 40: list([...ROWS, "Four"], [1]) },
        ],
        [
          "an entry of a list with other texts than values",
          "/V (c)",
          list(["Nil", "Uno", "Due"], [2]),
          {
            12: swap(LIST, "[(None) (One) (Two) (Three)] /V (One)", "[[(a) (Nil)] [(One) (Uno)] [(c) (Due)]] /V (One)"),
            40: list(["Nil", "Uno", "Due"], [1]),
          },
        ],
      ] as const
    ).map(([name, value, drawing, changes]) =>
      pass(name, () => {
        const document = certified({ 12: LIST, 40: list(ROWS, [1]), ...changes });
        return revise(document, {
          12: swap(swap(body(document, 12), "/V (One)", value), "/N 40 0 R", `/N ${document.size} 0 R`),
          [document.size]: drawing,
        });
      }),
    ),
    pass("two radio buttons in unison pressed", () => {
      const document = certified({
        11: "<< /FT /Btn /Ff 33587200 /T (Kind) /V /Off /Kids [40 0 R 41 0 R] >>",
        40: "<< /Parent 11 0 R /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [30 40 40 50] /P 3 0 R /AP << /N << /A 23 0 R /Off 24 0 R >> >> >>",
        41: "<< /Parent 11 0 R /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [45 40 55 50] /P 3 0 R /AP << /N << /A 23 0 R /Off 24 0 R >> >> >>",
        3: swap(BODIES[3] ?? "", "11 0 R", "40 0 R 41 0 R"),
      });
      return revise(document, {
        11: swap(body(document, 11), "/V /Off", "/V /A"),
        40: swap(body(document, 40), "/AS /Off", "/AS /A"),
        41: swap(body(document, 41), "/AS /Off", "/AS /A"),
      });
    }),
    pass("one of two check boxes with states of their own ticked", () => {
      const document = certified({
        11: "<< /FT /Btn /T (Kind) /V /Off /Kids [40 0 R 41 0 R] >>",
        40: "<< /Parent 11 0 R /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [30 40 40 50] /P 3 0 R /AP << /N << /A 23 0 R /Off 24 0 R >> >> >>",
        41: "<< /Parent 11 0 R /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [45 40 55 50] /P 3 0 R /AP << /N << /B 23 0 R /Off 24 0 R >> >> >>",
        3: swap(BODIES[3] ?? "", "11 0 R", "40 0 R 41 0 R"),
      });
      return revise(document, {
        11: swap(body(document, 11), "/V /Off", "/V /B"),
        41: swap(body(document, 41), "/AS /Off", "/AS /B"),
      });
    }),
    pass("a text in a field with a rounded border", () =>
      filled(
        certified(),
        "(2500)",
        shown(
          "0.95 g 0 G 1 w 4.5 0.5 m 75.5 0.5 l 77.7 0.5 79.5 2.3 79.5 4.5 c 79.5 15.5 l 79.5 17.7 77.7 19.5 75.5 19.5 c 4.5 19.5 l 2.3 19.5 0.5 17.7 0.5 15.5 c 0.5 4.5 l 0.5 2.3 2.3 0.5 4.5 0.5 c h B /Tx BMC q 2 2 76 16 re W n BT /F1 12 Tf 0 g 4 5.6 Td (2500) Tj ET Q EMC",
        ),
      ),
    ),
    pass("a text in a field with a dashed border", () =>
      filled(
        certified(),
        "(2500)",
        shown("0 G 1 w [3 3] 0 d 0.5 0.5 79 19 re s /Tx BMC q BT /F1 12 Tf 0 g 4 5.6 Td (2500) Tj ET Q EMC"),
      ),
    ),
    pass("another option of a combo box with its arrow", () => {
      const document = certified();
      return revise(document, {
        12: swap(body(document, 12), "/V (One)", `/V (Two) /AP << /N ${document.size} 0 R >>`),
        [document.size]: shown(
          "1 g 0 0 90 20 re f 0 G 0.5 0.5 89 19 re s 0.8 g 71 1 18 18 re f 0 g 76 12 m 84 12 l 80 8 l f /Tx BMC q 2 2 67 16 re W n BT /F1 12 Tf 0 g 2 5 Td (Two) Tj ET Q EMC",
          "0 0 90 20",
        ),
      });
    }),
    pass("a push button with a new date", () => {
      const document = certified({
        11: "<< /FT /Btn /Ff 65536 /T (Kind) /Type /Annot /Subtype /Widget /F 4 /Rect [30 40 90 50] /P 3 0 R /AP << /N 24 0 R >> >>",
      });
      return revise(document, { 11: swap(body(document, 11), "<<", "<< /M (D:20260201000000Z)") });
    }),
    pass("filled in, then signed by somebody else", () =>
      signRaw(filled(certified(), "(2500)", shown("BT /F1 12 Tf 2 5 Td (2500) Tj ET")), other, {
        existing: OBJECT.emptySignature,
      }),
    ),
    pass("a field that a lock leaves free", () =>
      filled(
        signRaw(baseDocument(), person, {
          fieldEntries: "/Lock << /Type /SigFieldLock /Action /Include /Fields [(Choice)] >>",
        }),
        "(2500)",
        shown("BT /F1 12 Tf 2 5 Td (2500) Tj ET"),
      ),
    ),
  ];
}
