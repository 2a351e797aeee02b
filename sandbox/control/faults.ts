import { bankidOperations } from "../bankid/operations.ts";
import { fourthlineOperations } from "../fourthline/operations.ts";
import { idnowOperations } from "../idnow/operations.ts";
import { itsmeOperations } from "../itsme/operations.ts";
import type { WebAnswer } from "../web/loopback-server.ts";

/** The calls whose answers can be spoilt. */
export const sandboxOperations = [
  ...itsmeOperations,
  ...idnowOperations,
  ...bankidOperations,
  ...fourthlineOperations,
  "tsa",
  "ocsp",
  "crl",
  "ca-issuers",
] as const;

export type SandboxOperation = (typeof sandboxOperations)[number];

/** What the next answers of one operation become. Fields that are absent leave that part of the answer alone. */
export interface SandboxFault {
  readonly operation: SandboxOperation;
  /** How many answers; default 1. */
  readonly times?: number;
  readonly status?: number;
  /** Replaces the body: text as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Real milliseconds before the answer. */
  readonly delayMilliseconds?: number;
  /** Cuts the connection instead of answering. */
  readonly drop?: boolean;
  /** The work is done first, and only its answer is lost or replaced; otherwise nothing happens behind a fault. */
  readonly afterWork?: boolean;
}

/** The faults still to happen, first come first served for each operation. */
export interface FaultQueue {
  add(fault: SandboxFault): void;
  clear(): void;
  /** How often each operation was done, which a fault may prevent, since the beginning or the last `forgetCalls`. */
  calls(): Readonly<Partial<Record<SandboxOperation, number>>>;
  forgetCalls(): void;
  /** Runs the operation and spoils its answer when a fault is due. */
  apply(operation: SandboxOperation, work: () => Promise<WebAnswer>): Promise<WebAnswer>;
}

const maximumFaults = 1000;

export function faultQueue(): FaultQueue {
  const called = new Map<SandboxOperation, number>();
  let waiting: readonly { readonly fault: SandboxFault; readonly left: number }[] = [];

  const take = (operation: SandboxOperation): SandboxFault | null => {
    const index = waiting.findIndex((entry) => entry.fault.operation === operation);
    const entry = waiting[index];
    if (entry === undefined) return null;
    const rest = entry.left > 1 ? [{ fault: entry.fault, left: entry.left - 1 }] : [];
    waiting = [...waiting.slice(0, index), ...rest, ...waiting.slice(index + 1)];
    return entry.fault;
  };

  return {
    add(fault) {
      if (waiting.length >= maximumFaults) throw new RangeError("too many faults are waiting");
      waiting = [...waiting, { fault, left: fault.times ?? 1 }];
    },
    clear() {
      waiting = [];
    },
    calls: () => Object.fromEntries(called),
    forgetCalls: () => called.clear(),
    async apply(operation, work) {
      const fault = take(operation);
      const done = (): Promise<WebAnswer> => {
        called.set(operation, (called.get(operation) ?? 0) + 1);
        return work();
      };
      if (fault === null) return done();
      const pause = fault.delayMilliseconds === undefined ? {} : { delayMilliseconds: fault.delayMilliseconds };
      const replaced = fault.drop === true || fault.status !== undefined || fault.body !== undefined;
      // Otherwise it stands for a server that never got to the work: nothing happens behind it.
      const answer = replaced && fault.afterWork !== true ? null : await done();
      if (fault.drop === true) return { kind: "drop", ...pause };
      if (answer === null || replaced) return { ...replacement(fault), ...pause };
      return answer.kind === "drop"
        ? answer
        : { ...answer, headers: { ...answer.headers, ...fault.headers }, ...pause };
    },
  };
}

function replacement({ status = 200, body, headers }: SandboxFault): WebAnswer {
  const text = typeof body === "string";
  return {
    kind: "answer",
    status,
    headers: { "content-type": text ? "text/plain; charset=utf-8" : "application/json", ...headers },
    body: body === undefined ? "" : text ? body : JSON.stringify(body),
  };
}
