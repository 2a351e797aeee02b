import { expect, sharedTest as test } from "./conformance.ts";

test("a range request gets status 206 and exactly those bytes", async ({ shared: { win } }) => {
  const part = await win.evaluate(async () => {
    const response = await fetch("/bytes", { headers: { range: "bytes=100-109" } });
    const bytes = [...new Uint8Array(await response.arrayBuffer())];
    return { status: response.status, range: response.headers.get("content-range"), bytes };
  });
  expect(part).toEqual({
    status: 206,
    range: "bytes 100-109/1000",
    bytes: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109],
  });
  const whole = await win.evaluate(async () => (await (await fetch("/bytes")).arrayBuffer()).byteLength);
  expect(whole).toBe(1000);
});

test("the handler sees the app's own address, the method and the body", async ({ shared: { win } }) => {
  const seen = await win.evaluate(
    async () => (await fetch("/url?q=1", { method: "POST", body: "text" })).json() as unknown,
  );
  expect(seen).toEqual({ url: "app://conformance/url?q=1", method: "POST", body: "text" });
});

test("main sees the window at the app's own address", async ({ shared: { app, win } }) => {
  const seenByMain = (): Promise<string> => app.evaluate(() => globalThis.conformance.window.webContents.getURL());
  await win.evaluate(() => history.replaceState(null, "", "/?later#part"));
  await expect.poll(seenByMain).toBe("app://conformance/?later#part");
  await win.evaluate(() => history.replaceState(null, "", "/"));
  await expect.poll(seenByMain).toBe("app://conformance/");
});

test("the Content-Security-Policy of the handler's response is enforced", async ({ shared: { app } }) => {
  const [win] = await Promise.all([
    app.waitForEvent("window"),
    app.evaluate(({ BrowserWindow }) => new BrowserWindow({ show: false }).loadURL("app://conformance/inline")),
  ]);
  await win.waitForFunction(() => window.pageScriptRan === true);
  expect(await win.evaluate(() => window.inlineRan)).toBeUndefined();
  const refused = await win.evaluate(async () => {
    const violated = new Promise<string>((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
    });
    const failed = fetch("https://elsewhere.invalid/").then(
      () => false,
      () => true,
    );
    return [await violated, await failed];
  });
  expect(refused).toEqual(["connect-src", true]);
});

test("an address of the scheme that nobody answers is an error, and nothing else is asked", async ({
  shared: { app, win },
}) => {
  expect(await win.evaluate(async () => (await fetch("/missing")).status)).toBe(404);
  const failure = await app.evaluate(async ({ BrowserWindow, session }) => {
    const other = new BrowserWindow({ show: false, webPreferences: { session: session.fromPartition("no-handler") } });
    const outcome = await other.loadURL("app://conformance/").then(
      () => "loaded",
      (error: { code: string }) => error.code,
    );
    other.destroy();
    return outcome;
  });
  expect(failure).toMatch(/^ERR_/);
});
