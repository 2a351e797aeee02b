import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { test as base, chromium } from "@playwright/test";
import type {
  Browser,
  Page,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from "@playwright/test";
import { findChromium } from "../../../tools/electron-stand-in/chromium/find-chromium.ts";
import { installFakeBridge } from "../../harness/renderer/fake-bridge.ts";
import type { BridgeScript, FakeControls } from "../../harness/renderer/fake-bridge.ts";
import { serveWindow } from "../../harness/renderer/serve-window.ts";
import type { WindowServer } from "../../harness/renderer/serve-window.ts";

const root = path.join(import.meta.dirname, "..", "..", "..");
const built = path.join(root, "dist", "renderer");
const sample = path.join(root, "build", "assets", "sample-contract.pdf");

export interface OpenedWindow {
  readonly page: Page;
  /** Errors and warnings of the console, refusals of the content security policy among them. */
  readonly problems: readonly string[];
}

interface WindowFixtures {
  /** Opens the built window against a fake bridge that plays the script, under the product's content security policy. */
  readonly openWindow: (script: BridgeScript) => Promise<OpenedWindow>;
  /** Bytes of the sample contract (three A4 pages). */
  readonly sampleSize: number;
}

interface WindowWorker {
  readonly windowBrowser: Browser;
  readonly windowServer: WindowServer;
}

/** The window without the program behind it: its own behaviour, quickly and in any browser of Electron's kind. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & WindowFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WindowWorker
> = base.extend<WindowFixtures, WindowWorker>({
  windowBrowser: [
    // Playwright reads a fixture's needs from the pattern of its first argument.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const executablePath = findChromium({ env: process.env, platform: process.platform, exists: existsSync });
      if (executablePath === undefined) throw new Error("no Chromium was found; set SEALDESK_CHROMIUM");
      const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  windowServer: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await serveWindow(built, { sample });
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  // oxlint-disable-next-line no-empty-pattern
  sampleSize: async ({}, use) => {
    await use((await stat(sample)).size);
  },
  openWindow: async ({ windowBrowser, windowServer }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (script) => {
      const context = await windowBrowser.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: "reduce",
      });
      contexts.push(context);
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
      });
      page.on("pageerror", (error) => problems.push(String(error)));
      await page.addInitScript(installFakeBridge, script);
      await page.goto(windowServer.url);
      return { page, problems };
    });
    for (const context of contexts) await context.close();
  },
});

interface FakeWindow {
  readonly fakeBridge: FakeControls;
}

/** What the window has asked main for, by name, oldest first. */
export async function callsOf(page: Page, name: string): Promise<readonly unknown[]> {
  return await page.evaluate(
    (wanted) =>
      (globalThis as unknown as FakeWindow).fakeBridge.calls
        .filter((call) => call.name === wanted)
        .map((call) => call.argument),
    name,
  );
}

export async function changeState(page: Page, slices: Parameters<FakeControls["change"]>[0]): Promise<void> {
  await page.evaluate((changed) => (globalThis as unknown as FakeWindow).fakeBridge.change(changed), slices);
}

export async function clickMenu(page: Page, command: string): Promise<void> {
  await page.evaluate((invoked) => (globalThis as unknown as FakeWindow).fakeBridge.menu(invoked), command);
}
