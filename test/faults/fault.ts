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
  | { readonly kind: "refuse"; readonly at: Place; readonly code: RefusalCode; readonly lasts: boolean }
  /** Somebody sets the computer's clock, by this many milliseconds. */
  | { readonly kind: "clock"; readonly at: Place; readonly jump: number }
  | { readonly kind: "folder"; readonly at: Place; readonly becomes: FolderChange }
  /** A second instance of the program is started on the same data. */
  | { readonly kind: "twin"; readonly at: Place };

/**
 * What becomes of the folder of the document and its result: renamed away until the next start, or for a moment; mounted
 * read-only over itself; its disk, a small one that also has the program's own data, filled to the last byte.
 */
export type FolderChange = "gone" | "gone for a moment" | "read-only" | "full";

/** A stand-in for the system's keychain that several starts share. */
export interface FileKeychain {
  readonly path: string;
  /** It is locked from its n-th use on, from 1; null: never. */
  readonly locksAt: number | null;
}

export type FaultedProvider = "itsme" | "idnow" | "bankid" | "fourthline" | "certificate";

/** The practice providers as they go through a file. */
export type PracticeFacts = Omit<PracticeEnvironment, "close">;

/** One start of the program, as a JSON file that its command line names. */
export interface ProgramOrder {
  /** Path of this order; all of the try is in its folder. */
  readonly order: string;
  /** Folder of settings and journal. */
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
  /** Milliseconds by which the computer's clock is wrong from the beginning. */
  readonly ahead: number;
  /** Null: credentials live as long as the program. */
  readonly keychain: FileKeychain | null;
  /** Every command that signs is given twice, as by a double click. */
  readonly twice: boolean;
  /** Real milliseconds after which the person closes the program; null: when all has ended. */
  readonly closesAfter: number | null;
  /** Real milliseconds are this many for time limits of calls; null: they are as the product has them. */
  readonly hurry: number | null;
  /** Order of the second instance. */
  readonly twin: string | null;
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
  readonly keychainUses: number;
  /** Codes of what the window says above everything else, and of what keeps providers from being used. */
  readonly notices: readonly string[];
}

export interface ToldRun {
  /** Null: it goes on. */
  readonly outcome: { readonly kind: string; readonly code: string | null } | null;
  /** What the person is asked in the end ("bankid.ask-again"); null: nothing. */
  readonly question: string | null;
  /** What is said of each document: "signed", or "failed provider.unreachable". */
  readonly items: readonly string[];
}
