import { baseDocument, BODIES, OBJECT } from "./base-documents.ts";
import type { HonestChange } from "./honest-changes.ts";
import { body, revise, stream, swap } from "./raw-document.ts";
import { signRaw } from "./sign-raw.ts";
import type { TestPki } from "./test-authority.ts";

const DINGBATS = "/Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats";
const HELVETICA = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding";
const box = (content: string, font = DINGBATS, size = "0 0 18 18"): string =>
  stream(
    content,
    `/Type /XObject /Subtype /Form /BBox [${size}] /Resources << /Font << /ZaDb << ${font} >> >> /ExtGState << /G0 << /CA 1 /ca 1 >> >> >>`,
  );

/** A circle around the middle of a box of 18 points, of four curves. */
function circle(radius: number): string {
  const k = 0.5523 * radius;
  return `${radius} 0 m ${radius} ${k} ${k} ${radius} 0 ${radius} c ${-k} ${radius} ${-radius} ${k} ${-radius} 0 c ${-radius} ${-k} ${-k} ${-radius} 0 ${-radius} c ${k} ${-radius} ${radius} ${-k} ${radius} 0 c`;
}

const at = (content: string): string => `q 1 0 0 1 9 9 cm ${content} Q`;
const FRAME = "1 g 0 0 18 18 re f 0.5 0.5 17 17 re s";
const RING = `1 g ${at(`${circle(9)} f`)} ${at(`${circle(8.5)} s`)}`;
const RAISED = `${RING} 0.501953 G q 0.7071 0.7071 -0.7071 0.7071 9 9 cm 7.5 0 m 7.5 4.1423 4.1423 7.5 0 7.5 c -4.1423 7.5 -7.5 4.1423 -7.5 0 c S Q 0.75293 G q 0.7071 0.7071 -0.7071 0.7071 9 9 cm -7.5 0 m -7.5 -4.1423 -4.1423 -7.5 0 -7.5 c 4.1423 -7.5 7.5 -4.1423 7.5 0 c S Q`;

/** Name, drawing when ticked, drawing when not. Shaped as the named programs draw them. */
const STATES: readonly (readonly [string, string, string])[] = [
  [
    "a box of Acrobat's ticked",
    box(`${FRAME} q 1 1 16 16 re W n 0 g BT /ZaDb 14.532 Tf 2.853 4.081 Td 13.9943 TL (4) Tj ET Q`),
    box(FRAME),
  ],
  [
    "a box of Acrobat's without a frame ticked",
    box("q 1 1 6 6 re W n BT /ZaDb 5.6 Tf 1.6312 2.1044 Td 5.3928 TL 0 0 Td (4) Tj ET Q", DINGBATS, "0 0 8 8"),
    box("", DINGBATS, "0 0 8 8"),
  ],
  [
    "a box of Acrobat's with a raised frame crossed",
    box(
      `0.75 g 0 0 18 18 re f 0 G 0.5 0.5 17 17 re s q 1 g 1 1 m 1 17 l 17 17 l 16 16 l 2 16 l 2 2 l f 0.5 g 17 17 m 17 1 l 1 1 l 2 2 l 16 2 l 16 16 l f Q q 2 2 14 14 re W n BT 0 g /ZaDb 12.5 Tf 4.5 4.5 Td (8) Tj ET Q`,
    ),
    box(
      "0.75 g 0 0 18 18 re f 0 G 0.5 0.5 17 17 re s q 1 g 1 1 m 1 17 l 17 17 l 16 16 l 2 16 l 2 2 l f 0.5 g 17 17 m 17 1 l 1 1 l 2 2 l 16 2 l 16 16 l f Q",
    ),
  ],
  ["a radio button of Acrobat's pressed", box(`${RAISED} 0 g ${at(`${circle(3.5)} f`)}`), box(RAISED)],
  [
    "a box of iText's crossed",
    box(
      "q 1 1 1 rg 0 0 18 18 re f 0 0 0 RG 1 w 0.5 0.5 17 17 re S Q /Tx BMC q 2 2 14 14 re W n BT /ZaDb 14 Tf 0 g 1 0 0 1 4.26 4.2 Tm (8) Tj ET Q EMC",
    ),
    box("q 1 1 1 rg 0 0 18 18 re f 0 0 0 RG 1 w 0.5 0.5 17 17 re S Q"),
  ],
  [
    "a radio button of iText's pressed",
    box(`q 1 w ${at(`${circle(8.5)} S`)} 0 g ${at(`${circle(4)} f`)} Q`),
    box(`q 1 w ${at(`${circle(8.5)} S`)} Q`),
  ],
  [
    "a box of LibreOffice's crossed",
    box("/Tx BMC q BT 0 0 0 rg /ZaDb 16 Tf 3.58 3.5 Td (8) Tj ET Q EMC"),
    box("/Tx BMC EMC"),
  ],
  ["a box of pdf.js's ticked", box("q BT /ZaDb 14.4 Tf 0 g 2.9 3.9 Td (4) Tj ET Q"), box("")],
  ["a box with a star", box(`${FRAME} BT /ZaDb 14 Tf 0 g 3.3 4.2 Td (H) Tj ET`), box(FRAME)],
  ["a box with a square", box(`${FRAME} BT /ZaDb 14 Tf 0 g 3.6 4.2 Td (n) Tj ET`), box(FRAME)],
  ["a box with a diamond", box(`${FRAME} 0 0 0.5 rg 9 4 m 14 9 l 9 14 l 4 9 l f`), box(FRAME)],
  ["a box with a cross made of lines", box("q 1 1 16 16 re W n 2 2 m 16 16 l 16 2 m 2 16 l s Q"), box("")],
  ["a box with a tick made of lines", box(`${FRAME} q 1.5 w 1 0 0 1 4 4 cm 0 5 m 3.5 1 l 10 10 l S Q`), box(FRAME)],
  [
    "a box of ReportLab's crossed, with a dashed frame",
    box(
      "q .8 .843 1 rg 0 0 18 18 re f .1 .1 .1 RG [3 ] 0 d 1 w 0.5 0.5 17 17 re s Q q .1 .1 .1 rg 16 15 m 10 9 l 16 3 l 15 2 l 9 8 l 3 2 l 2 3 l 8 9 l 2 15 l 3 16 l 9 10 l 15 16 l h f Q",
    ),
    box("q .8 .843 1 rg 0 0 18 18 re f .1 .1 .1 RG [3 ] 0 d 1 w 0.5 0.5 17 17 re s Q"),
  ],
  [
    "a box of ReportLab's ticked, with a line below",
    box(
      "q .8 .843 1 rg 0 0 18 18 re f .1 .1 .1 RG 1 w 0 0.5 m 18 0.5 l s Q q .1 .1 .1 rg 10 12 m 12 14.5 14 16 16 16 c 13 12 l 8 4 l 7 2 6 2 5 2 c 4 2 4 2 3.5 3 c 2.5 6 l 2.5 7 3 8 4.5 8 c 5 7 l 5.5 6 6 6 6.5 7 c h f Q",
    ),
    box("q .8 .843 1 rg 0 0 18 18 re f .1 .1 .1 RG 1 w 0 0.5 m 18 0.5 l s Q"),
  ],
  ["a box with an X in a text face", box(`${FRAME} BT /ZaDb 14 Tf 0 g 4.5 4 Td (X) Tj ET`, HELVETICA), box(FRAME)],
  [
    "a box drawn where the page is, in a state that changes nothing",
    box(
      "BT /G0 gs 0 0 0 RG 0 0 0 rg 0 w 1 0 0 1 277.292 618.099 Tm /ZaDb 11.551 Tf (4) Tj ET",
      DINGBATS,
      "275 615 290 630",
    ),
    box("", DINGBATS, "275 615 290 630"),
  ],
];

const [OFF, ON] = ["/V /Off /AS /Off", "/V /Yes /AS /Yes"] as const;

/** Boxes ticked and unticked whose states are drawn as common programs draw them. */
export const honestButtons = ({ person }: TestPki): readonly HonestChange[] => [
  {
    name: "a box right in front of a signed number ticked",
    passes: true,
    build: () => {
      const document = signRaw(
        baseDocument({
          4: stream("BT /F1 18 Tf 50 150 Td (100 EUR) Tj ET"),
          [OBJECT.checkBox]: swap(BODIES[OBJECT.checkBox] ?? "", "[10 40 20 50]", "[37 149 49 163]"),
          [OBJECT.checkOn]: box("q BT 0 g /ZaDb 12 Tf 2 2 Td (4) Tj ET Q", DINGBATS, "0 0 12 14"),
          [OBJECT.checkOff]: box("", DINGBATS, "0 0 12 14"),
        }),
        person,
        { certify: 2 },
      );
      return revise(document, { [OBJECT.checkBox]: swap(body(document, OBJECT.checkBox), OFF, ON) });
    },
  },
  ...STATES.flatMap(([name, on, off]) => {
    const certified = (from: string, to: string) => {
      const document = signRaw(
        baseDocument({
          [OBJECT.checkBox]: swap(BODIES[OBJECT.checkBox] ?? "", "[10 40 20 50]", "[10 40 28 58]").replace(OFF, from),
          [OBJECT.radio]: swap(BODIES[OBJECT.radio] ?? "", "[30 40 40 50]", "[60 40 78 58]"),
          [OBJECT.checkOn]: on,
          [OBJECT.checkOff]: off,
        }),
        person,
        { certify: 2 },
      );
      return revise(document, { [OBJECT.checkBox]: swap(body(document, OBJECT.checkBox), from, to) });
    };
    return [
      { name, passes: true, build: () => certified(OFF, ON) },
      { name: `${name}, and emptied again`, passes: true, build: () => certified(ON, OFF) },
    ];
  }),
];
