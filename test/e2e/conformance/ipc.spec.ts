import { expect, received, sharedTest as test } from "./conformance.ts";

test("every type of structured clone comes back as it was sent", async ({ shared: { win } }) => {
  expect(await win.evaluate(() => window.bridge.sampleNames)).toHaveLength(20);
  expect(await win.evaluate(() => window.bridge.roundTrip())).toEqual([]);
});

test("main receives typed arrays, dates and errors as what they are", async ({ shared: { win } }) => {
  const tags = await win.evaluate(() =>
    Promise.all(
      [new Uint8Array(3), new Date(0), new Map(), new Error("x"), 1n].map((value) =>
        window.bridge.invoke("describe", value),
      ),
    ),
  );
  expect(tags).toEqual(["[object Uint8Array]", "[object Date]", "[object Map]", "[object Error]", "[object BigInt]"]);
});

test("a handler's error reaches the page as Electron words it", async ({ shared: { win } }) => {
  expect(await win.evaluate(() => window.bridge.failureOf("fail"))).toEqual({
    isError: true,
    message: "Error invoking remote method 'fail': RangeError: refused by main",
  });
  expect(await win.evaluate(() => window.bridge.failureOf("nobody"))).toEqual({
    isError: true,
    message: "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
  });
});

test("what cannot be cloned is refused on both sides", async ({ shared: { win } }) => {
  expect(await win.evaluate(() => window.bridge.failWithFunction())).toMatchObject({
    isError: true,
    message: expect.stringContaining("could not be cloned"),
  });
  expect(await win.evaluate(() => window.bridge.failureOf("function"))).toMatchObject({
    message: expect.stringContaining("could not be cloned"),
  });
});

test("large buffers travel in both directions", async ({ shared: { win } }) => {
  const [length, first, last] = await win.evaluate(async () => {
    const bytes = (await window.bridge.invoke("zeros", 3_000_000)) as Uint8Array;
    return [bytes.byteLength, bytes[0], bytes.at(-1)];
  });
  expect([length, first, last]).toEqual([3_000_000, 7, 7]);
  const counted = await win.evaluate(() => window.bridge.invoke("count", new Uint8Array(1_000_000).fill(3)));
  expect(counted).toEqual([1_000_000, 3, 3]);
});

test("messages arrive in the order in which they were sent, large ones among small ones", async ({
  shared: { win },
}) => {
  const seen = await win.evaluate(() => window.bridge.streamOrder(10, 200_000));
  expect(seen).toEqual(Array.from({ length: 10 }, (_, index) => [index, index % 2 === 0 ? 200_000 : null]));
});

test("main knows the frame that sent a message, from the first line of the preload on", async ({
  shared: { app, win },
}) => {
  const sender = await win.evaluate(() => window.bridge.invoke("sender"));
  expect(sender).toEqual({
    url: "app://conformance/",
    origin: "app://conformance",
    isMainFrame: true,
    contents: expect.any(Number),
  });
  expect(await received(app)).toContainEqual(["early", "app://conformance/"]);
});

test("handlers of a web contents come before the global ones, and are its own", async ({ shared: { app, win } }) => {
  expect(await win.evaluate(() => window.bridge.invoke("global"))).toBe("answered by ipcMain");
  const message = await app.evaluate(async ({ BrowserWindow }) => {
    const { preload } = globalThis.conformance;
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await other.loadURL("app://conformance/");
    const answer = (await other.webContents.executeJavaScript("bridge.failureOf('echo', 1)")) as unknown;
    other.destroy();
    return answer;
  });
  expect(message).toMatchObject({ message: expect.stringContaining("No handler registered for 'echo'") });
});

test("messages of main reach only those who listen", async ({ shared: { app, win } }) => {
  await win.evaluate(() => {
    const stop = window.bridge.subscribe("tick", (value) => {
      window.bridge.send("note", "heard", value);
      stop();
    });
  });
  await app.evaluate(() => {
    globalThis.conformance.window.webContents.send("tick", { n: 1 });
    globalThis.conformance.window.webContents.send("tick", { n: 2 });
  });
  await win.evaluate(() => window.bridge.invoke("echo", "a round trip, so that both have been heard"));
  expect((await received(app)).filter(([kind]) => kind === "note")).toEqual([["note", "heard", { n: 1 }]]);
});
