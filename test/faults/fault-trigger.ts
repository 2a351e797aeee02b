import type { JumpingClock } from "./fast-clock.ts";
import type { Fault, RefusalCode } from "./fault.ts";
import { changeFolder } from "./folder-faults.ts";
import type { FaultFolders } from "./folder-faults.ts";

export interface FaultTrigger {
  /** What the program did, in order. */
  readonly places: readonly string[];
  /** Counts from here on. */
  readonly begin: () => void;
  readonly happened: () => boolean;
  /** The program does this now, unless the fault keeps it from doing so. `answersLater`: a refusal is a rejection. */
  readonly at: (label: string, work: () => unknown, answersLater?: boolean) => unknown;
}

export interface FaultMeans {
  readonly clock: JumpingClock;
  readonly folders: FaultFolders;
  readonly startTwin: () => void;
}

/** Lets the fault happen at its place. */
export function faultTrigger(fault: Fault | null, means: FaultMeans): FaultTrigger {
  const places: string[] = [];
  const counts = new Map<string, number>();
  let [counting, happened] = [false, false];
  let refusing: string | null = null;

  const isHere = (label: string): boolean => {
    places.push(label);
    const nth = (counts.get(label) ?? 0) + 1;
    counts.set(label, nth);
    return fault?.at.label === label && fault.at.nth === nth;
  };

  return {
    places,
    begin: () => {
      counting = true;
    },
    happened: () => happened,
    at(label, work, answersLater = false) {
      if (!counting) return work();
      const here = isHere(label);
      happened ||= here;
      if (fault?.kind === "refuse" && (here || refusing === label)) {
        refusing = fault.lasts ? label : null;
        const problem = refusal(fault.code, label);
        if (answersLater) return Promise.reject(problem);
        throw problem;
      }
      if (!here || fault === null || fault.kind === "refuse") return work();
      if (fault.kind === "kill") return kill(fault.when, work);
      happen(fault, means);
      return work();
    },
  };
}

function kill(when: "before" | "after", work: () => unknown): unknown {
  if (when === "before") die();
  const outcome = work();
  return outcome instanceof Promise ? outcome.then(die) : die();
}

function happen(fault: Exclude<Fault, { readonly kind: "kill" | "refuse" }>, means: FaultMeans): void {
  switch (fault.kind) {
    case "clock":
      means.clock.jump(fault.jump);
      return;
    case "folder":
      changeFolder(means.folders, fault.becomes);
      return;
    case "twin":
      means.startTwin();
  }
}

function die(): never {
  process.kill(process.pid, "SIGKILL");
  // Nothing more happens, whenever the signal arrives.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  throw new Error("unreachable");
}

const ERRNO = { EIO: -5, EACCES: -13, ENOSPC: -28, EROFS: -30 } as const;

/** SQLITE_IOERR, SQLITE_READONLY, SQLITE_FULL, SQLITE_READONLY: what SQLite makes of these errors of the system. */
const SQLITE = { EIO: 10, EACCES: 8, ENOSPC: 13, EROFS: 8 } as const;

function refusal(code: RefusalCode, label: string): Error {
  return label.startsWith("database")
    ? Object.assign(new Error(`refused by the test: ${code}`), { code: "ERR_SQLITE_ERROR", errcode: SQLITE[code] })
    : Object.assign(new Error(`${code}: refused by the test`), { code, errno: ERRNO[code], syscall: "write" });
}
