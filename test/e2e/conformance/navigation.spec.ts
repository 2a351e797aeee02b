import type { ElectronApplication, Page } from "@playwright/test";
import { test as base, expect, received } from "./conformance.ts";
import { startPlain } from "./loopback.ts";
import type { Loopback } from "./loopback.ts";

/** The address to which a provider sends the person back. No such host exists, and none must ever be looked up. */
const RETURN = "https://return.invalid/done";

const test = base.extend<{ readonly server: Loopback }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  server: async ({}, use) => {
    const server = await startPlain();
    await use(server);
    await server.close();
  },
});

declare global {
  // oxlint-disable-next-line no-var -- a global variable of the main process can only be declared so.
  var caught: [string, string][];
}

/** Opens an isolated window on `url` that notes every event about the return address, and stops it as told. */
async function openProvider(
  app: ElectronApplication,
  url: string,
  stopIn: "events" | "onBeforeRequest",
): Promise<Page> {
  const window = app.waitForEvent("window");
  await app.evaluate(
    async ({ BrowserWindow, session }, [start, stop, returnAddress]) => {
      globalThis.caught = [];
      const isolated = session.fromPartition(`provider-${Math.random()}`);
      const provider = new BrowserWindow({ show: false, webPreferences: { session: isolated, sandbox: true } });
      const watch = (name: string) => (event: { url: string; preventDefault: () => void }) => {
        if (!event.url.startsWith(returnAddress)) return;
        globalThis.caught.push([name, event.url]);
        if (stop === "events") event.preventDefault();
      };
      provider.webContents.on("will-redirect", watch("will-redirect"));
      provider.webContents.on("will-navigate", watch("will-navigate"));
      provider.webContents.on("will-frame-navigate", watch("will-frame-navigate"));
      provider.webContents.setWindowOpenHandler((details) => {
        globalThis.caught.push(["window-open", details.url]);
        return { action: "deny" };
      });
      isolated.webRequest.onBeforeRequest((details, callback) => {
        const returning = details.url.startsWith(returnAddress);
        const body = Buffer.concat((details.uploadData ?? []).map(({ bytes }) => bytes)).toString();
        if (returning) globalThis.caught.push(["onBeforeRequest", `${details.method} ${details.url} ${body}`.trim()]);
        callback({ cancel: returning });
      });
      await provider.loadURL(start).catch((error: { code: string }) => globalThis.caught.push(["loadURL", error.code]));
    },
    [url, stopIn, RETURN] as const,
  );
  return window;
}

const caught = (app: ElectronApplication): Promise<[string, string][]> => app.evaluate(() => globalThis.caught);

test("a redirect of the first load is announced, stopped, and never followed", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  await openProvider(app, `${server.origin}/two-steps?return=${encodeURIComponent(RETURN)}`, "events");
  expect(await caught(app)).toEqual([
    ["will-redirect", `${RETURN}?code=redirect`],
    ["loadURL", "ERR_ABORTED"],
  ]);
});

test("a link and a script that lead away are announced by will-navigate and stopped", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  const page = await openProvider(app, `${server.origin}/links?return=${encodeURIComponent(RETURN)}`, "events");
  await page.locator("#link").click();
  await expect.poll(() => caught(app)).toEqual([["will-frame-navigate", `${RETURN}?code=link`]]);
  await page.evaluate((address) => {
    location.href = `${address}?code=script`;
  }, RETURN);
  await expect.poll(() => caught(app)).toHaveLength(2);
  expect(new URL(page.url()).pathname).toBe("/links");
});

test("will-navigate comes after will-frame-navigate when nobody stops it", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  const page = await openProvider(
    app,
    `${server.origin}/links?return=${encodeURIComponent(RETURN)}`,
    "onBeforeRequest",
  );
  await page.locator("#link").click();
  await expect
    .poll(() => caught(app))
    .toEqual([
      ["will-frame-navigate", `${RETURN}?code=link`],
      ["will-navigate", `${RETURN}?code=link`],
      ["onBeforeRequest", `GET ${RETURN}?code=link`],
    ]);
});

test("a posted form can be read in onBeforeRequest, which cancels it", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  const page = await openProvider(app, `${server.origin}/form?return=${encodeURIComponent(RETURN)}`, "onBeforeRequest");
  await page.getByRole("button").click();
  await expect.poll(() => caught(app)).toContainEqual(["onBeforeRequest", `POST ${RETURN} code=form`]);
});

test("a redirect that passes the events is still cancelled by onBeforeRequest", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  await openProvider(app, `${server.origin}/redirect?return=${encodeURIComponent(RETURN)}`, "onBeforeRequest");
  expect(await caught(app)).toEqual([
    ["will-redirect", `${RETURN}?code=redirect`],
    ["onBeforeRequest", `GET ${RETURN}?code=redirect`],
    ["loadURL", "ERR_BLOCKED_BY_CLIENT"],
  ]);
});

test("a sub-frame's navigation is announced as one of a frame", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  await openProvider(app, `${server.origin}/frame?return=${encodeURIComponent(RETURN)}`, "events");
  await expect.poll(() => caught(app)).toEqual([["will-frame-navigate", RETURN]]);
});

test("window.open is denied, and answers null", async ({ app, win }) => {
  expect(await win.evaluate(() => window.open("https://elsewhere.invalid/", "x", "width=100"))).toBeNull();
  await expect.poll(() => received(app)).toContainEqual(["window-open", "https://elsewhere.invalid/"]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("a link to a new window is denied before anything is asked of the server", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  const page = await openProvider(app, `${server.origin}/links?return=${encodeURIComponent(RETURN)}`, "events");
  await page.locator("#popup").click();
  await expect.poll(() => caught(app)).toEqual([["window-open", `${server.origin}/popup`]]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
  expect(server.requests.filter((line) => line.includes("popup"))).toEqual([]);
});

test("the app's own window cannot be led away", async ({ app, win }) => {
  await win.evaluate(() => {
    location.href = "https://elsewhere.invalid/";
  });
  await expect.poll(() => received(app)).toContainEqual(["will-navigate", "https://elsewhere.invalid/"]);
  expect(await win.evaluate(() => typeof window.bridge)).toBe("object");
});

test("a page that cannot reach its server any more is reported as a failed load", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  const page = await openProvider(
    app,
    `${server.origin}/links?return=${encodeURIComponent(`${server.origin}/next`)}`,
    "events",
  );
  await server.close();
  await app.evaluate(({ webContents }) => {
    const provider = webContents.getAllWebContents().find((contents) => contents.getURL().includes("/links"));
    provider?.on("did-fail-load", (_event, code, description) => globalThis.caught.push([description, String(code)]));
  });
  await page.locator("#link").click({ noWaitAfter: true });
  await expect.poll(() => caught(app)).toContainEqual(["ERR_CONNECTION_REFUSED", "-102"]);
});

test("a load that fails rejects with Chromium's name and number, and is reported", async ({ app, win, server }) => {
  await expect(win).toHaveTitle("Conformance");
  await server.close();
  const failure = await app.evaluate(async ({ BrowserWindow }, url) => {
    const window = new BrowserWindow({ show: false });
    const reported: unknown[] = [];
    window.webContents.on("did-fail-load", (_event, code, description) => reported.push([code, description]));
    return window.loadURL(url).then(
      () => "loaded",
      (error: { code: string; errno: number }) => ({ code: error.code, errno: error.errno, reported }),
    );
  }, `${server.origin}/`);
  expect(failure).toEqual({
    code: "ERR_CONNECTION_REFUSED",
    errno: -102,
    reported: [[-102, "ERR_CONNECTION_REFUSED"]],
  });
});
