import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES, OBJECT } from "./base-documents.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { signRaw, type SignedDocument } from "./sign-raw.ts";

const FONT = "/Font << /F1 13 0 R >>";
const form = (content: string, box = "0 0 80 20", resources = FONT, more = ""): string =>
  stream(content, `/Type /XObject /Subtype /Form /BBox [${box}] ${more} /Resources << ${resources} >>`);
const text = (shown: string, before = ""): string => `/Tx BMC q BT /F1 12 Tf 0 g ${before} 2 5 Td ${shown} Tj ET Q EMC`;

interface Prepared {
  /** Of the field. */
  readonly rect?: string;
  readonly entries?: string;
  readonly before?: string;
  readonly changes?: Readonly<Record<number, string>>;
}

/** Fields that were prepared before signing so that filling them in shows another document than their values say. */
export function fieldAttacks({ pki }: Victims): readonly Attack[] {
  const fields = family("fields");
  const prepare = ({ rect = "10 10 90 30", entries = "", before, changes = {} }: Prepared): SignedDocument =>
    signRaw(
      baseDocument({
        [OBJECT.textField]: `<< /FT /Tx /T (Total) ${entries.includes("/DA ") ? "" : "/DA (/F1 12 Tf 0 g)"} ${entries.includes("/F ") ? "" : "/F 4"} /Type /Annot /Subtype /Widget /Rect [${rect}] /P 3 0 R ${entries} ${before === undefined ? "" : "/AP << /N 19 0 R >>"} >>`,
        ...(before === undefined ? {} : { [OBJECT.textAppearance]: before }),
        ...changes,
      }),
      pki.person,
      { certify: 2 },
    );
  const filled = (
    document: SignedDocument,
    value: string,
    drawing: string,
    objects: Readonly<Record<number, string>> = {},
  ): RawDocument =>
    revise(document, {
      [OBJECT.textField]: swap(
        body(document, OBJECT.textField).replace("/AP << /N 19 0 R >>", ""),
        "<<",
        `<< ${value === "" ? "" : `/V (${value})`} /AP << /N ${document.size} 0 R >>`,
      ),
      [document.size]: drawing,
      ...objects,
    });
  const field = (name: string, value: string, drawing: string, prepared: Prepared = {}): Attack =>
    fields(name, "changes.", () => filled(prepare(prepared), value, drawing));
  const NUMBER = "BT /F1 12 Tf 50 150 Td (100 EUR) Tj ET";
  const numbered = { 4: stream(NUMBER) };
  const inFront = (width: number, height = 9): Prepared => ({
    rect: `${49 - width} 150 49 ${150 + height}`,
    changes: numbered,
  });
  const flat = (content: string, width: number, height = 9): string => form(content, `0 0 ${width} ${height}`);
  const low = (content: string): string => form(content, "0 0 80 9");
  const LOW = { rect: "10 10 90 19" };
  const digits = text("(999)").replace("2 5 Td", "5 0.5 Td");
  const picture = "q 200 0 0 60 40 130 cm /Im1 Do Q";
  const scanned = (content = picture): Readonly<Record<number, string>> => ({
    3: swap(BODIES[3] ?? "", "/X2 20 0 R", "/Im1 40 0 R"),
    4: stream(content),
    40: stream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"),
  });
  const composite = (document: SignedDocument): string => `/Font << /F1 ${document.size + 1} 0 R >>`;
  return [
    // Parts of a border.
    field("the left half of a border, which is a one", "999", low(`0 G 1.2 w 0.8 0 m 0.8 9 l S ${digits}`), LOW),
    field("a left edge filled", "999", low(`0 g 0 0 1.5 9 re f ${digits}`), LOW),
    field(
      "left and upper edge, in front of the value",
      "999",
      low(`0 G 1.2 w 0.8 0 m 0.8 8.4 l 79 8.4 l S ${digits}`),
      LOW,
    ),
    field(
      "a whole border of which only one side is seen",
      "999",
      low(`1 G 1 w 0.5 0.5 79 8 re S 0 G 0.8 0 m 0.8 9 l S ${digits}`),
      LOW,
    ),
    field("a seven made of two edges", "", flat("0 G 1.2 w 0 8.4 m 5.4 8.4 l 5.4 0 l S", 6), inFront(6)),
    field("a one made of an edge", "", flat("0 G 1.2 w 3 0 m 3 9 l S", 6), inFront(6)),
    field("a zero made of a border", "", flat("0 G 1.2 w 0.6 0.6 4.8 7.8 re S", 6), inFront(6)),
    field(
      "a zero made of a rounded border",
      "",
      flat(
        "0 G 1.2 w 0.6 4.5 m 0.6 6.7 2.3 8.4 4.5 8.4 c 6.7 8.4 8.4 6.7 8.4 4.5 c 8.4 2.3 6.7 0.6 4.5 0.6 c 2.3 0.6 0.6 2.3 0.6 4.5 c h S",
        9,
      ),
      inFront(9),
    ),
    field("a one made of a ground", "", flat("0 g 0 0 2 9 re f", 2), inFront(2)),
    field("a minus made of a ground", "", flat("0 g 0 0 12 1.5 re f", 12, 1.5), {
      rect: "36 153 48 154.5",
      changes: numbered,
    }),
    field("a minus made of a lower edge", "", flat("0 G 1 w 0 0.5 m 8 0.5 l S", 8), {
      rect: "41 154 49 163",
      changes: numbered,
    }),
    field(
      "lines between cells without a border, which are ones",
      "99",
      low(
        `0 G 1 w 40 0 m 40 9 l S ${text("(9)").replace("2 5 Td", "20 0.5 Td")} ${text("(9)").replace("2 5 Td", "55 0.5 Td")}`,
      ),
      {
        rect: "10 10 90 19",
        entries: "/Ff 16777216 /MaxLen 2",
      },
    ),
    field(
      "white beside a black ground that leaves the edge free",
      "1999",
      form(`0 g 2.4 2.4 75.2 15.2 re f BT /F1 3 Tf 1 g 0.2 5 Td (1999) Tj ET`),
    ),
    field(
      "a line that closes a path across the value",
      "999",
      form(`0 G 1 1 m 1 19 l 79 19 l 79 1 l 1 1 l 1 19 l 79 19 l s ${text("(999)")}`),
    ),
    field("a border whose width is below nothing", "999", form(`0 G -40 w 0 0 80 20 re S ${text("(999)")}`)),
    // Text.
    field(
      "a fraction that is written small",
      "999",
      form("BT /F1 12 Tf 0 g 2 5 Td (9) Tj /F1 6 Tf 0 4 Td 8 0 Td (99) Tj ET"),
    ),
    field("an exponent in place of a digit", "102", form("BT /F1 12 Tf 0 g 2 5 Td (10) Tj 4.5 Ts (2) Tj ET")),
    field(
      "upside down in a field that is turned so",
      "666",
      form(text("(666)"), "0 0 80 20", FONT, "/Matrix [-1 0 0 -1 80 20]"),
      {
        entries: "/MK << /R 180 >>",
      },
    ),
    field("upside down on a page that is turned so", "666", form(text("(666)")), {
      changes: { 3: swap(BODIES[3] ?? "", "<<", "<< /Rotate 180") },
    }),
    field("digits that stand apart as two numbers", "2500", form("BT /F1 12 Tf 0 g 2 5 Td (25) Tj 40 0 Td (00) Tj ET")),
    field(
      "digits that stand apart by the space between signs",
      "2500",
      form(text("[(25) -1500 (00)]").replace("] Tj", "] TJ")),
    ),
    field("digits with a blank between that the value has not", "2500", form(text("(25 00)"))),
    field("two digits half upon each other", "1000", form(text("(1000)", "-3.8 Tc"))),
    field("the last digit cut by a third", "1008", form(`q 0 0 26.7 20 re W n ${text("(1008)")} Q`)),
    ...[
      ["grouped so that it is another one elsewhere", "25,00", "2500"],
      ["with one separator for thousands, which is a decimal sign elsewhere", "2,5", "25"],
      ["with an apostrophe between euros and cents", "25'00", "2500"],
      ["with the currency for its decimal sign", "9$99", "999"],
      ["with two decimal signs", "1.250.0", "1250"],
    ].map(([what, shown, value]) =>
      field(`a number that the form writes, ${what}`, value ?? "", form(text(`(${shown})`)), {
        entries: '/AA << /F << /S /JavaScript /JS (AFNumber_Format\\(2, 0, 0, 0, "", false\\);) >> >>',
      }),
    ),
    // Where and whether it is seen.
    field("a field that nobody sees", "999", form(text("(999)")), { entries: "/F 2" }),
    field("a field that is seen on paper only", "999", form(text("(999)")), { entries: "/F 36" }),
    field("a field on a layer that is switched off", "999", form(text("(999)")), { entries: "/OC 15 0 R" }),
    field("a field beside the page", "999", form(text("(999)")), { rect: "400 10 480 30" }),
    field("a field half beside the page", "9000", form(text("(9000)")), { rect: "288 40 368 60" }),
    field("a field beside what the page is cropped to", "9000", form(text("(9000)")), {
      rect: "100 100 180 120",
      changes: { 3: swap(BODIES[3] ?? "", "<<", "<< /CropBox [0 0 110 200]") },
    }),
    field("a field that does not turn with its page", "999", form(`1 g 0 0 80 20 re f ${text("(999)")}`), {
      entries: "/F 20",
      changes: { 3: swap(BODIES[3] ?? "", "<<", "<< /Rotate 90") },
    }),
    field("a field that does not grow with its page", "999", form(text("(999)")), { entries: "/F 12" }),
    field("a ground over the last digit but a sliver", "", form("1 g 0 0 80 20 re f"), {
      rect: "144.5 145 224.5 165",
      before: form(""),
      changes: { 4: stream("BT /F1 18 Tf 50 150 Td (Total: 10000) Tj ET") },
    }),
    field("a ground over the first digits of another field", "", form("1 g 0 0 80 20 re f"), {
      rect: "100 60 180 80",
      before: form(""),
      changes: {
        3: swap(BODIES[3] ?? "", "[8 0 R 9 0 R", "[41 0 R 8 0 R 9 0 R"),
        7: swap(BODIES[7] ?? "", "[8 0 R", "[8 0 R 41 0 R"),
        40: form(text("(1999)"), "0 0 90 20"),
        41: "<< /FT /Tx /T (Other) /V (1999) /DA (/F1 12 Tf 0 g) /F 4 /Type /Annot /Subtype /Widget /Rect [165 60 255 80] /P 3 0 R /AP << /N 40 0 R >> >>",
      },
    }),
    field("a field whose first digit lies under another field", "1999", form(text("(1999)")), {
      rect: "100 60 180 80",
      changes: {
        3: swap(BODIES[3] ?? "", "[8 0 R 9 0 R", "[8 0 R 41 0 R 9 0 R"),
        7: swap(BODIES[7] ?? "", "[8 0 R", "[8 0 R 41 0 R"),
        40: form("1 g 0 0 90 20 re f", "0 0 90 20"),
        41: "<< /FT /Tx /T (Other) /DA (/F1 12 Tf 0 g) /F 4 /Type /Annot /Subtype /Widget /Rect [19 60 109 80] /P 3 0 R /AP << /N 40 0 R >> >>",
      },
    }),
    field("a ground over a scanned number", "5", form(`1 g 0 0 80 20 re f ${text("(5)")}`), {
      rect: "100 150 180 170",
      before: form(""),
      changes: scanned(),
    }),
    field("a ground over a number that is drawn", "5", form(`1 g 0 0 80 20 re f ${text("(5)")}`), {
      rect: "100 150 180 170",
      before: form(""),
      changes: { 4: stream("0 G 1.5 w 120 152 m 120 168 l S 130 152 m 136 168 l 142 152 l S") },
    }),
    // Fonts.
    fields("a composite font whose glyphs are the reader's", "changes.", () => {
      const document = prepare({
        changes: {
          40: "<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /DW 556 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] /ToUnicode 41 0 R >>",
          41: stream("1 beginbfchar <0014> <0039> endbfchar"),
          33: "<< /Font << /F1 13 0 R /F2 40 0 R >> >>",
        },
      });
      return filled(
        document,
        "999",
        form("BT /F1 12 Tf 2 5 Td <001400140014> Tj ET", "0 0 80 20", "/Font << /F1 40 0 R >>"),
      );
    }),
    fields("digits on codes where symbolic fonts have other signs", "changes.", () => {
      const document = prepare({});
      return filled(
        document,
        "999",
        form("BT /F1 12 Tf 2 5 Td (\\200\\200\\200) Tj ET", "0 0 80 20", composite(document)),
        {
          [document.size + 1]:
            "<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 128 /LastChar 128 /Widths [556] /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [128 /nine] >> >>",
        },
      );
    }),
    fields("a face that readers replace, with widths of its own", "changes.", () => {
      const document = prepare({
        changes: {
          40: "<< /Type /Font /Subtype /TrueType /BaseFont /Verdana /Encoding /WinAnsiEncoding /FirstChar 48 /LastChar 57 /Widths [180 180 180 180 180 180 180 180 180 180] >>",
          33: "<< /Font << /F1 13 0 R /F2 40 0 R >> >>",
        },
      });
      return filled(document, "1188", form(text("(1188)"), "0 0 80 20", "/Font << /F1 40 0 R >>"));
    }),
    // Readers that draw all fields anew.
    ...[
      ["white", "/DA (/F1 12 Tf 1 g)"],
      ["tiny", "/DA (/F1 0.1 Tf 0 g)"],
      ["not painted", "/DA (/F1 12 Tf 0 g 3 Tr)"],
    ].map(([what, entries]) =>
      field(`a field that readers draw anew, ${what}`, "999", form(text("(999)")), {
        entries: entries ?? "",
        changes: { 7: swap(BODIES[7] ?? "", "<<", "<< /NeedAppearances true") },
      }),
    ),
    fields("a box whose caption readers draw anew as a digit", "changes.", () => {
      const document = prepare({
        changes: {
          7: swap(BODIES[7] ?? "", "<<", "<< /NeedAppearances true"),
          [OBJECT.checkBox]: swap(BODIES[OBJECT.checkBox] ?? "", "<<", "<< /MK << /CA (9) >>"),
        },
      });
      return revise(document, {
        [OBJECT.checkBox]: swap(body(document, OBJECT.checkBox), "/V /Off /AS /Off", "/V /Yes /AS /Yes"),
      });
    }),
  ];
}
