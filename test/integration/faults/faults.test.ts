import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "../../faults/build-program.ts";
import type { BuiltProgram } from "../../faults/build-program.ts";
import { openFaultRoom } from "../../faults/fault-room.ts";
import type { OpenedRoom } from "../../faults/fault-room.ts";
import type { Fault, FaultedProvider } from "../../faults/fault.ts";
import { tryFault } from "../../faults/try-fault.ts";

// `npm run test:faults` tries every place; these are the ones where an approval is most easily lost.
const APPROVED: Readonly<Record<"itsme" | "idnow" | "bankid", string>> = {
  itsme: "database: UPDATE signing_item SET value = ?, phase = 'approved' WHERE ",
  idnow: "database: UPDATE signing_item SET returned = ?, phase = 'approved' WHE",
  bankid: "database: UPDATE signing_item SET evidence = ?, phase = 'approved' WHE",
};

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

const SIGNED = { end: "signed", wrong: [], happened: true };
const signing = (provider: FaultedProvider, fault: Fault) => tryFault(room, { provider, starts: [{ fault }] });

describe.skipIf(process.platform === "win32").each(["itsme", "idnow", "bankid"] as const)(
  "a run with %s",
  (provider) => {
    const at = { label: APPROVED[provider], nth: 1 };

    test("loses nothing when it is killed after the row that has the approval was written", async () => {
      expect(await signing(provider, { kind: "kill", at, when: "after" })).toMatchObject(SIGNED);
    }, 120_000);

    test("loses nothing when it is killed before the result gets its name", async () => {
      expect(
        await signing(provider, { kind: "kill", at: { label: "file: link", nth: 1 }, when: "before" }),
      ).toMatchObject(SIGNED);
    }, 120_000);

    test("loses nothing when the disk is full from the moment on when the approval is to be written", async () => {
      expect(await signing(provider, { kind: "refuse", at, code: "ENOSPC", lasts: true })).toMatchObject(SIGNED);
    }, 120_000);
  },
);
