import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorySource } from "../../electron/pdf/memory-source.ts";
import { isDict, isStream, ref } from "../../electron/pdf/objects.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../electron/pdf/pdf-file.ts";
import { PdfProblem } from "../../electron/pdf/pdf-problem.ts";
import { openRepaired } from "../../electron/pdf/repair.ts";
import { verifyFile, type VerifyOptions } from "../../electron/verify/verify-file.ts";
import { workLimit, WorkLimitReached } from "../../electron/verify/work-limit.ts";
import type { FileReport } from "../../shared/verification.ts";
import type { Victims } from "../attacks/attack.ts";
import { CHECKED_AT, LONGEST_MILLISECONDS } from "../attacks/judge-attack.ts";
import { meansTheSame } from "../attacks/means-the-same.ts";
import { mutateBytes, mutateObjects } from "../attacks/mutations.ts";
import { bytesOfText, type RawDocument, textOfBytes } from "../attacks/raw-document.ts";
import type { SeededRandom } from "../attacks/seeded-random.ts";
import { concealedTarget } from "./concealed-target.ts";
import { corpusSeeds } from "./corpus-seeds.ts";
import { type FuzzTarget, mayThrowOnly } from "./target.ts";

const MOST_OBJECTS = 3_000;
const WORDS = /\/(?:Prev|Size|Length|W|Index|N|First|ByteRange|XRefStm|Count|Columns|Predictor)\b[^/>]*/gu;
const NUMBERS = [
  "0",
  "-1",
  "1",
  "4294967295",
  "9007199254740993",
  "2147483648",
  "99999",
  "[0 1 2]",
  "[1 4 1]",
  "5 0 R",
];

export function mutatePdf(bytes: Uint8Array, other: Uint8Array, random: SeededRandom): Uint8Array {
  const text = textOfBytes(bytes);
  if (random.below(3) > 0) {
    return bytesOfText(mutateBytes(text, textOfBytes(other), random));
  }
  // One of the numbers that the structure hangs on becomes another one.
  const places = [...text.matchAll(WORDS)];
  const place = places.length === 0 ? undefined : random.pick(places);
  if (place === undefined) {
    return bytesOfText(mutateBytes(text, textOfBytes(other), random));
  }
  const key = place[0].slice(0, place[0].search(/[\s[]|$/u));
  const changed = `${key} ${random.pick(NUMBERS)} `;
  return bytesOfText(text.slice(0, place.index) + changed + text.slice(place.index + place[0].length));
}

const KEYWORDS = /endobj|endstream|stream\r?\n|(?<!\d)\d{1,7} \d{1,5} obj|startxref|trailer|xref|%%EOF|<<|>>/gu;
const BROKEN = ["", "endobj", "1 0 obj", "7 0 obj ", "stream\n", "endstream", "trailer <<", "xref\n0 1\n", ">>", "%"];

/**
 * What repair exists for: a file whose map is gone, so that objects are looked for, and one of whose keywords is missing, another or
 * there twice. With its map, most files never come that far.
 */
function breakStructure(bytes: Uint8Array, other: Uint8Array, random: SeededRandom): Uint8Array {
  let text = textOfBytes(random.below(2) === 0 ? mutatePdf(bytes, other, random) : bytes);
  if (random.below(2) === 0) {
    text = text.replaceAll(/startxref\s+\d{1,20}/gu, `startxref ${random.pick(["", "0", "99999999"])}`);
  }
  const places = [...text.matchAll(KEYWORDS)];
  for (let times = 1 + random.below(3); times > 0 && places.length > 0; times -= 1) {
    const { index, 0: word } = random.pick(places);
    const instead = random.pick([...BROKEN, `${word} ${word}`]);
    // The same length: what follows stays where the places say.
    text = text.slice(0, index) + instead.slice(0, word.length).padEnd(word.length) + text.slice(index + word.length);
  }
  if (places.length > 0 && random.below(4) === 0) {
    // A whole object once more, somewhere: repair has to choose.
    const [from, to] = [random.pick(places).index, random.below(text.length + 1)];
    text = text.slice(0, to) + text.slice(from, from + 20 + random.below(400)) + text.slice(to);
  }
  return bytesOfText(text);
}

/** Touches everything that the reader offers. */
function walk(file: PdfFile): void {
  const problem = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof PdfProblem)) {
        throw error;
      }
    }
  };
  for (let num = 0; num < Math.min(file.size, MOST_OBJECTS); num += 1) {
    problem(() => {
      const entry = file.entry(num);
      const object = entry === undefined ? null : file.fetch(ref(num, entry.kind === "offset" ? entry.gen : 0));
      if (isStream(object)) {
        file.streamBytes(object);
      } else if (isDict(object)) {
        file.get(object, "Type");
      }
    });
  }
  problem(() => {
    let count = 0;
    for (const _ of file.pages()) {
      count += 1;
      if (count > MOST_OBJECTS) {
        break;
      }
    }
  });
  for (const index of file.revisions.keys()) {
    problem(() => void file.atRevision(index).version);
    if (index > 20) {
      break;
    }
  }
}

/** The reader alone, strictly and in repair. */
function reader(
  seeds: readonly Uint8Array[],
  name: string,
  open: typeof openPdf,
  mutate: FuzzTarget["mutate"] = mutatePdf,
): FuzzTarget {
  return {
    name,
    seeds,
    mutate,
    complaint: (bytes) => {
      const source = { ...memorySource(bytes), tick: workLimit(bytes.length) };
      let slow = false;
      const thrown = mayThrowOnly([PdfProblem], () => {
        try {
          walk(open(source));
        } catch (error) {
          slow = error instanceof WorkLimitReached;
          if (!slow) {
            throw error;
          }
        }
      });
      return slow ? "takes too much work" : thrown;
    },
  };
}

export function pdfTargets(victims: Victims): readonly FuzzTarget[] {
  const { pki, table, packed, hybrid, twice, certified } = victims;
  const documents: readonly RawDocument[] = [table, packed, hybrid, twice, certified[1], certified[2], certified[3]];
  const own = documents.map(({ text }) => bytesOfText(text));
  const seeds = [...own, ...corpusSeeds("structure", /\.pdf$/iu), ...corpusSeeds("valid", /\.pdf$/iu, 15)];
  const judge = judgeIn({ trustAnchors: [pki.rootCertificate], at: CHECKED_AT, details: true });
  const originals = new Map<Uint8Array, Promise<FileReport>>();
  const judged: FuzzTarget = {
    name: "verify",
    seeds: own,
    mutate: mutatePdf,
    complaint: async (bytes, seed) => {
      const before = await (originals.get(seed) ?? originals.set(seed, judge(seed).report).get(seed));
      const { report, cpu } = judge(bytes);
      const now = await report;
      const passed = now.verdict === "TOTAL-PASSED" && Buffer.compare(bytes, seed) !== 0;
      const mayPass = before !== undefined && meansTheSame(textOfBytes(bytes), textOfBytes(seed), before, now);
      return passed && !mayPass ? "passed though its bytes were changed" : complaintAbout(now, cpu());
    },
  };
  return [
    reader(seeds, "reader", openPdf),
    reader(seeds, "repair", openRepaired, breakStructure),
    judged,
    concealedTarget(mutatePdf, seeds),
    {
      ...judged,
      name: "updates",
      // Right in their form: appended revisions that say anything.
      // Every third goes on from what led somewhere new before, which need not be right in its form any more.
      mutate: (bytes, other, random) =>
        random.below(3) === 0
          ? mutatePdf(bytes, other, random)
          : bytesOfText(mutateObjects(random.pick(documents), random).document.text),
      complaint: async (bytes) => {
        const { report, cpu } = judge(bytes);
        return complaintAbout(await report, cpu());
      },
    },
  ];
}

/** Verifies bytes as a file; `cpu` tells the milliseconds of work since. */
export function judgeIn(options: VerifyOptions) {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-fuzz-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "case.pdf");
  return (bytes: Uint8Array): { readonly report: Promise<FileReport>; readonly cpu: () => number } => {
    writeFileSync(path, bytes);
    const before = process.threadCpuUsage();
    return {
      report: verifyFile(path, options),
      cpu: () => process.threadCpuUsage(before).user / 1000,
    };
  };
}

export function complaintAbout({ reasons }: FileReport, milliseconds: number): string | null {
  const code = reasons.map((reason) => reason.code).find((one) => one === "verification.error" || one === "limit.time");
  return code ?? (milliseconds > LONGEST_MILLISECONDS ? `took ${Math.round(milliseconds)} ms` : null);
}
