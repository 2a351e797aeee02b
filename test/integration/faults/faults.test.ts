import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { announceSandbox } from "../../../sandbox/running-sandbox.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import type { Place } from "../../faults/fault.ts";
import { tryFault } from "../../faults/one-fault.ts";

// `npm run test:faults` tries every place; these are the ones where an approval is most easily lost.
const APPROVED = /^database: UPDATE signing_(?:item SET (?:value|returned|evidence)|transaction SET evidence)/u;
const NAMED = /^file: (?:link|rename)/u;

describe.skipIf(process.platform === "win32").each(["itsme", "idnow", "bankid"] as const)(
  "a run with %s",
  (provider) => {
    let folder: string;
    let sandbox: Sandbox;
    let places: readonly string[] = [];
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "sealdesk-faults-"));
      sandbox = await startSandbox({ folder });
      await announceSandbox(sandbox, process.pid);
      ({ places } = await tryFault(sandbox, provider, null));
    }, 120_000);
    afterAll(async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    });

    const placeOf = (pattern: RegExp): Place => {
      const label = places.find((one) => pattern.test(one));
      if (label === undefined) throw new Error(`no such place among\n${places.join("\n")}`);
      return { label, nth: 1 };
    };

    test("loses nothing when it is killed after the row that has the approval was written", async () => {
      const fault = { kind: "kill", at: placeOf(APPROVED), when: "after" } as const;
      expect(await tryFault(sandbox, provider, fault)).toMatchObject({ words: "signed", wrong: [] });
    }, 120_000);

    test("loses nothing when it is killed before the result gets its name", async () => {
      const fault = { kind: "kill", at: placeOf(NAMED), when: "before" } as const;
      expect(await tryFault(sandbox, provider, fault)).toMatchObject({ words: "signed", wrong: [] });
    }, 120_000);

    test("loses nothing when the disk is full from the moment on when the approval is to be written", async () => {
      const fault = { kind: "refuse", at: placeOf(APPROVED), code: "ENOSPC", lasts: true } as const;
      expect(await tryFault(sandbox, provider, fault)).toMatchObject({ words: "signed", wrong: [] });
    }, 120_000);
  },
);
