// npm run bench [-- --quick] [--write-docs]: Sealdesk and its peers, side by side. docs/benchmarks.md explains.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compare } from "./compare.ts";
import type { Contender, Limits } from "./compare.ts";
import { makeCredentials } from "./credentials.ts";
import { writeImageDocument, writeTextDocument } from "./documents.ts";
import { describeMachine } from "./machine.ts";
import { endRunning } from "./measure.ts";
import { writeMixedFiles } from "./mixed-files.ts";
import type { Comparison } from "./outcome.ts";
import { bringPeers, readVersions } from "./peers.ts";
import { comparisonText, goalText, reportDocument } from "./report.ts";
import type { Report } from "./report.ts";
import { readLocalSigner, signLocally } from "./sign-locally.ts";
import { folderVerifiers, preparers, signers, verifiers } from "./tools.ts";
import type { Bench } from "./tools.ts";
import { withoutFsync } from "./without-fsync.ts";

interface Sizes {
  readonly documents: readonly {
    readonly id: string;
    readonly title: string;
    readonly write: (path: string) => Promise<void>;
  }[];
  /** Of these the verification is measured too, with so many signatures. */
  readonly verified: Readonly<Record<string, 1 | 2>>;
  readonly batch: number;
  readonly mixed: number;
  readonly limits: Limits;
}

const MEGABYTE = 1_000_000;
const image = (bytes: number) => (path: string) => writeImageDocument(path, bytes);
const pages = (count: number) => (path: string) => writeTextDocument(path, count);

const SMALL = [
  { id: "100kb", title: "100 kB", write: image(100_000) },
  { id: "10mb", title: "10 MB", write: image(10 * MEGABYTE) },
  { id: "5000-pages", title: "5,000 pages", write: pages(5000) },
];
const BIG = [
  { id: "100mb", title: "100 MB", write: image(100 * MEGABYTE) },
  { id: "500mb", title: "500 MB", write: image(500 * MEGABYTE) },
];
const QUICK: Sizes = {
  documents: SMALL,
  verified: { "5000-pages": 2 },
  batch: 10,
  mixed: 60,
  limits: { runs: 2, seconds: 1, timeoutSeconds: 60 },
};
const FULL: Sizes = {
  documents: [...SMALL, ...BIG],
  verified: { "5000-pages": 2, "500mb": 1 },
  batch: 70,
  mixed: 1000,
  limits: { runs: 5, seconds: 4, timeoutSeconds: 150 },
};

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

async function signAndVerify(bench: Bench, sizes: Sizes, run: Runner): Promise<readonly Comparison[]> {
  const signer = await readLocalSigner(bench.credentials.keyDer, bench.credentials.certificateDer);
  const comparisons: Comparison[] = [];
  for (const { id, title, write } of sizes.documents) {
    const source = join(bench.work, "source.pdf");
    await write(source);
    comparisons.push(await run({ id: `sign-${id}`, title: `Sign ${title}`, files: 1 }, signers(bench, source)));
    const signatures = sizes.verified[id];
    if (signatures !== undefined) {
      const [once, twice] = [join(bench.work, "once.pdf"), join(bench.work, "twice.pdf")];
      await signLocally(source, once, signer);
      if (signatures === 2) {
        await signLocally(once, twice, signer);
      }
      const work = {
        id: `verify-${id}`,
        title: `Verify ${title}, signed ${signatures === 2 ? "twice" : "once"}`,
        files: 1,
      };
      comparisons.push(await run(work, verifiers(bench, signatures === 2 ? twice : once)));
      await rm(once, { force: true });
      await rm(twice, { force: true });
    }
    await rm(source);
  }
  return comparisons;
}

async function prepareMany(bench: Bench, sizes: Sizes, run: Runner): Promise<Comparison> {
  const sources = join(bench.work, "sources");
  await mkdir(sources);
  await mkdir(join(bench.work, "prepared"));
  const files = Array.from({ length: sizes.batch }, (_, index) => `${String(index).padStart(3, "0")}.pdf`);
  const [first = "", ...others] = files;
  await writeImageDocument(join(sources, first), MEGABYTE);
  for (const other of others) {
    await copyFile(join(sources, first), join(sources, other));
  }
  const work = { id: `prepare-${sizes.batch}`, title: `Prepare ${sizes.batch} documents of 1 MB`, files: sizes.batch };
  return run(work, preparers(bench, sources, files));
}

/** Lets every tool run once unseen: compiled code is kept from then on, and its files are in the page cache. */
async function warmUp(bench: Bench, limits: Limits): Promise<void> {
  const [source, signed] = [join(bench.work, "warm.pdf"), join(bench.work, "warm-signed.pdf")];
  await writeTextDocument(source, 2);
  const signer = await readLocalSigner(bench.credentials.keyDer, bench.credentials.certificateDer);
  await signLocally(source, signed, signer);
  const once = { scratch: bench.work, limits: { ...limits, runs: 1 } };
  const work = { id: "warm-up", title: "Warm-up", files: 1 };
  await compare(work, [...signers(bench, source), ...verifiers(bench, signed)], once);
}

type Runner = (work: Parameters<typeof compare>[0], contenders: readonly Contender[]) => Promise<Comparison>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: "boolean", default: false }, "write-docs": { type: "boolean", default: false } },
  });
  const root = join(import.meta.dirname, "..");
  const home = join(root, ".cache", "bench");
  const work = join(home, `work-${process.pid}`);
  const sizes = values.quick ? QUICK : FULL;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      endRunning();
      rmSync(work, { recursive: true, force: true });
      process.exit(1);
    });
  }
  await mkdir(work, { recursive: true });
  try {
    const machine = await describeMachine();
    const peers = await bringPeers(home, tell);
    const bench: Bench = {
      root,
      work,
      compileCache: join(home, "compile-cache"),
      credentials: await makeCredentials(work),
      peers,
      processes: availableParallelism(),
    };
    await withoutFsync();
    const run: Runner = async (what, contenders) => {
      const comparison = await compare(what, contenders, { scratch: work, limits: sizes.limits });
      tell(comparisonText(comparison));
      return comparison;
    };
    await warmUp(bench, sizes.limits);
    const signed = await signAndVerify(bench, sizes, run);
    const batch = await prepareMany(bench, sizes, run);
    const wanted = {
      count: sizes.mixed,
      folders: bench.processes,
      others: join(root, "..", "shared", "corpus", "valid"),
    };
    const mixed = await writeMixedFiles(work, wanted, bench.credentials);
    const title = `Verify ${mixed.files.length.toLocaleString("en")} mixed signed files, ${bench.processes} at a time`;
    const many = await run(
      { id: "verify-many", title, files: mixed.files.length },
      await folderVerifiers(bench, mixed.folders, mixed.files),
    );
    const report: Report = {
      date: new Date().toISOString(),
      quick: values.quick,
      machine,
      versions: await readVersions(peers),
      fromOthers: mixed.fromOthers,
      comparisons: [...signed, batch, many],
    };
    tell(goalText(report));
    await writeFile(join(home, "latest.json"), `${JSON.stringify(report, null, 2)}\n`);
    if (values["write-docs"]) {
      await writeFile(join(root, "docs", "benchmarks.md"), reportDocument(report));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

await main();
