import type { SandboxFault } from "../../sandbox/control/faults.ts";
import type { Fault, FaultedProvider, ProgramAnswer } from "./fault.ts";

/** The kinds of faults that `--fault` chooses from. */
export const FAULT_KINDS = ["killed", "disk", "calls"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One start of the program, and what is done to it. */
export interface StartPlan {
  readonly fault?: Fault;
  /** What happens to calls of the provider and of other services. */
  readonly calls?: readonly SandboxFault[];
}

/** One document that is signed while something goes wrong. After the starts that are planned there is one without any fault. */
export interface FaultTry {
  readonly kind: FaultKind;
  readonly provider: FaultedProvider;
  /** What happens, in words. */
  readonly fault: string;
  /** Where it happens. */
  readonly step: string;
  readonly starts: readonly StartPlan[];
  /** Ends that are right here besides "signed" and "not asked". */
  readonly ends?: readonly FaultEnd[];
}

/** What the person has in the end. */
export type FaultEnd =
  | "signed"
  /** Nobody was asked for anything. */
  | "not asked"
  /** It is kept, the person was told why it does not go on, and it goes on when that is over. */
  | "waits"
  /** The person was asked. It is over without a signature, and that and why was said. */
  | "ended"
  /** The person was asked, and hears nothing of it any more. */
  | "LOST";

export interface Tried {
  readonly end: FaultEnd;
  /** What was said last where it was not signed; null: nothing. */
  readonly code: string | null;
  /** Empty: nothing that must not be. */
  readonly wrong: readonly string[];
  /** Whether all that was planned came to pass. */
  readonly happened: boolean;
  /** Of each start, in order; null: it was killed. */
  readonly answers: readonly (ProgramAnswer | null)[];
  /** How often each operation was done in the first start. */
  readonly calls: Readonly<Record<string, number>>;
}

/** What must not be, in words; empty: the try ended as it should. */
export function lossesOf({ ends = [] }: Pick<FaultTry, "ends">, { end, code, wrong }: Tried): readonly string[] {
  const right: readonly FaultEnd[] = ["signed", "not asked", ...ends];
  return right.includes(end) ? wrong : [`${end} ${code ?? "without a word"}`, ...wrong];
}
