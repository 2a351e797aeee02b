import { describe, expect, test } from "vitest";
import {
  BOX,
  FULL_PAGE,
  onePage,
  OVER_TEXT,
  TEXT,
  withAnnotation,
  withForm,
  withGraphicsState,
  withImage,
} from "../../../attacks/concealing-documents.ts";
import { stream } from "../../../attacks/raw-document.ts";
import type { RawDocument } from "../../../attacks/raw-document.ts";
import { NOTHING, search } from "./search.ts";

const COVERED = { ...NOTHING, coveredPages: [1] };
const drawn = (content: string): RawDocument => onePage({ content });

describe("text that lies under something is told", () => {
  const cases: Readonly<Record<string, RawDocument>> = {
    "a black bar, as if it were blacked out": drawn(`${TEXT} 0 g ${BOX}`),
    "a white box": drawn(`${TEXT} 1 g ${BOX}`),
    "a bar over one word only": drawn(`${TEXT} 0 g 84 140 32 30 re f`),
    "two bars that meet in the middle of it": drawn(`${TEXT} 1 g 45 140 50 30 re f 95 140 100 30 re f`),
    "a shape with other corners": drawn(`${TEXT} 1 g 20 140 m 45 180 l 250 180 l 280 140 l 150 120 l h f`),
    "a rounded shape": drawn(`${TEXT} 1 g 20 155 m 20 260 280 260 280 155 c 280 60 20 60 20 155 c f*`),
    "a thick line": drawn(`${TEXT} 30 w 40 155 m 200 155 l S`),
    "a picture": withImage(`${TEXT} ${OVER_TEXT}`),
    "a picture of the whole page": withImage(`${TEXT} ${FULL_PAGE}`),
    "a picture within the content": drawn(
      `${TEXT} q 200 0 0 30 45 140 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID FF> EI Q`,
    ),
    "a form": withForm(`${TEXT} /X1 Do`, `1 g ${BOX}`),
    "a form, being in a form itself": withForm(
      "/X1 Do",
      `${TEXT} 1 g ${BOX}`,
      "/Resources << /Font << /F1 5 0 R >> >>",
    ),
    "a turned page's box": onePage({ content: `${TEXT} 1 g ${BOX}`, page: "/Rotate 90" }),
    "a box that is cut out of a larger one": drawn(`${TEXT} q 45 140 200 30 re W n 0 0 300 200 re f Q`),
    "an annotation": withAnnotation(),
    "an annotation with its own state of transparency": withAnnotation("", "q 1 0 0 1 0 0 cm 1 g 0 0 200 30 re f Q"),
    "a box in another colour space": onePage({
      content: `${TEXT} /C1 cs 0.5 scn ${BOX}`,
      resources: "/ColorSpace << /C1 [/Separation /Spot /DeviceGray 10 0 R] >>",
      objects: { 10: "<< /FunctionType 2 /Domain [0 1] /N 1 >>" },
    }),
    "a box after its own transparency has ended": withGraphicsState(`${TEXT} q /G1 gs ${BOX} Q 1 g ${BOX}`, "/ca 0.5"),
  };
  test.each(Object.entries(cases))("%s", async (_name, document) => {
    expect(await search(document)).toEqual(COVERED);
  });

  test("an annotation that lies under another one", async () => {
    const form = "/Type /XObject /Subtype /Form /BBox [0 0 200 30]";
    const stamp = "/Type /Annot /Subtype /Stamp /Rect [45 40 245 70]";
    const document = onePage({
      content: TEXT,
      page: "/Annots [10 0 R 11 0 R]",
      objects: {
        10: `<< ${stamp} /AP << /N 12 0 R >> >>`,
        11: `<< ${stamp} /AP << /N 13 0 R >> >>`,
        12: stream("0 0 m 200 30 l S", form),
        13: stream("1 g 0 0 200 30 re f", form),
      },
    });
    expect(await search(document)).toEqual(COVERED);
  });
});

describe("nothing is told of what can be read, or would not come to light", () => {
  const mask = "/SMask 11 0 R";
  const cases: Readonly<Record<string, RawDocument>> = {
    "text on a white page": drawn(`1 g 0 0 300 200 re f 0 g ${TEXT}`),
    "text on a picture": withImage(`${FULL_PAGE} ${TEXT}`),
    "a scan with recognised text under its picture": withImage(
      `BT 3 Tr /F1 18 Tf 50 150 Td (Pay 100 EUR) Tj ET ${FULL_PAGE}`,
    ),
    "a scan with recognised text over its picture": withImage(
      `${FULL_PAGE} BT 3 Tr /F1 18 Tf 50 150 Td (Pay 100 EUR) Tj ET`,
    ),
    "text that a box covers in part": drawn(`${TEXT} 1 g 45 140 200 12 re f`),
    "text that is struck through": drawn(`${TEXT} 1.5 w 45 155 m 200 155 l S`),
    "text in a frame": drawn(`${TEXT} 45 140 200 30 re S`),
    "text in a thick frame of two boxes": drawn(`${TEXT} 30 120 240 70 re 45 140 200 30 re f*`),
    "text seen through a transparent box": withGraphicsState(`${TEXT} /G1 gs ${BOX}`, "/ca 0.4"),
    "text marked with a pen": withGraphicsState(`${TEXT} /G1 gs 1 1 0 rg ${BOX}`, "/BM /Multiply"),
    "text under a mask": withGraphicsState(`${TEXT} /G1 gs ${BOX}`, "/SMask << /S /Alpha /G 10 0 R >>"),
    "text under a pattern, which may be mostly air": drawn(`${TEXT} /Pattern cs /P1 scn ${BOX}`),
    "text under a transparent form": onePage({
      content: `${TEXT} /G1 gs /X1 Do`,
      resources: "/ExtGState << /G1 << /ca 0.4 >> >> /XObject << /X1 10 0 R >>",
      objects: { 10: stream(BOX, "/Subtype /Form /BBox [0 0 300 200] /Group << /S /Transparency >>") },
    }),
    "text under a picture with a mask": withImage(`${TEXT} ${OVER_TEXT}`, mask),
    "text under a stencil": withImage(`${TEXT} ${OVER_TEXT}`, "/ImageMask true"),
    "text under what is cut away": drawn(`${TEXT} q 0 0 20 20 re W n ${BOX} Q`),
    "text under a form that is cut to its own box": onePage({
      content: `${TEXT} /X1 Do`,
      resources: "/XObject << /X1 10 0 R >>",
      objects: { 10: stream(BOX, "/Subtype /Form /BBox [0 0 20 20]") },
    }),
    "text that is cut away itself": drawn(`q 0 0 20 20 re W n ${TEXT} Q 1 g ${BOX}`),
    "text beside the page": drawn(`q 1 0 0 1 400 0 cm ${TEXT} 1 g ${BOX} Q`),
    "text that stands on the box once more": drawn(`${TEXT} 1 g ${BOX} 0 g ${TEXT}`),
    "a line to write on": drawn(`BT /F1 18 Tf 50 150 Td (______ .....) Tj ET 1 g ${BOX}`),
    "text in a font that is not there, over everything": drawn(`${BOX} ${TEXT.replace("/F1", "/F9")}`),
    blanks: drawn(`BT /F1 18 Tf 50 150 Td (      ) Tj ET 1 g ${BOX}`),
    "an annotation that is hidden": withAnnotation("/F 2"),
    "an annotation that is not shown on screen": withAnnotation("/F 32"),
    "an annotation that marks the text": withAnnotation("", "0 0 200 1 re f"),
    "a closed note": withAnnotation("", BOX, { subtype: "Popup" }),
    "an annotation under the text of another place": withAnnotation("", "0 0 200 30 re f", {
      rectangle: "45 20 245 50",
    }),
    "a form field with its own background": withAnnotation(
      "",
      "1 g 0 0 200 30 re f 0 g BT /F1 12 Tf 2 9 Td (100) Tj ET",
      { content: "", subtype: "Widget" },
    ),
  };
  test.each(Object.entries(cases))("%s", async (_name, document) => {
    expect(await search(document)).toEqual(NOTHING);
  });
});

describe("how wide the letters are decides what is covered", () => {
  const composite = (box: string): RawDocument =>
    onePage({
      content: `BT /F2 10 Tf 50 150 Td <00410042> Tj ET 1 g ${box} re f`,
      fonts: "/F2 10 0 R",
      objects: {
        10: "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [11 0 R] >>",
        11: "<< /Type /Font /Subtype /CIDFontType2 /DW 1000 /W [65 [3000] 66 66 2000] >>",
      },
    });
  test("a composite font says it glyph by glyph and for ranges", async () => {
    // The first sign reaches from 50 to 80, the second one to 100.
    expect(await search(composite("81 145 18 15"))).toEqual(COVERED);
    expect(await search(composite("51 145 10 15"))).toEqual(NOTHING);
  });

  test("a simple font says it from /FirstChar on", async () => {
    const simple = (box: string): RawDocument =>
      onePage({
        content: `BT /F2 10 Tf 50 150 Td (AB) Tj ET 1 g ${box} re f`,
        fonts: "/F2 10 0 R",
        objects: {
          10: "<< /Type /Font /Subtype /TrueType /Encoding /WinAnsiEncoding /FirstChar 65 /Widths [3000 2000] /BaseFont /X >>",
        },
      });
    expect(await search(simple("81 145 18 15"))).toEqual(COVERED);
    expect(await search(simple("51 145 10 15"))).toEqual(NOTHING);
  });
});

test("text that is written downwards hangs below its place, sign by sign", async () => {
  const downwards = (box: string): RawDocument =>
    onePage({
      content: `BT /F2 20 Tf 100 150 Td <30423044> Tj ET 1 g ${box} re f`,
      fonts: "/F2 10 0 R",
      objects: {
        10: "<< /Type /Font /Subtype /Type0 /Encoding /Identity-V /DescendantFonts [11 0 R] >>",
        11: "<< /Type /Font /Subtype /CIDFontType2 /DW 1000 >>",
      },
    });
  // The second sign stands between 130 and 110, and from 90 to 110 across.
  expect(await search(downwards("89 109 22 22"))).toEqual(COVERED);
  expect(await search(downwards("100 109 22 22"))).toEqual(NOTHING);
  expect(await search(downwards("89 60 22 45"))).toEqual(NOTHING);
});

describe("a page that cannot be looked at is named, and not called clean", () => {
  const cases: Readonly<Record<string, RawDocument>> = {
    "compression that is damaged": onePage({ content: "", objects: { 4: stream("xyz", "/Filter /FlateDecode") } }),
    "text in a font that is not there, and something over it": drawn(`${TEXT.replace("/F1", "/F9")} ${BOX}`),
    "a form that draws itself": withForm("/X1 Do", "/X1 Do", "/Resources << /XObject << /X1 10 0 R >> >>"),
    "an operator with a broken string": drawn(`${TEXT} (open`),
  };
  test.each(Object.entries(cases))("%s", async (_name, document) => {
    expect(await search(document)).toEqual({ ...NOTHING, unsearchedPages: [1] });
  });
});

describe("entries that are written twice", () => {
  test("are told where they decide what the page shows", async () => {
    const twice = { ...NOTHING, doubledPages: [1] };
    expect(await search(onePage({ content: TEXT, page: "/Contents 10 0 R", objects: { 10: stream("") } }))).toEqual(
      twice,
    );
    expect(await search(onePage({ content: TEXT, resources: "/Font << /F1 5 0 R >>" }))).toEqual(twice);
    expect(await search(withAnnotation("/F 4 /F 2"))).toMatchObject({ doubledPages: [1] });
  });

  test("are not told where they decide nothing that is seen", async () => {
    expect(await search(onePage({ content: TEXT, page: "/Tabs /S /Tabs /S" }))).toEqual(NOTHING);
  });
});
