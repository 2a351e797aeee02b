import type { TrailProblem } from "../../../shared/history.ts";
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
  /** Entries in which the program itself wrote down that sealed ones before them were gone or replaced. */
  readonly breaks: readonly number[];
}

export interface AuditProblem {
  readonly code: TrailProblem;
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
  yardstick: AuditYardstick,
): AuditCheck {
  const checker = new AuditChecker(seals, yardstick);
  for (const entry of entries) {
    if (!checker.add(entry)) {
      break;
    }
  }
  return checker.end();
}

/** The same in pieces, for whoever must not be held up by a long trail. Seals are read before the entries. */
export class AuditChecker {
  readonly #seals: readonly AuditSeal[];
  readonly #key: Uint8Array | null;
  readonly #head: SealedHead | null;
  readonly #checkable: ReadonlyMap<number, AuditSeal>;
  readonly #breaks: number[] = [];
  #count = 0;
  #sealedTo = 0;
  #previous = NO_ENTRY;
  #problem: AuditProblem | null = null;

  constructor(seals: readonly AuditSeal[], { key, head }: AuditYardstick) {
    this.#seals = seals;
    this.#key = key;
    this.#head = head;
    const own = key === null ? null : keyName(key);
    this.#checkable = new Map(seals.filter((seal) => seal.key === own).map((seal) => [seal.seq, seal]));
  }

  /** The next entry. False: something is wrong, and what follows proves nothing. */
  add(entry: AuditEntry): boolean {
    this.#problem = this.#problemOf(entry);
    if (this.#problem !== null) {
      return false;
    }
    if (entry.kind === "trail.broken") {
      this.#breaks.push(entry.seq);
    }
    return true;
  }

  end(): AuditCheck {
    return {
      entries: this.#count,
      problem: this.#problem ?? this.#missing(),
      sealedTo: this.#sealedTo,
      uncheckedSeals: this.#seals.length - this.#checkable.size,
      breaks: this.#breaks,
    };
  }

  #problemOf(entry: AuditEntry): AuditProblem | null {
    const { seq, hash } = entry;
    if (seq !== this.#count + 1) return { code: "gap", seq: this.#count + 1 };
    if (entry.previous !== this.#previous) return { code: "broken-chain", seq };
    if (entryHash(entry) !== hash) return { code: "changed", seq };
    this.#count = seq;
    this.#previous = hash;
    if (this.#head?.seq === seq && this.#head.hash !== hash) return { code: "not-the-sealed", seq };
    const seal = this.#checkable.get(seq);
    if (seal !== undefined && this.#key !== null) {
      if (!sealHolds(seal, hash, this.#key)) return { code: "false-seal", seq };
      this.#sealedTo = seq;
    }
    return null;
  }

  #missing(): AuditProblem | null {
    if (this.#head !== null && this.#head.seq > this.#count) return { code: "cut-off", seq: this.#count + 1 };
    const beyond = this.#seals.find(({ seq }) => seq > this.#count);
    return beyond === undefined ? null : { code: "seal-without-entry", seq: beyond.seq };
  }
}
