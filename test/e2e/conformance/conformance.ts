import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { firstDocument, launchProgram, test as base } from "../electron-fixture.ts";
import type { LaunchOptions } from "../electron-fixture.ts";

export { expect, firstDocument, onStandIn } from "../electron-fixture.ts";

const CONFORMANCE: LaunchOptions = { appFolder: "test/e2e/conformance/app", args: [], env: {} };

/** The end-to-end fixture with the small program of this folder. */
export const test: typeof base = base.extend({ launch: CONFORMANCE });

/** One running program for many tests that leave it as they found it. */
export interface Shared {
  readonly app: ElectronApplication;
  readonly win: Page;
}

/** For tests that only ask: they share a program, which saves most of their time. */
export const sharedTest = base.extend<object, { readonly shared: Shared }>({
  shared: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const userData = await mkdtemp(join(tmpdir(), "sealdesk-e2e-"));
      const app = await launchProgram(CONFORMANCE, userData);
      await use({ app, win: await firstDocument(app) });
      await app.close();
      await rm(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
    { scope: "worker" },
  ],
});

/** What the conformance program's bridge offers to its page. */
export interface Bridge {
  readonly sampleNames: readonly string[];
  readonly sandboxed: boolean;
  readonly isolated: boolean;
  roundTrip(): Promise<readonly string[]>;
  failureOf(channel: string, ...values: unknown[]): Promise<unknown>;
  failWithFunction(): Promise<unknown>;
  streamOrder(count: number, length: number): Promise<readonly (readonly [number, number | null])[]>;
  exposeTwice(): string;
  invoke(channel: string, ...values: unknown[]): Promise<unknown>;
  send(channel: string, ...values: unknown[]): void;
  subscribe(channel: string, listener: (...values: unknown[]) => void): () => void;
  pathOf(file: File): Promise<readonly unknown[]>;
  readonly nested: {
    add(a: number, b: number): number;
    fail(): void;
    later<T>(value: T): Promise<T>;
    reject(): Promise<void>;
    callBack(callback: (value: number) => number): number;
    readonly list: readonly { readonly value: number }[];
  };
}

declare global {
  interface Window {
    readonly bridge: Bridge;
    readonly inlineRan?: boolean;
    readonly pageScriptRan?: boolean;
  }
  // oxlint-disable-next-line no-var -- a global variable of the main process can only be declared so.
  var conformance: {
    readonly received: readonly (readonly unknown[])[];
    readonly secondInstances: readonly (readonly string[])[];
    readonly createdContents: number;
    readonly preload: string;
    readonly window: Electron.BrowserWindow;
  };
}

/** What the program's main process has noted so far. */
export function received(app: ElectronApplication): Promise<readonly (readonly unknown[])[]> {
  return app.evaluate(() => globalThis.conformance.received);
}
