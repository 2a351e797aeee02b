import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "../../faults/build-program.ts";
import type { BuiltProgram } from "../../faults/build-program.ts";
import { openFaultRoom } from "../../faults/fault-room.ts";
import type { OpenedRoom } from "../../faults/fault-room.ts";
import type { Fault, FaultedProvider } from "../../faults/fault.ts";
import { FAULT_KINDS, lossesOf } from "../../faults/fault-try.ts";
import type { FaultEnd, FaultKind, FaultTry, StartPlan } from "../../faults/fault-try.ts";
import { mayMount } from "../../faults/folder-faults.ts";
import { healProviders } from "../../faults/plan-contradictions.ts";
import { tryFault } from "../../faults/try-fault.ts";

// `npm run test:faults` tries every fault at every place. These are one or two of each kind, at places where an approval is most
// easily lost, so that every provider is among them.

const STORED: Readonly<Record<FaultedProvider, string>> = {
  certificate: "database: UPDATE signing_item SET value = ?, phase = 'approved' WHERE ",
  itsme: "database: UPDATE signing_item SET value = ?, phase = 'approved' WHERE ",
  idnow: "database: UPDATE signing_item SET returned = ?, phase = 'approved' WHE",
  fourthline: "database: UPDATE signing_item SET returned = ?, phase = 'approved' WHE",
  bankid: "database: UPDATE signing_item SET evidence = ?, phase = 'approved' WHE",
};
const stored = (provider: FaultedProvider) => ({ label: STORED[provider], nth: 1 });
const naming = { label: "file: link", nth: 1 };
const DAY = 24 * 3_600_000;

const start = (fault: Fault): StartPlan => ({ fault });
const killed = (provider: FaultedProvider): StartPlan => start({ kind: "kill", at: stored(provider), when: "after" });

type Case = readonly [
  FaultKind,
  FaultedProvider,
  string,
  readonly StartPlan[],
  { readonly end?: FaultEnd; readonly code?: string; readonly profile?: boolean }?,
];

const CASES: readonly Case[] = [
  ["killed", "itsme", "after the row that has the approval", [killed("itsme")]],
  ["killed", "idnow", "before the result gets its name", [start({ kind: "kill", at: naming, when: "before" })]],
  [
    "disk",
    "bankid",
    "full from the moment on when the approval is to be written",
    [start({ kind: "refuse", at: stored("bankid"), code: "ENOSPC", lasts: true })],
  ],
  [
    "disk",
    "fourthline",
    "fails to sync the result",
    [start({ kind: "refuse", at: { label: "file: sync", nth: 2 }, code: "EIO", lasts: false })],
  ],
  [
    "folder",
    "certificate",
    "vanishes when the result is to get its name, and is back at the next start",
    [start({ kind: "folder", at: naming, becomes: "gone" })],
  ],
  [
    "folder",
    "idnow",
    "vanishes for a moment while the document that came back is copied into it",
    [start({ kind: "folder", at: { label: "file: sync", nth: 1 }, becomes: "gone for a moment" })],
  ],
  ...(mayMount()
    ? ([
        [
          "folder",
          "itsme",
          "becomes read-only when the approval is stored",
          [start({ kind: "folder", at: stored("itsme"), becomes: "read-only" })],
        ],
        [
          "folder",
          "idnow",
          "has not a byte left when the result is to get its name",
          [start({ kind: "folder", at: naming, becomes: "full" })],
        ],
      ] as const)
    : []),
  [
    "clock",
    "itsme",
    "is set ten years ahead when the approval is stored",
    [start({ kind: "clock", at: stored("itsme"), jump: 3652 * DAY })],
  ],
  ["clock", "fourthline", "is a day back when the program starts again", [killed("fourthline"), { ahead: -DAY }]],
  [
    "calls",
    "itsme",
    "half of the answer that has the signature",
    [{ calls: [{ operation: "itsme/sign-status", manner: "half" }] }],
  ],
  [
    "calls",
    "idnow",
    "the order is taken, and its answer lost by a reset",
    [{ calls: [{ operation: "idnow/put-order", manner: "reset", afterWork: true }] }],
  ],
  [
    "connections",
    "bankid",
    "a certificate that has expired after the order",
    [{ calls: [{ operation: "bankid/phenixid-sign", handshakes: { become: "expired", times: 1 } }] }],
  ],
  [
    "contradictions",
    "idnow",
    "the document of another order comes back signed",
    [{ provider: ({ idnow }) => idnow.setFlaws({ pdf: "other-file" }) }],
    { end: "ended", code: "idnow.not-our-document" },
  ],
  ["keychain", "idnow", "locked when the run goes on", [killed("idnow"), { locksAt: 2 }], { profile: true }],
  [
    "resumed",
    "bankid",
    "killed again before the result gets its name",
    [killed("bankid"), start({ kind: "kill", at: naming, when: "before" })],
  ],
  [
    "resumed",
    "itsme",
    "the journal cannot be written at the moment when the run is taken over",
    [
      killed("itsme"),
      start({
        kind: "refuse",
        at: { label: "database: UPDATE signing_transaction SET owner = ?, version = version ", nth: 1 },
        code: "EIO",
        lasts: false,
      }),
    ],
  ],
  [
    "damaged",
    "itsme",
    "the journal is random bytes for one start",
    [
      killed("itsme"),
      { damage: { file: "sealdesk.db", how: "random bytes", notice: "app.journal-unavailable", stays: true } },
    ],
  ],
  ["twice", "certificate", "every command given twice", [{ twice: true }]],
  [
    "twice",
    "fourthline",
    "two instances go on at once",
    [killed("fourthline"), start({ kind: "twin", at: { label: "started", nth: 1 } })],
  ],
];

let built: BuiltProgram;
let room: OpenedRoom;
beforeAll(async () => {
  built = await buildProgram();
  room = await openFaultRoom(built);
}, 120_000);
afterAll(async () => {
  await room.close();
  await built.remove();
});

describe.skipIf(process.platform === "win32")("a run costs no approval, and says how it stands", () => {
  test.for(CASES)("%s, %s: %s", { timeout: 120_000 }, async ([_kind, provider, _words, starts, expected = {}]) => {
    healProviders(room.sandbox.control);
    const { end = "signed", code, profile = false } = expected;
    const plan: Pick<FaultTry, "provider" | "starts" | "profile" | "ends"> = { provider, starts, profile, ends: [end] };
    const tried = await tryFault(room, plan);
    expect(lossesOf(plan, tried)).toEqual([]);
    expect(tried).toMatchObject({ end, happened: true, ...(code === undefined ? {} : { code }) });
  });

  test("every kind of fault and every provider is among these", () => {
    expect(new Set(CASES.map(([kind]) => kind))).toEqual(new Set(FAULT_KINDS));
    expect(new Set(CASES.map(([, provider]) => provider))).toEqual(new Set(Object.keys(STORED)));
  });
});
