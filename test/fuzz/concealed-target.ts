import { memorySource } from "../../electron/pdf/memory-source.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../electron/pdf/pdf-file.ts";
import { PdfProblem } from "../../electron/pdf/pdf-problem.ts";
import { openRepaired } from "../../electron/pdf/repair.ts";
import { LookBudget } from "../../electron/verify/concealed/look-budget.ts";
import { searchConcealed } from "../../electron/verify/concealed/search-concealed.ts";
import {
  BOX,
  onePage,
  OVER_TEXT,
  shows,
  TEXT,
  withAnnotation,
  withField,
  withForm,
  withGraphicsState,
  withImage,
  withLayer,
} from "../attacks/concealing-documents.ts";
import { bytesOfText } from "../attacks/raw-document.ts";
import type { FuzzTarget } from "./target.ts";

const ALLOWED = 1500;
/** Between two looks at the clock lies one drawing that is unpacked, or one shape. */
const LONGEST = 4000;

const DOCUMENTS = [
  onePage({
    content: `${TEXT} 0 g ${BOX} q 10 20 30 40 re W* n 30 w 40 155 m 200 155 l S Q 20 60 m 20 260 280 60 280 155 c h B*`,
  }),
  withImage(`${TEXT} ${OVER_TEXT} q 20 0 0 30 45 140 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID FF> EI Q`),
  withForm(
    "/X1 Do",
    `${TEXT} 1 g ${BOX}`,
    "/Resources << /Font << /F1 5 0 R >> >> /Matrix [1 0 0 1 0 0] /Group << /S /Transparency >>",
  ),
  withGraphicsState(`${TEXT} q /G1 gs ${BOX} Q 1 g ${BOX}`, "/ca 0.5 /BM /Multiply /LW 20"),
  withAnnotation(),
  withLayer("/OFF [10 0 R] /AS [<< /Event /View /Category [/View] /OCGs [10 0 R] >>]", {
    content: `/OC /M1 BDC ${TEXT} EMC`,
    more: "/OCGs [10 0 R 11 0 R] /VE [/And 10 0 R [/Not 11 0 R]]",
  }),
  withField({ field: "/FT /Tx /AP << /N 11 0 R >> /V (9000)", drawing: shows("100") }),
  onePage({
    content: `BT /F2 20 Tf 100 150 Td [<30423044> -200 <3042>] TJ ET 1 g ${BOX}`,
    fonts: "/F2 10 0 R",
    objects: {
      10: "<< /Type /Font /Subtype /Type0 /Encoding /Identity-V /DescendantFonts [11 0 R] >>",
      11: "<< /Type /Font /Subtype /CIDFontType2 /DW 1000 /W [65 [3000] 66 99 2000] >>",
    },
  }),
];

function openAnyway(bytes: Uint8Array): PdfFile | undefined {
  for (const open of [openPdf, openRepaired]) {
    try {
      return open(memorySource(bytes));
    } catch (error) {
      if (!(error instanceof PdfProblem)) {
        throw error;
      }
    }
  }
  return undefined;
}

/** The search for what a document hides: it names what it cannot look at, throws nothing, and keeps to its time. */
export function concealedTarget(mutate: FuzzTarget["mutate"], seeds: readonly Uint8Array[]): FuzzTarget {
  return {
    name: "concealed",
    seeds: [...DOCUMENTS.map(({ text }) => bytesOfText(text)), ...seeds],
    mutate,
    complaint: async (bytes) => {
      const file = openAnyway(bytes);
      if (file === undefined) {
        return null;
      }
      const before = process.threadCpuUsage();
      try {
        const budget = new LookBudget(ALLOWED);
        await budget.within(1, () => searchConcealed(file, budget));
      } catch (error) {
        return `threw ${error instanceof Error ? (error.stack ?? error.name) : typeof error}`;
      }
      const milliseconds = process.threadCpuUsage(before).user / 1000;
      return milliseconds > LONGEST ? `took ${Math.round(milliseconds)} ms` : null;
    },
  };
}
