import { describe, expect, test } from "vitest";
import { goalTable } from "../../../bench/goals.ts";
import type { Comparison, Outcome, ToolRole } from "../../../bench/outcome.ts";
import { comparisonTable, markdownTable, plainTable } from "../../../bench/table.ts";

const measured = (seconds: number, mebibytes: number | null = 10): Outcome => ({
  kind: "measured",
  seconds,
  runs: 3,
  mebibytes,
});
const row = (tool: string, role: ToolRole, outcome: Outcome): Comparison["rows"][number] => ({ tool, role, outcome });

const signing: Comparison = {
  id: "sign-500mb",
  title: "Sign 500 MB",
  files: 1,
  rows: [
    row("openssl", "floor", measured(0.5, 6)),
    row("Sealdesk", "own", measured(0.7, 75)),
    row("Sealdesk, durable", "own-durable", measured(1, 75)),
    row("quick peer", "peer", measured(1.4, null)),
    row("slow peer", "peer", measured(28, 2000)),
    row("absent peer", "peer", { kind: "not-available", reason: "it is not installed" }),
    row("broken peer", "peer", { kind: "failed", reason: "TypeError: a|b" }),
  ],
};

describe("the table of a comparison", () => {
  test("has time, memory, the multiple of openssl and of the fastest peer", () => {
    expect(comparisonTable(signing).slice(0, 6)).toEqual([
      ["tool", "time", "peak memory", "× openssl", "× fastest peer", "runs"],
      ["openssl", "0.50 s", "6 MiB", "1.00", "0.36", "3"],
      ["Sealdesk", "0.70 s", "75 MiB", "1.40", "0.50", "3"],
      ["Sealdesk, durable", "1.00 s", "75 MiB", "2.00", "0.71", "3"],
      ["quick peer", "1.40 s", "not measured", "2.80", "1.00", "3"],
      ["slow peer", "28.0 s", "2000 MiB", "56", "20", "3"],
    ]);
  });

  test("shows absent and failed tools with the reason instead of figures", () => {
    expect(comparisonTable(signing).slice(6)).toEqual([
      ["absent peer", "not available: it is not installed", "", "", "", ""],
      ["broken peer", "failed: TypeError: a|b", "", "", "", ""],
    ]);
  });

  test("shows files per second when there are many, and no multiple of openssl when it did not take part", () => {
    const many: Comparison = { ...signing, files: 1000, rows: [row("Sealdesk", "own", measured(0.04))] };
    expect(comparisonTable(many)).toEqual([
      ["tool", "time", "files/s", "peak memory", "× fastest peer", "runs"],
      ["Sealdesk", "40 ms", "25000", "10 MiB", "-", "3"],
    ]);
  });

  test("is aligned for a terminal", () => {
    const table = [
      ["tool", "time"],
      ["a", "1.00 s"],
      ["long name", "10.0 s"],
    ];
    expect(plainTable(table)).toBe("tool         time\na          1.00 s\nlong name  10.0 s");
  });

  test("keeps its columns in Markdown when a reason has a bar in it", () => {
    const lines = markdownTable(comparisonTable(signing)).split("\n");
    expect(lines[1]).toBe("| --- | ---: | ---: | ---: | ---: | ---: |");
    expect(lines.at(-1)).toBe(String.raw`| broken peer | failed: TypeError: a\|b |  |  |  |  |`);
  });
});

describe("the goals", () => {
  test("are judged by Sealdesk's own figures, and only those that were measured", () => {
    expect(goalTable([signing])).toEqual([
      ["wanted", "measured", "reached"],
      ["sign 500 MB in at most 1.5 × the hash", "1.40 ×", "yes"],
      ["sign 500 MB with at most 90 MiB", "75 MiB", "yes"],
      ["sign 500mb faster than every peer", "0.50 ×", "yes"],
    ]);
  });

  test("that are missed are said to be missed", () => {
    const slow = {
      ...signing,
      rows: [row("openssl", "floor", measured(0.5)), row("Sealdesk", "own", measured(1, 91))],
    };
    expect(goalTable([slow]).slice(1)).toEqual([
      ["sign 500 MB in at most 1.5 × the hash", "2.00 ×", "no"],
      ["sign 500 MB with at most 90 MiB", "91 MiB", "no"],
    ]);
  });
});
