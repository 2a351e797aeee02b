import type { PracticeEnvironment } from "../../electron/services/practice-environment.ts";
import type { FastTime } from "./fast-clock.ts";

/** The n-th change of one sort, from 1. How often a flow polls is chance, so a mere number would not find it again. */
export interface Place {
  readonly label: string;
  readonly nth: number;
}

export type RefusalCode = "ENOSPC" | "EIO" | "EACCES" | "EROFS";

/** What happens to the program, at one of the places where it changes something on the disk. */
export type Fault =
  /** Ended as by a power cut, right before or right after the change. */
  | { readonly kind: "kill"; readonly at: Place; readonly when: "before" | "after" }
  /** The system refuses the change, and all later ones of the same sort when it lasts. */
  | { readonly kind: "refuse"; readonly at: Place; readonly code: RefusalCode; readonly lasts: boolean };

export type FaultedProvider = "itsme" | "idnow" | "bankid" | "fourthline" | "certificate";

/** The practice providers as they go through a file. */
export type PracticeFacts = Omit<PracticeEnvironment, "close">;

/** One start of the program, as a JSON file that its command line names. */
export interface ProgramOrder {
  /** Folder of settings, journal and keychain stand-in. */
  readonly data: string;
  /** Folder of the document and its result. */
  readonly work: string;
  readonly practice: PracticeFacts;
  readonly verifyWorker: string;
  readonly fonts: string;
  readonly time: FastTime;
  readonly provider: FaultedProvider;
  /** Documents to sign; empty: only what an earlier start left undone. */
  readonly documents: readonly string[];
  readonly level: "B-B" | "B-T";
  readonly fault: Fault | null;
}

/** What the program says before it ends by itself. */
export interface ProgramAnswer {
  /** The places that a fault can be put at, in order. */
  readonly places: readonly string[];
  /** Whether the fault came to pass. */
  readonly happened: boolean;
  /** Why it did not start to sign; null: it did, or was not asked to. */
  readonly refused: string | null;
  readonly runs: readonly ToldRun[];
  /** Codes of what the window says above everything else. */
  readonly notices: readonly string[];
}

export interface ToldRun {
  /** Null: it goes on. */
  readonly outcome: { readonly kind: string; readonly code: string | null } | null;
  /** What is said of each document: "signed", or "failed provider.unreachable". */
  readonly items: readonly string[];
}
