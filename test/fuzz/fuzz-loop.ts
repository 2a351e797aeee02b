import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../attacks/seeded-random.ts";
import type { SeededRandom } from "../attacks/seeded-random.ts";
import { Coverage } from "./coverage.ts";
import { minimise } from "./minimise.ts";
import type { FuzzTarget } from "./target.ts";

export interface FuzzOptions {
  readonly seed: number;
  /** Whichever comes first. */
  readonly cases: number;
  readonly milliseconds: number;
  readonly findings: number;
  /** Where inputs that are complained about are kept. */
  readonly folder: string;
  /** Told before each case, so that what hangs or crashes is known. */
  readonly onCase: (bytes: Uint8Array) => void;
}

export interface FuzzResult {
  readonly cases: number;
  readonly kept: number;
  readonly blocks: number;
  readonly findings: readonly { readonly complaint: string; readonly file: string }[];
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly seed: Uint8Array;
}

const MOST_KEPT = 2_000;
const MOST_BYTES = 400_000;
/** Asking for coverage costs more than a case. */
const LOOK_EVERY = 8;

/** Mutates what led to new code before, keeps what leads to more, and saves the smallest form of what goes wrong. */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzResult> {
  const random = seededRandom(options.seed);
  const coverage = new Coverage((url) => /\/electron\/(?:pdf|pki|verify)\/|\/planted-target\.ts$/u.test(url));
  const kept: Kept[] = target.seeds.map((bytes) => ({ bytes, seed: bytes }));
  const findings = new Map<string, string>();
  const end = performance.now() + options.milliseconds;
  let cases = 0;
  let recent: Kept[] = [];
  while (cases < options.cases && performance.now() < end && findings.size < options.findings) {
    // The originals first, as they are: they show what is no news.
    const one = cases < target.seeds.length ? kept[cases] : nextCase(target, kept, random);
    cases += 1;
    if (one === undefined || one.bytes.length > MOST_BYTES) {
      continue;
    }
    options.onCase(one.bytes);
    const complaint = await target.complaint(one.bytes, one.seed);
    if (complaint !== null && !findings.has(kindOf(complaint))) {
      findings.set(kindOf(complaint), await save(target, one, complaint, options.folder));
    }
    recent.push(one);
    if (cases % LOOK_EVERY === 0) {
      if (coverage.newBlocks() > 0 && kept.length < MOST_KEPT && cases > target.seeds.length) {
        kept.push(...recent);
      }
      recent = [];
    }
  }
  coverage.stop();
  return {
    cases,
    kept: kept.length,
    blocks: coverage.blocks,
    findings: [...findings].map(([complaint, file]) => ({ complaint, file })),
  };
}

function nextCase(target: FuzzTarget, kept: readonly Kept[], random: SeededRandom): Kept {
  // What was kept last is tried more often: it is at the border of what is known.
  const newest = kept.slice(-20);
  const { bytes, seed } = random.below(2) === 0 ? random.pick(newest) : random.pick(kept);
  return { bytes: target.mutate(bytes, random.pick(kept).bytes, random), seed };
}

/** The same fault at the same place is one finding. */
const kindOf = (complaint: string): string => complaint.replaceAll(/\d+(?! *:)/gu, "#").slice(0, 300);

async function save(target: FuzzTarget, one: Kept, complaint: string, folder: string): Promise<string> {
  const smallest = await minimise(one.bytes, async (candidate) => {
    const again = await target.complaint(candidate, one.seed);
    return again !== null && kindOf(again) === kindOf(complaint);
  });
  return saveInput(folder, target.name, smallest);
}

export function saveInput(folder: string, name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}.bin`);
  writeFileSync(file, bytes);
  return file;
}
