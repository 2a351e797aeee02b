import type { Fault, FaultedProvider, Place } from "./fault.ts";
import type { FaultKind, FaultTry } from "./fault-try.ts";

/** The places of a run, each with how often it came before. */
export function placesOf(labels: readonly string[]): readonly Place[] {
  const counts = new Map<string, number>();
  return labels.map((label) => {
    const nth = (counts.get(label) ?? 0) + 1;
    counts.set(label, nth);
    return { label, nth };
  });
}

export const wordsOf = ({ label, nth }: Place): string => `${label}${nth === 1 ? "" : ` (${nth})`}`;

/** Kills the program, and refuses changes, at every place where it changes the disk. */
export function planPlaces(provider: FaultedProvider, labels: readonly string[]): readonly FaultTry[] {
  return placesOf(labels).flatMap((at) => {
    const tryOf = (kind: FaultKind, words: string, fault: Fault): FaultTry => ({
      kind,
      provider,
      fault: words,
      step: wordsOf(at),
      starts: [{ fault }],
    });
    return [
      tryOf("killed", "killed before", { kind: "kill", at, when: "before" }),
      tryOf("killed", "killed after", { kind: "kill", at, when: "after" }),
      tryOf("disk", "disk full from here on", { kind: "refuse", at, code: "ENOSPC", lasts: true }),
      tryOf("disk", "disk error once", { kind: "refuse", at, code: "EIO", lasts: false }),
    ];
  });
}
