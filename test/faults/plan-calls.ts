import { sandboxOperations } from "../../sandbox/control/faults.ts";
import type { SandboxFault } from "../../sandbox/control/faults.ts";
import type { FaultedProvider } from "./fault.ts";
import type { FaultTry } from "./fault-try.ts";

type Spoiling = Omit<SandboxFault, "operation">;

const SPOILINGS: readonly (readonly [string, Spoiling])[] = [
  ["cut before the work", { drop: true }],
  ["cut after the work", { drop: true, afterWork: true }],
  ["cut five times", { drop: true, times: 5 }],
  ["503 once", { status: 503, body: "" }],
  ["an answer of another world", { status: 200, body: "<html>Welcome to our hotel</html>" }],
  ["late by two seconds", { delayMilliseconds: 2_000 }],
];

/** Spoils each call that a run makes. */
export function planCalls(provider: FaultedProvider, calls: Readonly<Record<string, number>>): readonly FaultTry[] {
  return sandboxOperations
    .filter((operation) => (calls[operation] ?? 0) > 0)
    .flatMap((operation) =>
      SPOILINGS.map(([fault, spoiling]): FaultTry => ({
        kind: "calls",
        provider,
        fault,
        step: operation,
        starts: [{ calls: [{ operation, ...spoiling }] }],
      })),
    );
}
