import { bankidOperations } from "../bankid/operations.ts";
import { fourthlineOperations } from "../fourthline/operations.ts";
import { idnowOperations } from "../idnow/operations.ts";
import { itsmeOperations } from "../itsme/operations.ts";
import { randomBytes } from "node:crypto";
import type { BadHandshake, Handshakes } from "../web/handshakes.ts";
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

export const faultManners = ["reset", "noise", "half", "scrambled", "earlier"] as const;

/** What the next answers of one operation become. Fields that are absent leave that part of the answer alone. */
export interface SandboxFault {
  readonly operation: SandboxOperation;
  /** How many answers go by unspoilt first; default none. */
  readonly after?: number;
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
  /**
   * "reset": the connection is reset in place of an answer. "noise": bytes come that are no HTTP. "half": the work is done, and
   * the connection ends in the middle of its answer. "scrambled": the work is done, and the body is random bytes. "earlier":
   * the work is done, and what comes is the first answer that this operation gave.
   */
  readonly manner?: (typeof faultManners)[number];
  /** Real milliseconds over which the answer trickles in. */
  readonly trickleMilliseconds?: number;
  /** After this answer, connections end, and the next ones, to whichever server, come to nothing. */
  readonly handshakes?: { readonly become: BadHandshake; readonly times: number };
  /** The work is done first, and only its answer is lost or replaced; otherwise nothing happens behind a fault. */
  readonly afterWork?: boolean;
}

/** The faults still to happen, first come first served for each operation. */
export interface FaultQueue {
  add(fault: SandboxFault): void;
  clear(): void;
  /** How many answers were spoilt so far. */
  spoilt(): number;
  /** How often each operation was done, which a fault may prevent, since the beginning or the last `forgetCalls`. */
  calls(): Readonly<Partial<Record<SandboxOperation, number>>>;
  forgetCalls(): void;
  /** Runs the operation and spoils its answer when a fault is due. */
  apply(operation: SandboxOperation, work: () => Promise<WebAnswer>): Promise<WebAnswer>;
}

const maximumFaults = 1000;

interface Waiting {
  readonly fault: SandboxFault;
  readonly pass: number;
  readonly left: number;
}

export function faultQueue(handshakes?: Handshakes): FaultQueue {
  const called = new Map<SandboxOperation, number>();
  const first = new Map<SandboxOperation, WebAnswer>();
  let waiting: readonly Waiting[] = [];
  let count = 0;

  const take = (operation: SandboxOperation): SandboxFault | null => {
    const index = waiting.findIndex((entry) => entry.fault.operation === operation);
    const entry = waiting[index];
    if (entry === undefined) return null;
    const passes = entry.pass > 0;
    const next = passes ? { ...entry, pass: entry.pass - 1 } : { ...entry, left: entry.left - 1 };
    waiting = [...waiting.slice(0, index), ...(next.left > 0 ? [next] : []), ...waiting.slice(index + 1)];
    count += passes ? 0 : 1;
    return passes ? null : entry.fault;
  };

  return {
    add(fault) {
      if (waiting.length >= maximumFaults) throw new RangeError("too many faults are waiting");
      waiting = [...waiting, { fault, pass: fault.after ?? 0, left: fault.times ?? 1 }];
    },
    clear() {
      waiting = [];
      handshakes?.heal();
    },
    spoilt: () => count,
    calls: () => Object.fromEntries(called),
    forgetCalls: () => {
      called.clear();
      first.clear();
    },
    async apply(operation, work) {
      const fault = take(operation);
      const done = async (): Promise<WebAnswer> => {
        called.set(operation, (called.get(operation) ?? 0) + 1);
        const own = await work();
        if (!first.has(operation)) first.set(operation, own);
        return own;
      };
      if (fault === null) return done();
      const { handshakes: spoilt, manner } = fault;
      if (spoilt !== undefined) handshakes?.spoil(spoilt.become, spoilt.times);
      const pause = fault.delayMilliseconds === undefined ? {} : { delayMilliseconds: fault.delayMilliseconds };
      const cut = fault.drop === true || manner === "reset" || manner === "noise";
      const replaced = cut || fault.status !== undefined || fault.body !== undefined;
      // Otherwise it stands for a server that never got to the work: nothing happens behind it.
      const answer = replaced && fault.afterWork !== true ? null : await done();
      if (cut) return { kind: "drop", ...(manner === "reset" || manner === "noise" ? { how: manner } : {}), ...pause };
      const earlier = manner === "earlier" ? first.get(operation) : undefined;
      const left = answer === null || replaced ? replacement(fault) : (earlier ?? answer);
      return left.kind === "drop" ? left : { ...spoiltAnswer(left, fault), ...pause };
    },
  };
}

function spoiltAnswer(
  answer: Extract<WebAnswer, { readonly kind: "answer" }>,
  { handshakes, headers, manner, trickleMilliseconds }: SandboxFault,
): WebAnswer {
  return {
    ...answer,
    headers: { ...answer.headers, ...headers, ...(handshakes === undefined ? {} : { connection: "close" }) },
    ...(manner === "scrambled" ? { body: randomBytes(Math.max(answer.body.length, 64)) } : {}),
    ...(manner === "half" ? { leaves: "half" } : {}),
    ...(trickleMilliseconds === undefined ? {} : { leaves: { overMilliseconds: trickleMilliseconds } }),
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
