import { entryHash, NO_ENTRY } from "./audit-entry.ts";
import type { AuditEntry, AuditSeal } from "./audit-entry.ts";
import { keyName, sealHolds } from "./audit-seal.ts";

export interface AuditCheck {
  readonly entries: number;
  /** What is wrong, the first time it shows; null: nothing. */
  readonly problem: AuditProblem | null;
  /** The last entry that a seal under the given key covers, and with it all before; 0: none. */
  readonly sealedTo: number;
  /** Seals under other keys, or all of them when no key was given: they were not checked. */
  readonly uncheckedSeals: number;
}

export interface AuditProblem {
  readonly code:
    | "changed"
    | "gap"
    | "broken-chain"
    | "false-seal"
    | "seal-without-entry"
    | "cut-off"
    | "not-the-sealed";
  /** Number of the entry. */
  readonly seq: number;
}

/** The last entry that the vault remembers having sealed. */
export interface SealedHead {
  readonly seq: number;
  readonly hash: string;
}

/** What a trail is held against. Without a key only the chain is checked, which anybody could have made anew. */
export interface AuditYardstick {
  readonly key: Uint8Array | null;
  readonly head: SealedHead | null;
}

/** Checks a whole trail: every hash, the order, the seals, and that nothing was cut off which the vault remembers. */
export function checkAudit(
  entries: Iterable<AuditEntry>,
  seals: readonly AuditSeal[],
  { key, head }: AuditYardstick,
): AuditCheck {
  const own = key === null ? null : keyName(key);
  const checkable = new Map(seals.filter((seal) => seal.key === own).map((seal) => [seal.seq, seal]));
  const uncheckedSeals = seals.length - checkable.size;
  let count = 0;
  let sealedTo = 0;
  let previous = NO_ENTRY;
  const end = (problem: AuditProblem | null): AuditCheck => ({ entries: count, problem, sealedTo, uncheckedSeals });

  for (const entry of entries) {
    const { seq, hash } = entry;
    if (seq !== count + 1) return end({ code: "gap", seq: count + 1 });
    if (entry.previous !== previous) return end({ code: "broken-chain", seq });
    if (entryHash(entry) !== hash) return end({ code: "changed", seq });
    count = seq;
    previous = hash;
    if (head?.seq === seq && head.hash !== hash) return end({ code: "not-the-sealed", seq });
    const seal = checkable.get(seq);
    if (seal !== undefined && key !== null) {
      if (!sealHolds(seal, hash, key)) return end({ code: "false-seal", seq });
      sealedTo = seq;
    }
  }
  if (head !== null && head.seq > count) return end({ code: "cut-off", seq: count + 1 });
  const beyond = seals.find(({ seq }) => seq > count);
  return end(beyond === undefined ? null : { code: "seal-without-entry", seq: beyond.seq });
}
