import { linkSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import { Killer, onlyKilled } from "./killer.ts";
import { makeWorld, openInstance, sandboxEnvironment, unchangedOriginals } from "./signing-world.ts";
import type { World } from "./signing-world.ts";

describe("a program that is killed", () => {
  let folder: string;
  let sandbox: Sandbox;
  let environment: SigningEnvironment;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-crash-"));
    sandbox = await startSandbox({ folder, autoApprove: true });
    environment = sandboxEnvironment(sandbox);
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  const signings = (): number => sandbox.control.itsme.sessions().filter(({ kind }) => kind === "signing").length;
  const verdictOf = async (world: World, name: string): Promise<string> =>
    (await verifyFile(join(world.folder, name), { trustAnchors: environment.trustAnchors })).verdict;

  const runKilledAt = async (world: World, at: number | string): Promise<Killer> => {
    const killer = new Killer(at);
    const first = openInstance(
      world,
      { ...environment, provider: killer.around(environment.provider, "provider") },
      { wrapJournal: (own) => killer.around(own, "journal"), wrapSteps: (own) => killer.around(own, "steps") },
    );
    await first.sign().catch(onlyKilled);
    first.close();
    return killer;
  };

  test("at any moment loses no approval, asks nobody twice, delivers everything once, and leaves nothing behind", async () => {
    const whole = await runKilledAt(await makeWorld(["a.pdf", "b.pdf"]), Number.POSITIVE_INFINITY);
    // Journal, provider and disk take turns; fewer moments would mean that the wrapping does not work.
    expect(whole.moments.length).toBeGreaterThan(40);
    const bad: unknown[] = [];
    for (let at = 1; at <= whole.moments.length; at += 1) {
      const world = await makeWorld(["a.pdf", "b.pdf"]);
      const before = signings();
      const killer = await runKilledAt(world, at);
      const second = openInstance(world, environment, { owner: 2 });
      const [found] = second.journal.unfinished();
      const asked = found !== undefined && ["sign-poll", "delivered"].includes(found.state.step);
      await second.resume();
      const left = second.journal.unfinished().length;
      second.close();
      const made = await world.made();
      const begun = killer.moments.includes("after journal.begin");
      const good =
        left === 0 &&
        (await unchangedOriginals(world)) &&
        made.join() === (begun ? "a-signed.pdf,b-signed.pdf" : "") &&
        // Before the session was in the journal nobody can have seen its page; after that there is no second one.
        signings() - before <= (asked ? 1 : 2);
      const verdicts = await Promise.all(made.map((name) => verdictOf(world, name)));
      if (!good || verdicts.some((verdict) => verdict !== "TOTAL-PASSED")) {
        bad.push({ at, moment: killer.moments.at(-1), left, made, verdicts, asked, signings: signings() - before });
      }
    }
    expect(bad).toEqual([]);
  }, 180_000);

  test("a second time while it finishes the first run still delivers everything once", async () => {
    const names = ["a.pdf"];
    const whole = await runKilledAt(await makeWorld(names), Number.POSITIVE_INFINITY);
    const afterwards = whole.moments.slice(whole.moments.indexOf("after journal.storeValues") + 1);
    for (const again of new Set(afterwards)) {
      const world = await makeWorld(names);
      await runKilledAt(world, "after journal.storeValues");
      const killer = new Killer(again);
      const second = openInstance(
        world,
        { ...environment, provider: killer.around(environment.provider, "provider") },
        {
          owner: 2,
          wrapJournal: (own) => killer.around(own, "journal"),
          wrapSteps: (own) => killer.around(own, "steps"),
        },
      );
      await second.resume().catch(onlyKilled);
      second.close();
      const third = openInstance(world, environment, { owner: 3 });
      await third.resume();
      expect(third.journal.unfinished()).toEqual([]);
      third.close();
      expect(await world.made()).toEqual(["a-signed.pdf"]);
    }
  }, 60_000);

  test("between the two names of the delivered file keeps one of them", async () => {
    const world = await makeWorld(["a.pdf"]);
    await runKilledAt(world, "after journal.storeOutputPath");
    const [part = ""] = await world.made();
    linkSync(join(world.folder, part), join(world.folder, "a-signed.pdf"));
    const second = openInstance(world, environment, { owner: 2 });
    await second.resume();
    second.close();
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    expect(await verdictOf(world, "a-signed.pdf")).toBe("TOTAL-PASSED");
  });

  test("with the name reserved where there are no hard links uses its own reservation", async () => {
    const world = await makeWorld(["a.pdf"]);
    await runKilledAt(world, "after journal.storeOutputPath");
    await writeFile(join(world.folder, "a-signed.pdf"), "");
    const second = openInstance(world, environment, { owner: 2 });
    await second.resume();
    second.close();
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    expect(await verdictOf(world, "a-signed.pdf")).toBe("TOTAL-PASSED");
  });
});
