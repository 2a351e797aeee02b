import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, firstDocument, test } from "./conformance.ts";

const appFolder = join(import.meta.dirname, "app");

test("a second instance tells the first and ends", async ({ app, win, userData }) => {
  await expect(win).toHaveTitle("Conformance");
  // The executable that the fixture has started, too; asked for here, because Electron's package may download it.
  const electron = createRequire(import.meta.url)("electron") as unknown as string;
  const second = spawn(electron, [appFolder, `--user-data-dir=${userData}`, ...rootSwitches(), "a document.pdf"]);
  const [status] = (await once(second, "exit")) as [number];
  expect(status).toBe(0);
  await expect.poll(() => app.evaluate(() => globalThis.conformance.secondInstances.length)).toBe(1);
  const argv = await app.evaluate(() => globalThis.conformance.secondInstances[0]);
  expect(argv).toContain("a document.pdf");
});

test("closing the last window ends the program when it says so", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const ended = once(app.process(), "exit");
  await app.evaluate(() => globalThis.conformance.window.close());
  expect((await ended)[0]).toBe(0);
});

test("closing and quitting can be prevented", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const open = await app.evaluate(({ app: program }) => {
    const { window } = globalThis.conformance;
    window.once("close", (event) => event.preventDefault());
    window.close();
    window.once("close", (event) => event.preventDefault());
    program.quit();
    program.once("before-quit", (event) => event.preventDefault());
    program.quit();
    return !window.isDestroyed();
  });
  expect(open).toBe(true);
  await expect(win).toHaveTitle("Conformance");
});

test("windows have their own life: children close with their parent, and say so", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const events = await app.evaluate(async ({ BrowserWindow }) => {
    const seen: string[] = [];
    const parent = new BrowserWindow({ show: false, title: "parent" });
    const child = new BrowserWindow({ show: false, parent });
    parent.on("closed", () => seen.push("parent closed"));
    child.on("closed", () => seen.push("child closed"));
    await Promise.all([parent.loadURL("about:blank"), child.loadURL("about:blank")]);
    seen.push(String(child.getParentWindow() === parent), parent.getTitle());
    parent.destroy();
    seen.push(String(parent.isDestroyed()), String(BrowserWindow.getAllWindows().length));
    return seen;
  });
  expect(events.slice(0, 2)).toEqual(["true", "parent"]);
  expect(events.slice(2).sort()).toEqual(["1", "child closed", "parent closed", "true"]);
});

test("a killed program can be started again with the same user data", async ({ start }) => {
  const first = await start();
  await firstDocument(first);
  const ended = once(first.process(), "exit");
  first.process().kill("SIGKILL");
  await ended;
  const second = await start();
  expect(await (await firstDocument(second)).title()).toBe("Conformance");
});

/** Chromium's sandbox refuses to run as root, where real Electron has to be told. */
function rootSwitches(): readonly string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

test("a page that does not want to be left stays, unless the app says that it is not heard", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  await win.evaluate(() => {
    addEventListener("beforeunload", (event) => event.preventDefault());
  });
  // Chromium hears only pages that were used.
  await win.mouse.click(5, 5);
  const asked = await app.evaluate(() => {
    const count = { asked: 0, ignore: false };
    globalThis.conformance.window.webContents.on("will-prevent-unload", (event) => {
      count.asked += 1;
      if (count.ignore) event.preventDefault();
    });
    Object.assign(globalThis, { unload: count });
    return count.asked;
  });
  expect(asked).toBe(0);
  const count = () => app.evaluate(() => (globalThis as unknown as { unload: { asked: number } }).unload.asked);
  await win.close({ runBeforeUnload: true });
  await expect.poll(count).toBe(1);
  expect(win.isClosed()).toBe(false);
  await app.evaluate(() => ((globalThis as unknown as { unload: { ignore: boolean } }).unload.ignore = true));
  const closed = win.waitForEvent("close");
  await win.close({ runBeforeUnload: true });
  await closed;
});

test("the preferences in force are told once a page is there", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const told = await app.evaluate(() => {
    // Every Electron has it; its typings do not.
    const contents = globalThis.conformance.window.webContents as unknown as {
      getLastWebPreferences(): Readonly<Record<string, unknown>> | null;
    };
    return contents.getLastWebPreferences();
  });
  expect(told).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  });
});
