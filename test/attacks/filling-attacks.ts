import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES, OBJECT } from "./base-documents.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw, type SignedDocument, withItem } from "./sign-raw.ts";

const ENTRIES = "/Type /XObject /Subtype /Form /BBox [0 0 80 20]";
const FONT = "/Resources << /Font << /F1 13 0 R >> >>";
const shows = (content: string, entries = ENTRIES, resources = FONT): string =>
  stream(`/Tx BMC q ${content} Q EMC`, `${entries} ${resources}`);
const line = (text: string): string => `BT /F1 12 Tf 0 g 2 5 Td (${text}) Tj ET`;

/** Filling in a form in ways that show something else than they say, on files whose signature permits filling in. */
export function fillingAttacks({ certified, pki }: Victims): readonly Attack[] {
  const filling = family("filling");
  const permitted = certified[2];
  const field = BODIES[OBJECT.textField] ?? "";
  const next = permitted.size;
  const fill = (
    document: SignedDocument,
    value: string,
    drawing: string,
    more: { readonly entries?: string; readonly objects?: Readonly<Record<number, string>> } = {},
  ): RawDocument =>
    revise(document, {
      [OBJECT.textField]: swap(
        swap(swap(body(document, OBJECT.textField), "/V (100)", `/V ${value}`), "/N 19 0 R", `/N ${document.size} 0 R`),
        "<<",
        `<< ${more.entries ?? ""}`,
      ),
      [document.size]: drawing,
      ...more.objects,
    });
  const drawn = (name: string, reason: string, value: string, drawing: string): Attack =>
    filling(name, reason, () => fill(permitted, value, drawing));
  const withEntries = (name: string, entries: string, reason = "changes."): Attack =>
    filling(name, reason, () => fill(permitted, "(999)", shows(line("999")), { entries }));
  const prepared = (changes: Readonly<Record<number, string>>, certify: 1 | 2 | 3 | "no" = 2): SignedDocument =>
    signRaw(baseDocument(changes), pki.person, certify === "no" ? {} : { certify });
  const changed = (
    name: string,
    reason: string,
    num: number,
    from: string | RegExp,
    to: string,
    document: SignedDocument = permitted,
  ): Attack => filling(name, reason, () => revise(document, { [num]: swap(body(document, num), from, to) }));
  const tick = BODIES[OBJECT.checkBox] ?? "";
  return [
    drawn("another text than the value", "changes.appearance-differs", "(999)", shows(line("100"))),
    drawn("the digits of the value in another order", "changes.", "(123)", shows(line("132"))),
    drawn(
      "more than the value",
      "changes.appearance-differs",
      "(999)",
      shows("BT /F1 12 Tf 0 g 2 5 Td (999) Tj 40 0 Td (000) Tj ET"),
    ),
    drawn(
      "a sign made of lines in front of the value",
      "changes.appearance-unclear",
      "(999)",
      shows("0 G 1.5 w 2 4 m 2 14 l S BT /F1 12 Tf 0 g 8 5 Td (999) Tj ET"),
    ),
    drawn(
      "a sign made of boxes behind the value",
      "changes.appearance-unclear",
      "(999)",
      shows("0.6 g 40 5 2 9 re f BT /F1 12 Tf 0 g 2 5 Td (999) Tj ET"),
    ),
    drawn("the value in white", "changes.appearance-unclear", "(999)", shows(line("999").replace("0 g", "1 g"))),
    drawn(
      "the value in nearly white",
      "changes.appearance-unclear",
      "(999)",
      shows(line("999").replace("0 g", "0.9 0.95 0.9 rg")),
    ),
    drawn("black on black", "changes.appearance-unclear", "(999)", shows(`0 g 0 0 80 20 re f ${line("999")}`)),
    drawn(
      "black on a black line",
      "changes.appearance-unclear",
      "(999)",
      shows(`40 w 0 10 m 80 10 l S ${line("999")}`),
    ),
    drawn("the value not painted", "changes.appearance-unclear", "(999)", shows(line("999").replace("0 g", "3 Tr"))),
    drawn("the value as a clip", "changes.appearance-unclear", "(999)", shows(line("999").replace("0 g", "7 Tr"))),
    drawn("the value too small", "changes.appearance-unclear", "(999)", shows(line("999").replace("12 Tf", "0.1 Tf"))),
    drawn("the value outside", "changes.appearance-unclear", "(999)", shows(line("999").replace("2 5 Td", "2 500 Td"))),
    drawn("the value clipped away", "changes.appearance-unclear", "(999)", shows(`0 0 1 1 re W n ${line("999")}`)),
    drawn("the value painted over", "changes.appearance-unclear", "(999)", shows(`${line("999")} 1 g 0 0 80 20 re f`)),
    drawn("letters painted as lines", "changes.appearance-unclear", "(999)", shows(`${line("999")} 5 5 m 9 9 l S`)),
    drawn("the value mirrored", "changes.appearance-unclear", "(999)", shows(`-1 0 0 1 80 0 cm ${line("999")}`)),
    drawn(
      "the value upside down",
      "changes.appearance-unclear",
      "(666)",
      shows(line("666"), `${ENTRIES} /Matrix [-1 0 0 -1 80 20]`),
    ),
    drawn(
      "the value written from the right to the left",
      "changes.appearance-unclear",
      "(19)",
      shows("BT /F1 12 Tf 0 g 20 5 Td (1) Tj -10 0 Td (9) Tj ET"),
    ),
    drawn(
      "the second line above the first",
      "changes.appearance-unclear",
      "(12)",
      shows("BT /F1 8 Tf 0 g 2 2 Td (1) Tj 0 9 Td (2) Tj ET"),
    ),
    drawn(
      "signs on each other",
      "changes.appearance-unclear",
      "(1000)",
      shows("BT /F1 12 Tf 0 g 2 5 Td [(1) 556 (0) 556 (0) 556 (0)] TJ ET"),
    ),
    drawn(
      "an image",
      "changes.appearance-unclear",
      "(999)",
      shows(`${line("999")} BI /W 1 /H 1 /CS /G /BPC 8 ID x EI`),
    ),
    drawn(
      "a drawing within that covers it",
      "changes.appearance-unclear",
      "(999)",
      shows(`${line("999")} /X1 Do`, ENTRIES, "/Resources << /Font << /F1 13 0 R >> /XObject << /X1 14 0 R >> >>"),
    ),
    drawn(
      "text within a drawing within",
      "changes.appearance-differs",
      "(999)",
      shows(
        `${line("9")} 1 0 0 1 20 0 cm /X1 Do`,
        ENTRIES,
        "/Resources << /Font << /F1 13 0 R >> /XObject << /X1 19 0 R >> >>",
      ),
    ),
    drawn(
      "a part that can be switched off",
      "changes.appearance-unclear",
      "(999)",
      shows(
        `/OC /L1 BDC ${line("999")} EMC`,
        ENTRIES,
        "/Resources << /Font << /F1 13 0 R >> /Properties << /L1 15 0 R >> >>",
      ),
    ),
    drawn(
      "an ActualText that says the value",
      "changes.appearance-differs",
      "(999)",
      shows(`/Span << /ActualText (999) >> BDC ${line("100")} EMC`),
    ),
    drawn(
      "transparent",
      "changes.appearance-unclear",
      "(999)",
      shows(
        `/G0 gs ${line("999")}`,
        ENTRIES,
        "/Resources << /Font << /F1 13 0 R >> /ExtGState << /G0 << /ca 0.01 >> >> >>",
      ),
    ),
    drawn(
      "shrunk by its box",
      "changes.appearance-unclear",
      "(999)",
      shows(line("999"), "/Type /XObject /Subtype /Form /BBox [0 0 8000 2000]"),
    ),
    drawn("no resources", "changes.appearance-unclear", "(999)", shows(line("999"), ENTRIES, "")),
    drawn("a value that is no text", "changes.", "/999", shows(line("999"))),
    drawn("a value in a list", "changes.", "[(999)]", shows(line("999"))),
    drawn("a sign without width in the value", "changes.unseen-signs", "<FEFF0039FEFF00390039>", shows(line("999"))),
    drawn(
      "a soft turn of direction in the value",
      "changes.unseen-signs",
      "<FEFF202E003100390039>",
      shows(line("199")),
    ),
    drawn("a letter that looks alike", "changes.appearance-differs", "<FEFF0430>", shows(line("a"))),
    drawn("a drawing that is a dictionary of states", "changes.", "(999)", `<< /Off 19 0 R >>`),
    filling("no drawing", "changes.appearance-missing", () =>
      revise(permitted, { 8: swap(swap(field, "(100)", "(999)"), "/AP << /N 19 0 R >>", "") }),
    ),
    filling("a drawing for the mouse beside it", "changes.", () =>
      revise(permitted, {
        8: swap(swap(field, "(100)", "(999)"), "/N 19 0 R", `/N ${next} 0 R /R 19 0 R`),
        [next]: shows(line("999")),
      }),
    ),
    filling("the drawing of the field is also drawn by the page", "changes.shared-object", () => {
      const document = prepared({ 3: swap(BODIES[3] ?? "", "/X2 20 0 R", "/X2 19 0 R") });
      return revise(document, { 8: swap(field, "(100)", "(999)"), 19: shows(line("999")) });
    }),
    filling("a font that the update brings, with its glyphs", "changes.appearance-unclear", () =>
      fill(permitted, "(999)", shows(line("999"), ENTRIES, `/Resources << /Font << /F1 ${next + 1} 0 R >> >>`), {
        objects: {
          [next + 1]:
            `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 57 /LastChar 57 /Widths [500] /Encoding /WinAnsiEncoding /FontDescriptor ${next + 2} 0 R >>`,
          [next + 2]: `<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontFile ${next + 3} 0 R >>`,
          [next + 3]: stream("glyphs"),
        },
      }),
    ),
    ...[
      ["another encoding", "/Encoding << /Type /Encoding /Differences [57 /one] >>", "/BaseFont /Helvetica"],
      ["a picture face", "/Encoding /WinAnsiEncoding", "/BaseFont /Wingdings"],
      ["no face", "", ""],
    ].map(([what, encoding, face]) =>
      filling(`a font that the update brings, with ${what}`, "changes.appearance-", () =>
        fill(permitted, "(999)", shows(line("999"), ENTRIES, `/Resources << /Font << /F1 ${next + 1} 0 R >> >>`), {
          objects: { [next + 1]: `<< /Type /Font /Subtype /Type1 ${face} ${encoding} >>` },
        }),
      ),
    ),
    filling("a font whose glyphs are drawings", "changes.appearance-unclear", () =>
      fill(permitted, "(999)", shows(line("999"), ENTRIES, `/Resources << /Font << /F1 ${next + 1} 0 R >> >>`), {
        objects: {
          [next + 1]:
            `<< /Type /Font /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /FontBBox [0 0 1 1] /CharProcs << /nine 19 0 R >> /Encoding << /Differences [57 /nine] >> >>`,
        },
      }),
    ),
    withEntries("moved", "/Rect [40 140 200 180]"),
    withEntries("hidden", "/F 2"),
    withEntries("with a script", "/AA << /K << /S /JavaScript /JS (1) >> >>"),
    withEntries("with an action", "/A << /S /URI /URI (https://evil.example/) >>"),
    withEntries("with another name for people", "/TU (Discount)"),
    withEntries("with another name for machines", "/TM (discount)"),
    withEntries("with another caption", "/MK << /CA (Discount) >>"),
    withEntries("with other flags", "/Ff 1"),
    withEntries("with a lock of its own", "/Lock << /Action /All >>"),
    withEntries("with a layer", "/OC 15 0 R"),
    withEntries("with a border over the page", "/BS << /W 500 >>"),
    withEntries("with white as its default", "/DA (/F1 12 Tf 1 g)"),
    withEntries("with rich text that says something else", "/RV (<body><p>100</p></body>)"),
    withEntries("with rich text that hides a part", '/RV (<body><p>999<span style="display:none">0</span></p></body>)'),
    withEntries("with a default value", "/DV (100)"),
    withEntries("with a longest length", "/MaxLen 1"),
    filling("forms drawn anew by readers", "changes.", () =>
      revise(fill(permitted, "(999)", shows(line("999"))), {
        [PART.form]: swap(body(permitted, PART.form), "<<", "<< /NeedAppearances true"),
      }),
    ),
    filling("default resources exchanged", "changes.", () =>
      revise(fill(permitted, "(999)", shows(line("999"))), { 33: `<< /Font << /F1 30 0 R >> >>` }),
    ),
    filling("the value taken back to light that was hidden", "changes.shadow-value", () => {
      const document = prepared({ 19: swap(BODIES[19] ?? "", "(100)", "(001)") });
      return revise(document, { 8: swap(field, "/N 19 0 R", `/N ${next} 0 R`), [next]: shows(line("100")) });
    }),
    filling("a label removed that was the drawing of an empty field", "changes.shadow-value", () => {
      const document = prepared({ 8: swap(field, "/V (100)", "") });
      return revise(document, {
        8: swap(swap(body(document, 8), "<<", "<< /V (999)"), "/N 19 0 R", `/N ${next} 0 R`),
        [next]: shows(line("999")),
      });
    }),
    filling("a field over signed text", "changes.covers-content", () => {
      const document = prepared({
        8: swap(swap(field, "[10 10 90 30]", "[50 148 130 168]"), "/V (100)", "/V ()"),
        19: shows(""),
      });
      return revise(document, {
        8: swap(swap(body(document, 8), "/V ()", "/V (999)"), "/N 19 0 R", `/N ${document.size} 0 R`),
        [document.size]: shows(`1 g 0 0 80 20 re f ${line("999")}`),
      });
    }),
    filling("a field over signed text that says it is on another page", "changes.covers-content", () => {
      const document = prepared({
        8: swap(swap(swap(field, "[10 10 90 30]", "[50 148 130 168]"), "/V (100)", "/V ()"), "/P 3 0 R", "/P 21 0 R"),
        19: shows(""),
        21: swap(BODIES[21] ?? "", "/Contents", "/Annots [8 0 R] /Contents"),
      });
      return revise(document, {
        8: swap(swap(body(document, 8), "/V ()", "/V (999)"), "/N 19 0 R", `/N ${document.size} 0 R`),
        [document.size]: shows(`1 g 0 0 80 20 re f ${line("999")}`),
      });
    }),
    filling("a field over another field", "changes.covers-content", () => {
      const document = prepared({
        8: swap(swap(field, "[10 10 90 30]", "[100 10 190 30]"), "/V (100)", "/V ()"),
        19: shows(""),
      });
      return revise(document, {
        8: swap(swap(body(document, 8), "/V ()", "/V (999)"), "/N 19 0 R", `/N ${document.size} 0 R`),
        [document.size]: shows(line("999"), "/Type /XObject /Subtype /Form /BBox [0 0 90 20]"),
      });
    }),
    ...(["no", 1] as const).map((certify) =>
      filling(
        `the value replaced, ${certify === "no" ? "nobody permits it" : "no changes permitted"}`,
        "changes.",
        () => fill(prepared({}, certify), "(999)", shows(line("999"))),
      ),
    ),
    filling("a locked field", "changes.not-permitted", () => {
      const lock = { fieldEntries: "/Lock << /Type /SigFieldLock /Action /Include /Fields [(Total)] >>" };
      return fill(signRaw(baseDocument(), pki.person, lock), "(999)", shows(line("999")));
    }),
    filling("a second form beside it", "changes.xfa", () => {
      const document = prepared({ 7: swap(BODIES[7] ?? "", "<<", "<< /XFA 40 0 R"), 40: stream("<xdp/>") });
      return fill(document, "(999)", shows(line("999")));
    }),
    changed("box ticked, not its value", "changes.state-differs", 10, "/AS /Off", "/AS /Yes"),
    changed("box with a value, not ticked", "changes.state-differs", 10, "/V /Off", "/V /Yes"),
    changed("box with a value that it has not", "changes.", 10, "/V /Off /AS /Off", "/V /Maybe /AS /Maybe"),
    changed("box with a value that is text", "changes.", 10, "/V /Off /AS /Off", "/V (Yes) /AS /Yes"),
    changed(
      "names of its states exchanged",
      "changes.button-drawing",
      10,
      "/Yes 23 0 R /Off 24 0 R",
      "/Yes 24 0 R /Off 23 0 R",
    ),
    changed(
      "name of its state changed",
      "changes.button-drawing",
      10,
      "/V /Off /AS /Off",
      "/V /No /AS /No /AP << /N << /No 23 0 R >> >>",
    ),
    changed("box with another caption", "changes.", 10, "/V /Off /AS /Off", "/V /Yes /AS /Yes /MK << /CA (8) >>"),
    changed("radio button shows another state", "changes.state-differs", 11, "/AS /A", "/AS /Off"),
    filling("drawing of a state replaced", "changes.", () =>
      revise(permitted, {
        10: swap(tick, "/V /Off /AS /Off", "/V /Yes /AS /Yes"),
        23: stream("0 0 300 300 re f", "/Type /XObject /Subtype /Form /BBox [0 0 10 10]"),
      }),
    ),
    filling("a state whose drawing is a text", "changes.button-drawing", () => {
      const document = prepared({
        23: stream(
          "BT /F1 8 Tf 0 0 Td (and 900 more) Tj ET",
          "/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Resources << /Font << /F1 13 0 R >> >>",
        ),
      });
      return revise(document, { 10: swap(tick, "/V /Off /AS /Off", "/V /Yes /AS /Yes") });
    }),
    filling("a state whose drawing covers half a page", "changes.button-drawing", () => {
      const document = prepared({ 10: swap(tick, "[10 40 20 50]", "[0 0 100 130]") });
      return revise(document, { 10: swap(body(document, 10), "/V /Off /AS /Off", "/V /Yes /AS /Yes") });
    }),
    filling("a push button with another drawing", "changes.button-picture", () => {
      const document = prepared({
        11: "<< /FT /Btn /Ff 65536 /T (Kind) /Type /Annot /Subtype /Widget /F 4 /Rect [30 40 90 60] /P 3 0 R /AP << /N 24 0 R >> >>",
      });
      return revise(document, {
        11: swap(body(document, 11), "24 0 R", `${document.size} 0 R`),
        [document.size]: shows(line("x")),
      });
    }),
    filling("choice shows another option", "changes.appearance-differs", () =>
      revise(permitted, {
        12: swap(BODIES[12] ?? "", "/V (One)", `/V (Two) /AP << /N ${next} 0 R >>`),
        [next]: shows(line("One"), "/Type /XObject /Subtype /Form /BBox [0 0 90 20]"),
      }),
    ),
    filling("choice shows the exported value, not the option", "changes.appearance-differs", () => {
      const document = prepared({ 12: swap(BODIES[12] ?? "", "[(One) (Two)]", "[[(One) (One)] [(Two) (Zwei)]]") });
      return revise(document, {
        12: swap(body(document, 12), "/V (One)", `/V (Two) /AP << /N ${document.size} 0 R >>`),
        [document.size]: shows(line("Two"), "/Type /XObject /Subtype /Form /BBox [0 0 90 20]"),
      });
    }),
    filling("choice of something that is no option", "changes.no-option", () =>
      revise(permitted, {
        12: swap(BODIES[12] ?? "", "/V (One)", `/V (Three) /AP << /N ${next} 0 R >>`),
        [next]: shows(line("Three"), "/Type /XObject /Subtype /Form /BBox [0 0 90 20]"),
      }),
    ),
    filling("choice with the number of another option", "changes.option-index", () =>
      revise(permitted, {
        12: swap(BODIES[12] ?? "", "/V (One)", `/V (Two) /I [0] /AP << /N ${next} 0 R >>`),
        [next]: shows(line("Two"), "/Type /XObject /Subtype /Form /BBox [0 0 90 20]"),
      }),
    ),
    filling("options exchanged", "changes.", () =>
      revise(permitted, {
        12: swap(
          swap(BODIES[12] ?? "", "/V (One)", `/V (Two) /AP << /N ${next} 0 R >>`),
          "[(One) (Two)]",
          "[(Two) (One)]",
        ),
        [next]: shows(line("Two"), "/Type /XObject /Subtype /Form /BBox [0 0 90 20]"),
      }),
    ),
    filling("the field a second time on another page", "changes.", () =>
      revise(fill(permitted, "(999)", shows(line("999"))), {
        [OBJECT.secondPage]: swap(body(permitted, OBJECT.secondPage), "/Contents", "/Annots [8 0 R] /Contents"),
      }),
    ),
    filling("a second widget for the field", "changes.", () => {
      const filled = fill(permitted, "(999)", shows(line("999")));
      return revise(permitted, {
        8: swap(body(filled, 8), "<<", `<< /Kids [${next + 1} 0 R]`),
        [next]: shows(line("999")),
        [next + 1]: `<< /Type /Annot /Subtype /Widget /Parent 8 0 R /Rect [40 140 200 180] /AP << /N ${next} 0 R >> >>`,
        [PART.page]: withItem(body(permitted, PART.page), "Annots", `${next + 1} 0 R`),
      });
    }),
    filling("a new text field", "changes.new-field", () =>
      revise(permitted, {
        [next]: `<< /FT /Tx /T (More) /V (999) /Type /Annot /Subtype /Widget /F 4 /Rect [40 140 120 160] /P 3 0 R /AP << /N ${next + 1} 0 R >> >>`,
        [next + 1]: shows(line("999")),
        [PART.page]: withItem(body(permitted, PART.page), "Annots", `${next} 0 R`),
        [PART.form]: withItem(body(permitted, PART.form), "Fields", `${next} 0 R`),
      }),
    ),
  ];
}
