/** The n-th change of one sort, from 1. How often a flow polls is chance, so a mere number would not find it again. */
export interface Place {
  readonly label: string;
  readonly nth: number;
}

/** What happens to the program, at one of the places where it changes something on the disk. */
export type Fault =
  /** Ended as by a power cut, right before or right after the change. */
  | { readonly kind: "kill"; readonly at: Place; readonly when: "before" | "after" }
  /** The system refuses the change, and all later ones of the same sort when it lasts. */
  | {
      readonly kind: "refuse";
      readonly at: Place;
      readonly code: "ENOSPC" | "EIO" | "EACCES";
      readonly lasts: boolean;
    };

/** One start of the program, as JSON on its command line. */
export interface ProgramOrder {
  /** Folder of settings, journal and keychain stand-in. */
  readonly data: string;
  readonly practice: string;
  readonly provider: "itsme" | "idnow" | "bankid" | "fourthline" | "certificate";
  /** Documents to sign; empty: only what an earlier start left undone. */
  readonly documents: readonly string[];
  readonly level: "B-B" | "B-T";
  readonly fault: Fault | null;
}

/** What the program says before it ends by itself. */
export interface ProgramAnswer {
  /** The places that a fault can be put at, in order. */
  readonly places: readonly string[];
  readonly runs: readonly { readonly outcome: object | null; readonly items: readonly string[] }[];
}
