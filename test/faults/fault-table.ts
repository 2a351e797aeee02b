import { readFile, writeFile } from "node:fs/promises";
import { FAULT_KINDS } from "./fault-try.ts";
import type { FaultTry } from "./fault-try.ts";

export interface FaultRow {
  readonly plan: FaultTry;
  /** "broken": the harness could not say. */
  readonly end: string;
  readonly code: string | null;
  readonly wrong: readonly string[];
  readonly isMissed: boolean;
}

export interface FaultRunFacts {
  readonly seconds: number;
  readonly jobs: number;
  readonly every: number;
  readonly planned: number;
  readonly date: Date;
}

const BEGIN = "<!-- fault table: written by test:faults -->";
const END = "<!-- end of the fault table -->";
const ENDS = ["signed", "not asked", "waits", "ended"] as const;

/** What became of every try, and the sums of it as a document. */
export class FaultTable {
  readonly #rows: FaultRow[] = [];

  add(row: FaultRow): void {
    this.#rows.push(row);
  }

  get losses(): number {
    return this.#rows.filter(({ wrong }) => wrong.length > 0).length;
  }

  summary(): string {
    const missed = this.#rows.filter(({ isMissed }) => isMissed).length;
    return `${this.#rows.length} faults tried (${missed} did not come to pass), ${this.losses} losses`;
  }

  /** Puts the table between its marks in this document, or after what is there. */
  async writeTo(path: string, facts: FaultRunFacts): Promise<void> {
    const text = await readFile(path, "utf8").catch(() => "");
    const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
    const section = `${BEGIN}\n\n${this.#markdown(facts)}\n${END}`;
    const whole =
      begin < 0 || end < begin
        ? `${text}${text === "" ? "" : "\n"}${section}\n`
        : `${text.slice(0, begin)}${section}${text.slice(end + END.length)}`;
    await writeFile(path, whole);
  }

  #markdown({ seconds, jobs, every, planned, date }: FaultRunFacts): string {
    const all = every === 1 ? "Every fault at every place" : `Every ${every}th of all tries`;
    const part = planned > this.#rows.length ? `Stopped before its end (${planned} were planned)` : all;
    return [
      `${part}: ${this.summary()}. ${date.toISOString().slice(0, 10)}, ${Math.round(seconds / 60)} minutes with ${jobs} at a time.`,
      "",
      ...[...groupBy(this.#rows, ({ plan }) => plan.provider)]
        .toSorted(([left], [right]) => left.localeCompare(right, "en"))
        .flatMap(([provider, rows]) => [`### ${provider}`, "", ...tableOf(rows), ""]),
      ...this.#lossLines(),
    ].join("\n");
  }

  #lossLines(): readonly string[] {
    const lost = this.#rows.filter(({ wrong }) => wrong.length > 0);
    return lost.length === 0
      ? []
      : [
          "### Losses",
          "",
          ...lost.map(({ plan, wrong }) => `- ${plan.provider}: ${plan.fault}, ${plan.step}: ${wrong.join("; ")}`),
          "",
        ];
  }
}

/** One line a fault: at how many steps it was tried, and what came of it. */
function tableOf(unordered: readonly FaultRow[]): readonly string[] {
  const rows = FAULT_KINDS.flatMap((kind) =>
    unordered
      .filter(({ plan }) => plan.kind === kind)
      .toSorted((left, right) => left.plan.fault.localeCompare(right.plan.fault, "en")),
  );
  return [
    `| kind | fault | steps | ${ENDS.join(" | ")} | LOSS | not come to pass |`,
    `| --- | --- | --- | ${ENDS.map(() => "---").join(" | ")} | --- | --- |`,
    ...[...groupBy(rows, ({ plan }) => `${plan.kind} | ${plan.fault}`)].map(([fault, group]) => {
      const good = group.filter(({ wrong }) => wrong.length === 0);
      const counts = ENDS.map((end) => good.filter((row) => row.end === end).length);
      const missed = group.filter(({ isMissed }) => isMissed).length;
      const cells = [group.length, ...counts, group.length - good.length, missed].map((count) => count || "");
      return `| ${fault} | ${cells.join(" | ")} |`;
    }),
  ];
}

function groupBy(rows: readonly FaultRow[], keyOf: (row: FaultRow) => string): Map<string, readonly FaultRow[]> {
  const groups = new Map<string, FaultRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}
