import type { SeededRandom } from "../attacks/seeded-random.ts";

/** Something that takes bytes from strangers. */
export interface FuzzTarget {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  readonly mutate: (bytes: Uint8Array, other: Uint8Array, random: SeededRandom) => Uint8Array;
  /** What is wrong with how these bytes were treated; null when nothing is. `seed`: what they were made from. */
  readonly complaint: (bytes: Uint8Array, seed: Uint8Array) => string | null | Promise<string | null>;
}

/** Runs the code; anything thrown but the errors that it is allowed to throw is a complaint. */
export function mayThrowOnly(allowed: readonly (new (...args: never[]) => Error)[], run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (allowed.some((kind) => error instanceof kind)) {
      return null;
    }
    const place = error instanceof Error ? (error.stack?.split("\n").slice(0, 3).join(" ") ?? "") : "";
    return `threw ${error instanceof Error ? error.name : typeof error}: ${place}`;
  }
}
