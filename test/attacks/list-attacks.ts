import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES, OBJECT } from "./base-documents.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { signRaw, type SignedDocument } from "./sign-raw.ts";

/** A list of four entries, 90 by 60 points, drawn like common programs draw them: bars, then rows. */
export const LIST =
  "<< /FT /Ch /T (Choice) /Opt [(None) (One) (Two) (Three)] /V (One) /DA (/F1 12 Tf 0 g) /Type /Annot /Subtype /Widget /F 4 /Rect [100 30 190 90] /P 3 0 R /AP << /N 40 0 R >> >>";

const BAR = "0.6 0.757 0.855 rg";

/** Rows are 14 points apart, the first one stands at 47. */
export const list = (
  rows: readonly string[],
  marked: readonly number[],
  { before = "", bar = BAR, after = "" } = {},
): string =>
  stream(
    `/Tx BMC q 1 1 88 58 re W n ${before} ${marked.map((row) => `${bar} 1 ${43 - 14 * row} 88 14 re f`).join(" ")} BT /F1 12 Tf 0 g 2 ${47 + 14} Td ${rows.map((row) => `0 -14 Td (${row}) Tj`).join(" ")} ET ${after} Q EMC`,
    "/Type /XObject /Subtype /Form /BBox [0 0 90 60] /Resources << /Font << /F1 13 0 R >> >>",
  );

export const ROWS = ["None", "One", "Two", "Three"];

/** List boxes and groups of buttons whose drawing and value do not agree. */
export function listAttacks({ pki }: Victims): readonly Attack[] {
  const lists = family("lists");
  const prepared = (changes: Readonly<Record<number, string>> = {}): SignedDocument =>
    signRaw(baseDocument({ [OBJECT.choice]: LIST, 40: list(ROWS, [1]), ...changes }), pki.person, { certify: 2 });
  const chosen = (
    name: string,
    reason: string,
    value: string,
    drawing: string,
    changes: Readonly<Record<number, string>> = {},
  ): Attack =>
    lists(name, reason, () => {
      const document = prepared(changes);
      return fill(document, value, drawing);
    });
  const fill = (document: SignedDocument, value: string, drawing: string): RawDocument =>
    revise(document, {
      [OBJECT.choice]: swap(
        swap(body(document, OBJECT.choice), "/V (One)", value),
        "/N 40 0 R",
        `/N ${document.size} 0 R`,
      ),
      [document.size]: drawing,
    });
  const radio = (changes: Readonly<Record<number, string>>, flags: number): SignedDocument =>
    signRaw(
      baseDocument({
        11: `<< /FT /Btn /Ff ${flags} /T (Kind) /V /Off /Kids [40 0 R 41 0 R] >>`,
        40: "<< /Parent 11 0 R /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [30 40 40 50] /P 3 0 R /AP << /N << /A 23 0 R /Off 24 0 R >> >> >>",
        41: "<< /Parent 11 0 R /AS /Off /Type /Annot /Subtype /Widget /F 4 /Rect [45 40 55 50] /P 3 0 R /AP << /N << /A 23 0 R /Off 24 0 R >> >> >>",
        3: swap(BODIES[3] ?? "", "11 0 R", "40 0 R 41 0 R"),
        ...changes,
      }),
      pki.person,
      { certify: 2 },
    );
  const press = (name: string, reason: string, flags: number, value: string): Attack =>
    lists(name, reason, () => {
      const document = radio({}, flags);
      return revise(document, {
        ...(value === "/Off" ? {} : { 11: swap(body(document, 11), "/V /Off", `/V ${value}`) }),
        40: swap(body(document, 40), "/AS /Off", "/AS /A"),
      });
    });
  const push = BODIES[OBJECT.radio] ?? "";
  const pushButton = (name: string, reason: string, from: string, to: string): Attack =>
    lists(name, reason, () => {
      const document = signRaw(
        baseDocument({
          11: swap(swap(push, "/Ff 32768", "/Ff 65536"), /\/V \/A \/AS \/A/u, "").replace(
            /\/N << .*? >>/u,
            "/N 24 0 R",
          ),
        }),
        pki.person,
        { certify: 2 },
      );
      return revise(document, { 11: swap(body(document, 11), from, to) });
    });
  return [
    chosen("another entry marked than the value", "changes.appearance-differs", "/V (Two)", list(ROWS, [3])),
    chosen("nothing marked", "changes.appearance-differs", "/V (Two)", list(ROWS, [])),
    chosen("two entries marked", "changes.appearance-differs", "/V (Two)", list(ROWS, [2, 3])),
    chosen("a mark as white as paper", "changes.appearance-", "/V (Two)", list(ROWS, [2], { bar: "1 g" })),
    chosen(
      "a mark in the colour of its ground",
      "changes.appearance-",
      "/V (Two)",
      list(ROWS, [2], { before: `${BAR} 0 0 90 60 re f` }),
    ),
    chosen(
      "a mark below its ground",
      "changes.appearance-",
      "/V (Two)",
      list(ROWS, [], { before: `${BAR} 1 15 88 14 re f 1 g 0 0 90 60 re f` }),
    ),
    chosen(
      "a mark in the colour of a ground that came after another mark",
      "changes.appearance-",
      "/V (Two)",
      list(ROWS, [2], { before: `${BAR} 1 15 88 14 re f 0 0 90 60 re f` }),
    ),
    chosen(
      "a mark that is clipped away",
      "changes.appearance-",
      "/V (Two)",
      list(ROWS, [], { before: `q 1 1 5 5 re W n ${BAR} 1 15 88 14 re f Q` }),
    ),
    chosen(
      "a mark that takes itself back",
      "changes.appearance-",
      "/V (Two)",
      list(ROWS, [], { before: `${BAR} 1 15 88 14 re 1 15 88 14 re f*` }),
    ),
    chosen("a mark behind nothing", "changes.appearance-", "/V (Two)", list(ROWS, [3.5])),
    chosen(
      "a mark behind two entries",
      "changes.appearance-",
      "/V (Two)",
      list(ROWS, [], { before: `${BAR} 1 1 88 28 re f` }),
    ),
    chosen(
      "a mark that is a sign",
      "changes.appearance-",
      "/V (Two)",
      list(ROWS, [2], { before: `${BAR} 40 15 2 10 re f` }),
    ),
    chosen(
      "a mark painted over an entry",
      "changes.appearance-",
      "/V (Two)",
      list(ROWS, [2], { after: `${BAR} 1 1 88 14 re f` }),
    ),
    chosen("entries in another order", "changes.appearance-", "/V (Two)", list(["None", "Two", "One", "Three"], [1])),
    chosen("an entry left out", "changes.appearance-", "/V (Two)", list(["None", "Two", "Three"], [1])),
    chosen(
      "the last entry left out, though there is room",
      "changes.appearance-",
      "/V (One) /I [1]",
      list(["None", "One"], [1]),
    ),
    chosen("an entry that is none", "changes.appearance-", "/V (Two)", list(["None", "One", "Two", "Nine"], [2])),
    chosen("the chosen entry out of view", "changes.appearance-", "/V (None) /TI 1", list(["One", "Two", "Three"], [])),
    chosen("the first entry is not the one that it says", "changes.appearance-", "/V (Two) /TI 1", list(ROWS, [2])),
    chosen("a value that is no entry", "changes.list-box", "/V (Nine)", list(ROWS, [])),
    chosen("two values where one may be", "changes.list-box", "/V [(One) (Two)]", list(ROWS, [1, 2])),
    chosen("the number of another entry", "changes.option-index", "/V (Two) /I [3]", list(ROWS, [2])),
    chosen("numbers that are none", "changes.option-index", "/V (Two) /I 2", list(ROWS, [2])),
    chosen("the value as it was, the mark moved", "changes.appearance-differs", "/V (One) /I [1]", list(ROWS, [2])),
    chosen("another mark than the value had when it was signed", "changes.appearance-", "/V (Two)", list(ROWS, [2]), {
      40: list(ROWS, [3]),
    }),
    chosen("two entries that read the same", "changes.list-box", "/V (b)", list(["None", "One", "One"], [2]), {
      [OBJECT.choice]: swap(
        LIST,
        "[(None) (One) (Two) (Three)] /V (One)",
        "[[(x) (None)] [(One) (One)] [(b) (One)]] /V (One)",
      ),
    }),
    lists("a list over signed text", "changes.covers-content", () => {
      const document = prepared({ [OBJECT.choice]: swap(LIST, "[100 30 190 90]", "[50 120 140 180]") });
      return fill(document, "/V (Two)", list(ROWS, [2]));
    }),
    press("one of two radio buttons of the same state", "changes.same-states", 32_768, "/A"),
    press("one of two radio buttons in unison", "changes.state-differs", 32_768 + (1 << 25), "/A"),
    press("one of two check boxes of the same state", "changes.state-differs", 0, "/A"),
    press("a radio button pressed without its value", "changes.state-differs", 32_768, "/Off"),
    pushButton("a push button with a caption", "changes.", "/F 4", "/F 4 /MK << /CA (Pay) >>"),
    pushButton("a push button with a value", "changes.", "/F 4", "/F 4 /V (Pay)"),
    pushButton(
      "a push button with an action",
      "changes.",
      "/F 4",
      "/F 4 /A << /S /URI /URI (https://evil.example/) >>",
    ),
    pushButton("a push button drawn for the pressed mouse", "changes.", "/N 24 0 R", "/N 24 0 R /D 23 0 R"),
  ];
}
