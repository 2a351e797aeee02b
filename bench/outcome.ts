/** What became of one tool on one piece of work. */
export type Outcome =
  | {
      readonly kind: "measured";
      /** Wall time of the whole process (or processes), the best of all runs. */
      readonly seconds: number;
      readonly runs: number;
      /** Peak resident memory of one process, the smallest of all runs; null where it could not be measured. */
      readonly mebibytes: number | null;
    }
  /** The tool is not on this machine and could not be installed. */
  | { readonly kind: "not-available"; readonly reason: string }
  /** It ran and failed, or what it wrote is no valid signature. */
  | { readonly kind: "failed"; readonly reason: string };

/** `floor`: what no tool can go below; `own`: Sealdesk; `peer`: others who do the same work. */
export type ToolRole = "floor" | "own" | "own-durable" | "peer";

export interface Row {
  readonly tool: string;
  readonly role: ToolRole;
  readonly outcome: Outcome;
}

/** One piece of work, done by several tools in the same minutes. */
export interface Comparison {
  readonly id: string;
  readonly title: string;
  /** Files handled in one run: with more than one, the table shows files per second. */
  readonly files: number;
  readonly rows: readonly Row[];
}

/** Seconds of the row with this role that was fastest. */
export function fastest(comparison: Comparison, role: ToolRole): number | undefined {
  const seconds = comparison.rows.flatMap((row) =>
    row.role === role && row.outcome.kind === "measured" ? [row.outcome.seconds] : [],
  );
  return seconds.length === 0 ? undefined : Math.min(...seconds);
}
