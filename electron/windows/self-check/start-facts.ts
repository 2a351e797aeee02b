import type { FuseWire } from "./fuse-wire.ts";

/** What Electron says of a page's preferences in force, by name. */
export type PreferencesInForce = Readonly<Record<string, unknown>>;

/** All that the self-check judges; gathered by `gather-facts.ts`. */
export interface StartFacts {
  /** Installed, and not `npm start`. */
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  /** Names of the switches of the command line that are in `WEAK_SWITCHES`. */
  readonly switches: readonly string[];
  /** The value of `--disable-features`. */
  readonly disabledFeatures: string;
  /** The environment, as far as `WEAK_VARIABLES` names it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pages: readonly PageFacts[];
  readonly ownSession: OwnSessionFacts;
  /** Null: they could not be read; absent: nobody looked, as nothing is packaged. */
  readonly fuses?: readonly FuseWire[] | null;
  /** Whether the program's own code lies in an archive. */
  readonly inArchive: boolean;
}

export interface PageFacts {
  /** "own": the window; "foreign": a page of somebody else. */
  readonly kind: "own" | "foreign";
  /** "app://bundle"; null: the address has none. */
  readonly origin: string | null;
  /** Null: Electron does not say. */
  readonly preferences: PreferencesInForce | null;
  /** Whether its session is kept on the disk. */
  readonly persistent: boolean;
  readonly preloadScripts: number;
}

export interface OwnSessionFacts {
  /** The policy that came with the start page; null: the page did not come. */
  readonly policy: string | null;
  /** What became of a request to the network. "blocked" is right; anything else got past us. */
  readonly network: "blocked" | "let through";
  /** What became of a `file:` address. */
  readonly files: "refused" | "let through";
  readonly preloadScripts: number;
}
