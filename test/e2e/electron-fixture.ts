import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, test as base } from "@playwright/test";
import type {
  ElectronApplication,
  Page,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from "@playwright/test";

/** How the program is started. A spec changes it with `test.use({ launch: … })`. */
export interface LaunchOptions {
  /** The app's folder, relative to the repository's root. */
  readonly appFolder: string;
  /** Arguments after the folder. */
  readonly args: readonly string[];
  /** Added to the environment of the test process. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the program (again) with the test's user data folder, so that a killed program's state is found again. */
export type Launch = (more?: Partial<LaunchOptions>) => Promise<ElectronApplication>;

export interface Options {
  readonly launch: LaunchOptions;
}

export interface Fixtures {
  readonly userData: string;
  readonly start: Launch;
  readonly app: ElectronApplication;
  readonly win: Page;
}

const root = join(import.meta.dirname, "..", "..");

/** Whether the specs run on the stand-in, and not on real Electron. */
export const onStandIn: boolean = (process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? "").includes("electron-stand-in");

/** Starts the program with this user data folder. */
export function launchProgram({ appFolder, args, env }: LaunchOptions, userData: string): Promise<ElectronApplication> {
  return _electron.launch({
    cwd: root,
    args: [join(root, appFolder), `--user-data-dir=${userData}`, ...args],
    env: environment(env),
  });
}

/** The program's first window, once its document is there. */
export async function firstDocument(app: ElectronApplication): Promise<Page> {
  const window = await app.firstWindow();
  // The window exists before its document; an evaluation in the empty one would be lost.
  await window.waitForURL((url) => !["about:", "data:"].includes(url.protocol));
  return window;
}

/** The environment of this process as Playwright wants it, without what is undefined. */
function environment(added: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(own), ...added };
}

/**
 * Playwright's test with the program. It is the same for the stand-in and for real Electron: `require("electron")`
 * decides, and it reads `ELECTRON_OVERRIDE_DIST_PATH`.
 *
 * - `app` is the running program, `win` its first window once the document is there;
 * - `start()` starts it again with the same user data, for tests that end or kill it;
 * - `userData` is the folder, removed after the test.
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures & Options,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = base.extend<Fixtures & Options>({
  launch: [{ appFolder: ".", args: [], env: {} }, { option: true }],

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  userData: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "sealdesk-e2e-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },

  start: async ({ launch, userData }, use) => {
    const started: ElectronApplication[] = [];
    await use(async (more) => {
      const app = await launchProgram({ ...launch, ...more }, userData);
      started.push(app);
      return app;
    });
    // A program that the test has ended has nothing left to close.
    for (const app of started) await app.close().catch(() => {});
  },

  app: async ({ start }, use) => {
    await use(await start());
  },

  win: async ({ app }, use) => {
    await use(await firstDocument(app));
  },
});

export { expect } from "@playwright/test";
