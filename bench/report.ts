import { goalTable } from "./goals.ts";
import type { Machine } from "./machine.ts";
import type { Comparison } from "./outcome.ts";
import type { Versions } from "./peers.ts";
import { comparisonTable, markdownTable, plainTable } from "./table.ts";

/** Everything that one run found out; what is written as JSON. */
export interface Report {
  readonly date: string;
  readonly quick: boolean;
  readonly machine: Machine;
  readonly versions: Versions;
  /** Files of other people among the mixed ones. */
  readonly fromOthers: number;
  readonly comparisons: readonly Comparison[];
}

export const comparisonText = (comparison: Comparison): string =>
  `${comparison.title}\n${plainTable(comparisonTable(comparison))}\n`;

export const goalText = (report: Report): string => `Goals\n${plainTable(goalTable(report.comparisons))}\n`;

/** `docs/benchmarks.md`, whole. */
export function reportDocument(report: Report): string {
  const { machine } = report;
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
  const load = machine.loadBefore.toFixed(1);
  return `# Benchmarks

Made by \`npm run bench -- --write-docs\`; do not edit by hand. All figures are from one run.

- Date: ${report.date.slice(0, 10)}${report.quick ? " (quick run: small files only)" : ""}
- Machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGibibytes} GiB, ${machine.system}; load before the start ${load}
- Versions: ${versions.join(", ")}

## What is measured

Whole processes, from their start to their end, loading of code included. Time is wall time, the best of the runs shown; the tools take turns,
and a tool that needs long is run less often. Memory is the peak resident memory of one process, as the kernel counts it. The files are read from
the page cache. "× openssl" is the time as a multiple of \`openssl dgst -sha256\` over the same file: nobody who hashes the file can be quicker by
much. "× fastest peer" is the time as a multiple of the fastest other tool.

Sealdesk always waits until the disk has the file (fsync); the peers never do. So it is shown twice: without the waiting, which compares like with
like, and as it really runs. Sealdesk and the libraries for Node may keep their compiled code between runs. Each tool gets the RSA-2048 key in the
form that it loads fastest. The first result of each signing tool is shown to \`pdfsig\`: a tool whose result is not valid has failed.

The documents are made by the bench, the same every time: pages with random RGB pictures, or 5,000 pages of text in one flat page tree; PDF 1.7 with a
classic cross-reference table. The folder for verification holds small files signed here, every third of them twice${mixture(report)}. It is shared out
over as many processes as there are cores, for Sealdesk over as many threads of its one process; \`pdfsig\` is started once for each file and does not judge certificates, \`mutool\` and pyHanko do not know
the signer either. Sealdesk is its command line, \`sealdesk verify --json\`.

## What we want, and what was measured

${markdownTable(goalTable(report.comparisons))}

${report.comparisons.map((comparison) => `## ${comparison.title}\n\n${markdownTable(comparisonTable(comparison))}\n`).join("\n")}
## How to repeat it

\`\`\`sh
npm run bench                  # everything, a few minutes, about 2 GB of disk
npm run bench -- --quick       # small files only, under a minute
npm run bench -- --write-docs  # everything, and writes this page
\`\`\`

The figures of the last run are in \`.cache/bench/latest.json\`. The peers are no dependencies of the project: the bench installs them into
\`.cache/bench/\` in the versions above, without running their install scripts. What cannot be installed is shown as not available. Memory needs GNU
time (\`/usr/bin/time\`), signing results are checked when poppler is there. Everything the bench makes is deleted at its end. Close other programs first.
`;
}

const mixture = ({ fromOthers }: Report): string =>
  fromOthers === 0 ? "" : `, and ${fromOthers} copies of valid files by other producers`;
