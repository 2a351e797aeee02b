import { fastest } from "./outcome.ts";
import type { Comparison, Row } from "./outcome.ts";
import { ratio } from "./statistics.ts";

/** The first row is the head. All rows have the same length. */
export type Table = readonly (readonly string[])[];

/** One comparison as a table: time, memory, and both ratios. */
export function comparisonTable(comparison: Comparison): Table {
  const many = comparison.files > 1;
  const floor = fastest(comparison, "floor");
  const peer = fastest(comparison, "peer");
  const head = [
    "tool",
    "time",
    ...(many ? ["files/s"] : []),
    "peak memory",
    ...(floor === undefined ? [] : ["× openssl"]),
    "× fastest peer",
    "runs",
  ];
  return [head, ...comparison.rows.map((row) => cells(row, comparison, floor, peer))];
}

function cells(row: Row, comparison: Comparison, floor: number | undefined, peer: number | undefined): string[] {
  const { outcome } = row;
  const rest = (comparison.files > 1 ? 1 : 0) + (floor === undefined ? 0 : 1) + 3;
  if (outcome.kind !== "measured") {
    const text = outcome.kind === "not-available" ? "not available" : "failed";
    return [row.tool, `${text}: ${outcome.reason}`, ...Array.from({ length: rest }, () => "")];
  }
  const { seconds, mebibytes, runs } = outcome;
  return [
    row.tool,
    formatSeconds(seconds),
    ...(comparison.files > 1 ? [formatRate(comparison.files / seconds)] : []),
    mebibytes === null ? "not measured" : `${Math.round(mebibytes)} MiB`,
    ...(floor === undefined ? [] : [formatRatio(ratio(seconds, floor))]),
    formatRatio(ratio(seconds, peer)),
    String(runs),
  ];
}

export const formatSeconds = (seconds: number): string =>
  seconds < 0.1
    ? `${(seconds * 1000).toFixed(0)} ms`
    : seconds < 10
      ? `${seconds.toFixed(2)} s`
      : `${seconds.toFixed(1)} s`;

export const formatRatio = (value: number | undefined): string =>
  value === undefined ? "-" : value < 10 ? value.toFixed(2) : value.toFixed(0);

const formatRate = (rate: number): string => (rate < 100 ? rate.toFixed(1) : rate.toFixed(0));

/** For a terminal: columns aligned, the first to the left and the others to the right. */
export function plainTable(table: Table): string {
  const widths = columnWidths(table);
  return table
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Widths by the cells that have neighbours: a reason for a failure stands alone and may be as long as it is. */
function columnWidths(table: Table): readonly number[] {
  const columns = table[0]?.length ?? 0;
  return Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...table.filter((row) => row.at(-1) !== "").map((row) => (row[column] ?? "").length)),
  );
}

/** For a document. */
export function markdownTable(table: Table): string {
  const [head = [], ...body] = table;
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.replaceAll("|", String.raw`\|`).replaceAll("\n", " ")).join(" | ")} |`;
  const rule = `| ${head.map((_, column) => (column === 0 ? "---" : "---:")).join(" | ")} |`;
  return [line(head), rule, ...body.map(line)].join("\n");
}
