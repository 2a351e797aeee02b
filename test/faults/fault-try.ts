import type { BadHandshake } from "../../sandbox/web/handshakes.ts";
import type { SandboxFault } from "../../sandbox/control/faults.ts";
import type { SandboxControl } from "../../sandbox/control/sandbox-control.ts";
import type { FileVerdict } from "../../shared/verification.ts";
import type { Fault, FaultedProvider, ProgramAnswer } from "./fault.ts";

/** The kinds of faults that `--fault` chooses from. */
export const FAULT_KINDS = [
  "killed",
  "disk",
  "folder",
  "clock",
  "calls",
  "connections",
  "contradictions",
  "keychain",
  "resumed",
  "damaged",
  "twice",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A file of the program's own data, and what it has become between two starts. */
export interface Damage {
  readonly file: "sealdesk.db" | "vault.db" | "profiles.json" | "settings.json" | "audit.db";
  readonly how: "cut in half" | "zeroed" | "random bytes";
  /** What the program has to say above everything else; null: it need not be more than why the run does not go on. */
  readonly notice: string | null;
  /** The program has to leave the file as it is; otherwise it may set it aside. */
  readonly stays: boolean;
}

/** One start of the program, and what is done to it. */
export interface StartPlan {
  readonly fault?: Fault;
  /** What happens to calls of the provider and of other services. */
  readonly calls?: readonly SandboxFault[];
  /** The first connections come to nothing. */
  readonly handshakes?: { readonly become: BadHandshake; readonly times: number };
  /** What a provider does differently in this start, and takes back afterwards. */
  readonly provider?: (control: SandboxControl) => void;
  /** Before the start; undone before the next one. */
  readonly damage?: Damage;
  /** Milliseconds by which the computer's clock is wrong in this start. */
  readonly ahead?: number;
  /** The keychain is locked from its n-th use on, from 1. */
  readonly locksAt?: number;
  readonly twice?: boolean;
  /** Real milliseconds after which the person closes the program. */
  readonly closesAfter?: number;
  /** How many times faster time limits of calls go by. */
  readonly hurry?: number;
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
  /** Set up through a profile whose secrets are in a vault under a keychain; otherwise it is practice. */
  readonly profile?: boolean;
  /** What the verifier has to say of the result; otherwise that it is good. */
  readonly verdict?: FileVerdict;
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
