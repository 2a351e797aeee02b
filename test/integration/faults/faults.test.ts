import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { announceSandbox } from "../../../sandbox/running-sandbox.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import { tryFault } from "../../faults/one-fault.ts";

// `npm run test:faults` tries every place; these are the ones where an approval is most easily lost.
const PLACES: readonly [string, RegExp][] = [
  ["the row that has the approval is written", /^database: UPDATE signing_item SET (?:value|returned)/u],
  ["the result gets its name", /^file: link/u],
  ["the row that says it was delivered is written", /^database: UPDATE signing_item SET phase = 'delivered'/u],
];

describe.skipIf(process.platform === "win32").each(["itsme", "idnow"] as const)("a run with %s", (provider) => {
  let folder: string;
  let sandbox: Sandbox;
  let places: readonly string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-faults-"));
    sandbox = await startSandbox({ folder });
    await announceSandbox(sandbox, process.pid);
    ({ places } = await tryFault(sandbox, provider, null));
  }, 60_000);
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(PLACES)("loses nothing when it is killed before or after %s", async (_what, place) => {
    const at = places.findIndex((label) => place.test(label)) + 1;
    expect(at, `no such place among ${places.join("\n")}`).toBeGreaterThan(0);
    for (const when of ["before", "after"] as const) {
      expect(await tryFault(sandbox, provider, { kind: "kill", at, when })).toMatchObject({
        words: "signed",
        wrong: [],
      });
    }
  });

  test("loses nothing when the disk is full from the moment on when the approval is to be written", async () => {
    const at = places.findIndex((label) => PLACES[0]?.[1].test(label)) + 1;
    const fault = { kind: "refuse", at, code: "ENOSPC", lasts: true } as const;
    expect(await tryFault(sandbox, provider, fault)).toMatchObject({ words: "signed", wrong: [] });
  });
});
