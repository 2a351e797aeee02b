import { fastest } from "./outcome.ts";
import type { Comparison } from "./outcome.ts";
import { formatRatio, formatSeconds } from "./table.ts";
import type { Table } from "./table.ts";

interface Judged {
  readonly measured: string;
  readonly reached: boolean;
}

interface Goal {
  readonly comparison: string;
  readonly wanted: string;
  readonly judge: (comparison: Comparison) => Judged | undefined;
}

const own = (comparison: Comparison): number | undefined => fastest(comparison, "own");

/** Sealdesk's time as a multiple of the fastest row of another role. */
function timesOf(role: "floor" | "peer", limit: number): Goal["judge"] {
  return (comparison) => {
    const [mine, theirs] = [own(comparison), fastest(comparison, role)];
    if (mine === undefined || theirs === undefined) {
      return undefined;
    }
    return { measured: `${formatRatio(mine / theirs)} ×`, reached: mine / theirs <= limit };
  };
}

function seconds(limit: number, role: "own" | "own-durable" = "own"): Goal["judge"] {
  return (comparison) => {
    const mine = fastest(comparison, role);
    return mine === undefined ? undefined : { measured: formatSeconds(mine), reached: mine < limit };
  };
}

function mebibytes(limit: number): Goal["judge"] {
  return (comparison) => {
    const peaks = comparison.rows.flatMap(({ role, outcome }) =>
      role === "own" && outcome.kind === "measured" && outcome.mebibytes !== null ? [outcome.mebibytes] : [],
    );
    const [peak] = peaks;
    return peak === undefined ? undefined : { measured: `${Math.round(peak)} MiB`, reached: peak <= limit };
  };
}

/** What the project wants of itself. A figure that misses it is shown as such. */
const GOALS: readonly Goal[] = [
  { comparison: "sign-500mb", wanted: "sign 500 MB in at most 1.5 × the hash", judge: timesOf("floor", 1.5) },
  { comparison: "sign-500mb", wanted: "sign 500 MB with at most 90 MiB", judge: mebibytes(90) },
  { comparison: "sign-5000-pages", wanted: "sign 5,000 pages in under 0.2 s", judge: seconds(0.2) },
  {
    comparison: "prepare-70",
    wanted: "prepare 70 documents of 1 MB, written durably, in under 2 s",
    judge: seconds(2, "own-durable"),
  },
  ...["100kb", "10mb", "100mb", "500mb", "5000-pages"].map((size) => ({
    comparison: `sign-${size}`,
    wanted: `sign ${size} faster than every peer`,
    judge: timesOf("peer", 1),
  })),
  {
    comparison: "verify-many",
    wanted: "verify a folder at least as fast as pdfsig and every other peer",
    judge: timesOf("peer", 1),
  },
  { comparison: "verify-5000-pages", wanted: "verify 5,000 pages in under 0.5 s", judge: seconds(0.5) },
  { comparison: "verify-500mb", wanted: "verify 500 MB in at most 2 × the hash", judge: timesOf("floor", 2) },
  { comparison: "verify-500mb", wanted: "verify 500 MB in under 100 MB (95 MiB)", judge: mebibytes(95) },
];

/** Goals that this run can judge, each with its figure. */
export function goalTable(comparisons: readonly Comparison[]): Table {
  const rows = GOALS.flatMap((goal) => {
    const comparison = comparisons.find(({ id }) => id === goal.comparison);
    const judged = comparison === undefined ? undefined : goal.judge(comparison);
    return judged === undefined ? [] : [[goal.wanted, judged.measured, judged.reached ? "yes" : "no"]];
  });
  return [["wanted", "measured", "reached"], ...rows];
}
