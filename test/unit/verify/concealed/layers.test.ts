import { describe, expect, test } from "vitest";
import { BOX, onePage, TEXT, withLayer } from "../../../attacks/concealing-documents.ts";
import { stream } from "../../../attacks/raw-document.ts";
import { NOTHING, search } from "./search.ts";

const HIDDEN = { ...NOTHING, hiddenLayers: ["Annex"] };
const DIFFERS = { ...NOTHING, differingLayers: ["Annex"] };
const SCREEN_OFF = "/Usage << /View << /ViewState /OFF >> /Print << /PrintState /ON >> >>";
const applied = (event: string, category = event): string =>
  `/AS [<< /Event /${event} /Category [/${category}] /OCGs [10 0 R] >>]`;

describe("layers that hold something and are switched off", () => {
  test("by the settings", async () => {
    expect(await search(withLayer("/OFF [10 0 R]"))).toEqual(HIDDEN);
    expect(await search(withLayer("/BaseState /OFF /ON [11 0 R]"))).toEqual(HIDDEN);
  });

  test("also when they have no name", async () => {
    const nameless = withLayer("/OFF [10 0 R]");
    const document = { ...nameless, text: nameless.text.replace("/Name (Annex)", "/Nome (Annex)") };
    expect(await search(document)).toEqual({ ...NOTHING, hiddenLayers: ["?"] });
  });

  test("are not told when they are on, empty, or hold nothing that is drawn", async () => {
    expect(await search(withLayer(""))).toEqual(NOTHING);
    expect(await search(withLayer("/BaseState /OFF /ON [10 0 R]"))).toEqual(NOTHING);
    expect(await search(withLayer("/OFF [10 0 R]", { content: TEXT }))).toEqual(NOTHING);
    expect(await search(withLayer("/OFF [10 0 R]", { content: `/OC /L1 BDC 1 g EMC ${TEXT}` }))).toEqual(NOTHING);
    expect(await search(withLayer("/OFF [11 0 R]"))).toEqual(NOTHING);
  });

  test("hide nothing below them while they are off", async () => {
    expect(await search(withLayer("/OFF [10 0 R]", { content: `${TEXT} /OC /L1 BDC ${BOX} EMC` }))).toEqual(HIDDEN);
    expect(await search(withLayer("", { content: `${TEXT} /OC /L1 BDC ${BOX} EMC` }))).toEqual({
      ...NOTHING,
      coveredPages: [1],
    });
  });

  test.each([
    ["a form", "/Subtype /Form /BBox [0 0 300 200]"],
    ["a picture", "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"],
  ])("hold %s", async (_name, entries) => {
    const document = onePage({
      content: "/X1 Do",
      resources: "/XObject << /X1 11 0 R >>",
      catalog: "/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>",
      objects: { 10: "<< /Type /OCG /Name (Annex) >>", 11: stream(BOX, `${entries} /OC 10 0 R`) },
    });
    expect(await search(document)).toEqual(HIDDEN);
  });

  test("hold an annotation", async () => {
    const document = onePage({
      content: TEXT,
      page: "/Annots [12 0 R]",
      catalog: "/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>",
      objects: {
        10: "<< /Type /OCG /Name (Annex) >>",
        11: stream(BOX, "/Subtype /Form /BBox [0 0 300 200]"),
        12: "<< /Type /Annot /Subtype /Stamp /Rect [0 0 300 200] /OC 10 0 R /AP << /N 11 0 R >> >>",
      },
    });
    expect(await search(document)).toEqual(HIDDEN);
  });
});

describe("layers that are not shown everywhere", () => {
  test("on paper and not on screen, or the other way round", async () => {
    expect(await search(withLayer(applied("View"), { usage: SCREEN_OFF }))).toEqual(DIFFERS);
    const paperOff = "/Usage << /Print << /PrintState /OFF >> >>";
    expect(await search(withLayer(applied("Print"), { usage: paperOff }))).toEqual(DIFFERS);
  });

  test("by what the author wants and the settings do not apply: programs differ in that", async () => {
    expect(await search(withLayer("", { usage: SCREEN_OFF }))).toEqual(DIFFERS);
  });

  test("are those that are on everywhere none of", async () => {
    const on = "/Usage << /View << /ViewState /ON >> /Print << /PrintState /ON >> >>";
    expect(await search(withLayer(`${applied("View")} ${applied("Print")}`, { usage: on }))).toEqual(NOTHING);
  });
});

describe("membership in several layers (ISO 32000-2 table 97)", () => {
  const member = (settings: string, more: string) =>
    search(withLayer(settings, { content: `/OC /M1 BDC ${TEXT} EMC`, more }));
  const groups = "/OCGs [10 0 R 11 0 R]";

  test.each([
    ["", "/OFF [10 0 R]", []],
    ["", "/OFF [10 0 R 11 0 R]", ["Annex", "Plan"]],
    ["/P /AnyOn", "/OFF [10 0 R]", []],
    ["/P /AllOn", "/OFF [10 0 R]", ["Annex", "Plan"]],
    ["/P /AllOn", "", []],
    ["/P /AnyOff", "/OFF [10 0 R]", []],
    ["/P /AnyOff", "", ["Annex", "Plan"]],
    ["/P /AllOff", "/OFF [10 0 R]", ["Annex", "Plan"]],
    ["/P /AllOff", "/OFF [10 0 R 11 0 R]", []],
    ["/VE [/Not 10 0 R]", "", ["Annex"]],
    ["/VE [/And 10 0 R [/Not 11 0 R]]", "/OFF [11 0 R]", []],
    ["/VE [/Or 10 0 R 11 0 R] /P /AllOn", "/OFF [11 0 R]", []],
  ])("%s with %s hides what belongs to %j", async (policy, settings, names) => {
    const found = await member(settings, `${groups} ${policy}`);
    expect({ ...found, hiddenLayers: found.hiddenLayers.toSorted() }).toEqual({ ...NOTHING, hiddenLayers: names });
  });
});
