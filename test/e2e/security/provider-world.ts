import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { ElectronApplication, Page } from "@playwright/test";
import type { ProviderPagePolicy } from "../../../electron/providers/provider.ts";
import { launchProgram, test as base } from "../electron-fixture.ts";
import { makeTlsIdentity } from "../harness/tls-identity.ts";
import { startHostile } from "./hostile-server.ts";
import type { HostileServer } from "./hostile-server.ts";

export { expect };

/** No such host exists (RFC 6761 6.4), and none must ever be looked up. */
export const RETURN = "https://return.invalid/done?state=right";

/** The provider pages' program, and servers around it. */
export interface World {
  readonly app: ElectronApplication;
  /** The provider that the policy names. */
  readonly provider: HostileServer;
  /** Somebody else, with a certificate that would be accepted. */
  readonly elsewhere: HostileServer;
  /** Somebody whose certificate nobody knows. */
  readonly unknown: HostileServer;
  readonly plain: HostileServer;
  /** Opens a page of the provider, or an address of any kind; the policy can be another one. */
  readonly open: (address: string, policy?: Partial<ProviderPagePolicy>) => Promise<Page>;
  /** Opens a page that is expected to come to nothing. */
  readonly tryToOpen: (address: string, policy?: Partial<ProviderPagePolicy>) => Promise<void>;
  /** What the program was told since it was asked last. */
  readonly told: () => Promise<readonly string[]>;
  readonly windows: () => Promise<number>;
}

/** One program for all tests of a file; every page that a test has opened is closed after it. */
export const test = base.extend<{ readonly tidy: undefined }, { readonly world: World }>({
  world: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const userData = await mkdtemp(join(tmpdir(), "sealdesk-e2e-"));
      const known = makeTlsIdentity("127.0.0.1", "Practice Root");
      const [provider, elsewhere, unknown, plain] = await Promise.all([
        startHostile(known),
        startHostile(known),
        startHostile(makeTlsIdentity("127.0.0.1", "Unknown Root")),
        startHostile(null),
      ]);
      // Without a camera and a microphone Chromium would say that there are none, and not ask for permission.
      const args = ["--use-fake-device-for-media-stream"];
      const app = await launchProgram({ appFolder: "test/e2e/security/provider-app", args, env: {} }, userData);
      await app.firstWindow();
      let pages = 0;
      await app.evaluate((_electron, ca) => void (globalThis.providerApp.ca = ca), known.root);
      const policyOf = (change: Partial<ProviderPagePolicy> = {}): ProviderPagePolicy => ({
        allowedOrigins: [provider.origin],
        returnUrl: RETURN,
        permissions: [],
        timeLimitMilliseconds: 60_000,
        ...change,
      });
      const tryToOpen: World["tryToOpen"] = (address, change) =>
        app.evaluate((_electron, page) => void globalThis.providerApp.open(page), {
          url: address.startsWith("/") ? provider.origin + address : address,
          policy: policyOf(change),
        });
      await use({
        app,
        provider,
        elsewhere,
        unknown,
        plain,
        tryToOpen,
        open: async (address, change) => {
          // Windows of other attempts may come late: the page is known by its own mark.
          const mark = `mark=${(pages += 1)}`;
          await tryToOpen(`${address}${address.includes("?") ? "&" : "?"}${mark}`, change);
          const isMine = (page: Page): boolean => page.url().startsWith("https:") && page.url().includes(mark);
          await expect.poll(() => app.windows().some(isMine)).toBe(true);
          const page = app.windows().find(isMine);
          if (page === undefined) throw new Error(`no page of ${address}`);
          return page;
        },
        told: () => app.evaluate(() => globalThis.providerApp.told.splice(0)),
        windows: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
      });
      await app.close();
      await Promise.all([provider, elsewhere, unknown, plain].map((server) => server.close()));
      await rm(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
    { scope: "worker" },
  ],
  tidy: [
    async ({ world }, use) => {
      await use(undefined);
      await world.app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows().slice(1)) window.destroy();
        globalThis.providerApp.told.splice(0);
      });
      for (const server of [world.provider, world.elsewhere, world.unknown, world.plain]) server.requests.splice(0);
    },
    { auto: true },
  ],
});
