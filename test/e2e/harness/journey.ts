import { cp, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  ElectronApplication,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from "@playwright/test";
import { announceSandbox } from "../../../sandbox/running-sandbox.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import { Person } from "../../../tools/demo/person.ts";
import { firstDocument, test as base } from "../electron-fixture.ts";
import type { Fixtures, Launch, Options } from "../electron-fixture.ts";

export interface JourneyOptions {
  /** "test": this process runs the sandbox, so that it outlives the program and can be spoilt. "program": as at home. */
  readonly sandboxIn: "test" | "program";
}

export interface JourneyFixtures {
  /** The folder that the person keeps documents in. */
  readonly folder: string;
  readonly practice: Sandbox | null;
  /** The sandbox of this test; only with `sandboxIn: "test"`. */
  readonly sandbox: Sandbox;
  readonly person: Person;
  /** Starts the program again, as after a crash, and resolves to the person in front of it. */
  readonly startAgain: () => Promise<Person>;
}

interface JourneyWorkerFixtures {
  /** A practice folder whose keys are made already: making them costs seconds. */
  readonly madeBefore: string;
}

/** Where a program started with this user data keeps its sandbox. */
const practiceFolder = (userData: string): string => join(userData, "practice");

/**
 * The program as a person meets it, with the practice sandbox behind it: `person` in front of the running program,
 * `folder` with the documents, `sandbox` with the other end of the line.
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures & Options & JourneyFixtures & JourneyOptions,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & JourneyWorkerFixtures
> = base.extend<
  JourneyFixtures & JourneyOptions & { readonly start: Launch; readonly app: ElectronApplication },
  JourneyWorkerFixtures
>({
  sandboxIn: ["test", { option: true }],

  madeBefore: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const folder = await temporaryFolder("sealdesk-pki-");
      const sandbox = await startSandbox({ folder });
      await sandbox.close();
      await use(folder);
      await removeFolder(folder);
    },
    { scope: "worker" },
  ],

  // oxlint-disable-next-line no-empty-pattern -- see above
  folder: async ({}, use) => {
    const folder = await temporaryFolder("sealdesk-documents-");
    await use(folder);
    await removeFolder(folder);
  },

  practice: async ({ userData, madeBefore, sandboxIn }, use) => {
    const folder = practiceFolder(userData);
    await mkdir(folder, { recursive: true });
    await cp(join(madeBefore, "pki"), join(folder, "pki"), { recursive: true });
    if (sandboxIn === "program") {
      await use(null);
      return;
    }
    const sandbox = await startSandbox({ folder });
    await announceSandbox(sandbox, process.pid);
    await use(sandbox);
    await sandbox.close();
  },

  sandbox: async ({ practice }, use) => {
    if (practice === null) {
      throw new Error("the program runs this test's sandbox itself");
    }
    await use(practice);
  },

  app: async ({ start, practice: _startedBefore }, use) => {
    await use(await start());
  },

  person: async ({ app, win }, use) => {
    await use(new Person(app, win));
  },

  startAgain: async ({ start }, use) => {
    await use(async () => {
      const app = await start();
      return new Person(app, await firstDocument(app));
    });
  },
});

async function temporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(await realpath(tmpdir()), name));
}

function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

export { expect } from "@playwright/test";
