import { canMeasureMemory, measure } from "./measure.ts";
import type { Command, Measured } from "./measure.ts";
import type { Comparison, Outcome, ToolRole } from "./outcome.ts";
import type { Available } from "./peers.ts";
import { best, mayRunAgain } from "./statistics.ts";

/** A tool and how it does the work at hand. */
export interface Contender {
  readonly tool: string;
  readonly role: ToolRole;
  /** Started at the same time; the work is done when the last has ended. */
  readonly commands: Available<readonly Command[]>;
  /** Looks at the result of the first run, outside the measured time; a text says what is wrong with it. */
  readonly check?: (measured: Measured) => Promise<string | null>;
  /** Undoes a run, outside the measured time. */
  readonly clean?: () => Promise<void>;
}

export interface Limits {
  readonly runs: number;
  readonly seconds: number;
  readonly timeoutSeconds: number;
}

/** Lets the tools do the same work in turns, so that a busy moment of the machine does not fall on one of them alone. */
export async function compare(
  work: { readonly id: string; readonly title: string; readonly files: number },
  contenders: readonly Contender[],
  surroundings: { readonly scratch: string; readonly limits: Limits },
): Promise<Comparison> {
  const { limits } = surroundings;
  const taken = contenders.map((): Measured[] => []);
  const failures = new Map<number, string>();
  for (let round = 0; round < limits.runs; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const mine = taken[index] ?? [];
      const again = mayRunAgain(
        mine.map(({ seconds }) => seconds),
        limits,
      );
      if (contender.commands.ok && !failures.has(index) && again) {
        const result = await runOnce(contender, contender.commands.value, round === 0, surroundings);
        if (typeof result === "string") {
          failures.set(index, result);
        } else {
          mine.push(result);
        }
      }
    }
  }
  const rows = contenders.map(({ tool, role, commands }, index) => ({
    tool,
    role,
    outcome: outcomeOf(commands, failures.get(index), taken[index] ?? []),
  }));
  return { ...work, rows };
}

async function runOnce(
  contender: Contender,
  commands: readonly Command[],
  isFirst: boolean,
  { scratch, limits }: { readonly scratch: string; readonly limits: Limits },
): Promise<Measured | string> {
  try {
    const measured = await measure(commands, { scratch, timeoutSeconds: limits.timeoutSeconds });
    const objection = isFirst ? await contender.check?.(measured) : null;
    return objection ?? measured;
  } catch (error) {
    return error instanceof Error ? error.message : "unknown reason";
  } finally {
    await contender.clean?.();
  }
}

function outcomeOf(
  commands: Available<readonly Command[]>,
  failure: string | undefined,
  taken: readonly Measured[],
): Outcome {
  if (!commands.ok) {
    return { kind: "not-available", reason: commands.reason };
  }
  const seconds = best(taken.map((run) => run.seconds));
  if (failure !== undefined || seconds === undefined) {
    return { kind: "failed", reason: failure ?? "it was not run" };
  }
  const mebibytes = canMeasureMemory ? best(taken.flatMap((run) => run.mebibytes ?? [])) : undefined;
  return { kind: "measured", seconds, runs: taken.length, mebibytes: mebibytes ?? null };
}
