import { sandboxOperations } from "../../sandbox/control/faults.ts";
import type { SandboxFault, SandboxOperation } from "../../sandbox/control/faults.ts";
import type { BadHandshake } from "../../sandbox/web/handshakes.ts";
import type { FaultedProvider } from "./fault.ts";
import type { FaultTry, StartPlan } from "./fault-try.ts";

type Spoiling = Omit<SandboxFault, "operation" | "after">;

/** More than anybody asks. */
const ALWAYS = 100_000;
/** Real time after which the person gives up waiting and closes the program. */
const PATIENCE = 2_500;
const HURRY = 10;

const SPOILINGS: readonly (readonly [string, Spoiling, Pick<StartPlan, "closesAfter" | "hurry">?])[] = [
  ["cut before the work", { drop: true }],
  ["cut after the work", { drop: true, afterWork: true }],
  ["cut five times", { drop: true, times: 5 }],
  ["connection reset before the work", { manner: "reset" }],
  ["connection reset after the work", { manner: "reset", afterWork: true }],
  ["half an answer", { manner: "half" }],
  ["random bytes as answer", { manner: "scrambled" }],
  ["bytes that are no HTTP", { manner: "noise" }],
  ["an answer of another world", { status: 200, body: "<html>Welcome to our hotel</html>" }],
  ["503 once", { status: 503, body: "" }],
  ["500 after the work", { status: 500, body: "", afterWork: true }],
  ["503 until the next start", { status: 503, body: "", times: ALWAYS }, { closesAfter: PATIENCE }],
  ["429 with Retry-After", { status: 429, body: "", headers: { "retry-after": "2" } }],
  ["late by two seconds", { delayMilliseconds: 2_000 }],
  ["trickles in", { trickleMilliseconds: 1_000 }],
  ["trickles in for longer than the time limit", { trickleMilliseconds: 4_500 }, { hurry: HURRY }],
];

const HANDSHAKES: readonly (readonly [string, { readonly become: BadHandshake; readonly times: number }])[] = [
  ["certificate of another name", { become: "wrong-name", times: 1 }],
  ["certificate of another name five times", { become: "wrong-name", times: 5 }],
  ["certificate that has expired", { become: "expired", times: 1 }],
  ["handshake reset", { become: "reset", times: 1 }],
  ["handshake reset five times", { become: "reset", times: 5 }],
];

const wordsOf = (operation: string, nth: number): string => `${operation}${nth === 1 ? "" : ` (${nth})`}`;

/** BankID gives an answer once: what is lost on the way is lost, and the person is asked what to do. */
const GIVEN_ONCE: ReadonlySet<SandboxOperation> = new Set(["bankid/phenixid-collect"]);

/** Spoils each call that a run makes: the first one of each sort, and the last one where there are several. */
export function planCalls(provider: FaultedProvider, calls: Readonly<Record<string, number>>): readonly FaultTry[] {
  return eachCall(provider, calls).flatMap(([operation, nth]) =>
    // What revocation services say goes into the report and keeps no signature back: some of the faults will do.
    SPOILINGS.filter((_, index) => operation.includes("/") || index % 5 === 0).map(
      ([fault, spoiling, start]): FaultTry => ({
        kind: "calls",
        provider,
        fault,
        step: wordsOf(operation, nth),
        starts: [{ calls: [{ operation, ...(nth === 1 ? {} : { after: nth - 1 }), ...spoiling }], ...start }],
        ...(GIVEN_ONCE.has(operation) ? { ends: ["waits", "ended"] } : {}),
      }),
    ),
  );
}

/** Between any two calls: connections end after each one, and the next ones come to nothing. */
export function planConnections(
  provider: FaultedProvider,
  calls: Readonly<Record<string, number>>,
): readonly FaultTry[] {
  const first = HANDSHAKES.map(([fault, handshakes]) => tryOf(fault, "before the first call", { handshakes }));
  const between = eachCall(provider, calls).flatMap(([operation, nth]) =>
    HANDSHAKES
      // Revocation and timestamp services are asked without TLS, and last.
      .filter(([, { become }]) => become === "reset" || operation.includes("/"))
      .map(([fault, handshakes]) => {
        const call = { operation, ...(nth === 1 ? {} : { after: nth - 1 }), handshakes };
        return tryOf(fault, `after ${wordsOf(operation, nth)}`, { calls: [call] });
      }),
  );
  return [...first, ...between];

  function tryOf(fault: string, step: string, start: StartPlan): FaultTry {
    return { kind: "connections", provider, fault, step, starts: [start] };
  }
}

/** Without what the program asks of the other providers, to be able to offer them. */
function eachCall(
  provider: FaultedProvider,
  calls: Readonly<Record<string, number>>,
): readonly (readonly [SandboxOperation, number])[] {
  const own = sandboxOperations.filter((name) => !name.includes("/") || name.startsWith(`${provider}/`));
  return own.flatMap((operation) => {
    const count = calls[operation] ?? 0;
    return count === 0
      ? []
      : count === 1
        ? [[operation, 1] as const]
        : [[operation, 1] as const, [operation, count] as const];
  });
}
