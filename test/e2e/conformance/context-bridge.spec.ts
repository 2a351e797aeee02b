import { expect, sharedTest as test } from "./conformance.ts";

test("functions, nested objects and promises work across the bridge", async ({ shared: { win } }) => {
  expect(await win.evaluate(() => window.bridge.nested.add(2, 3))).toBe(5);
  expect(await win.evaluate(() => window.bridge.nested.list[0]?.value)).toBe(1);
  expect(await win.evaluate(async () => (await window.bridge.nested.later(new Map([[1, "x"]]))).get(1))).toBe("x");
  expect(await win.evaluate(() => window.bridge.nested.later("x") instanceof Promise)).toBe(true);
});

test("the page's callbacks can be called, and answer", async ({ shared: { win } }) => {
  expect(await win.evaluate(() => window.bridge.nested.callBack((value) => value * 2))).toBe(41);
});

test("errors cross with their message, as errors of the page's own world", async ({ shared: { win } }) => {
  const thrown = await win.evaluate(() => {
    try {
      window.bridge.nested.fail();
      return "nothing was thrown";
    } catch (error) {
      return { isError: error instanceof Error, message: (error as Error).message };
    }
  });
  expect(thrown).toEqual({ isError: true, message: "thrown in the preload" });
  const rejected = await win.evaluate(() =>
    window.bridge.nested.reject().then(
      () => "nothing was rejected",
      (error: unknown) => ({ isError: error instanceof Error, message: (error as Error).message }),
    ),
  );
  expect(rejected).toEqual({ isError: true, message: "rejected in the preload" });
});

test("the exposed object is frozen in depth and cannot be replaced", async ({ shared: { win } }) => {
  const frozen = await win.evaluate(() => [
    Object.isFrozen(window.bridge),
    Object.isFrozen(window.bridge.nested),
    Object.isFrozen(window.bridge.nested.list),
    Object.isFrozen(window.bridge.nested.list[0]),
  ]);
  expect(frozen).toEqual([true, true, true, true]);
  const kept = await win.evaluate(() => {
    const before = window.bridge;
    Reflect.set(window, "bridge", "replaced");
    return !Reflect.deleteProperty(window, "bridge") && window.bridge === before;
  });
  expect(kept).toBe(true);
  expect(await win.evaluate(() => window.bridge.exposeTwice())).toBe(
    "Cannot bind an API on top of an existing property on the window object",
  );
});

test("nothing of Node, of Electron or of the bridge's own means leaks into the page", async ({ shared: { win } }) => {
  const leaked = await win.evaluate(() => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const ordinary = new Set(Object.getOwnPropertyNames(frame.contentWindow ?? {}));
    frame.remove();
    return Object.getOwnPropertyNames(window).filter((name) => !ordinary.has(name) && !/^\d+$/.test(name));
  });
  // Playwright keeps a name of its own in the page.
  expect(leaked.filter((name) => !name.startsWith("__playwright"))).toEqual(["bridge", "pageScriptRan"]);
  const types = await win.evaluate(() => [
    typeof Reflect.get(window, "require"),
    typeof Reflect.get(window, "process"),
  ]);
  expect(types).toEqual(["undefined", "undefined"]);
});

test("the preload is sandboxed and isolated", async ({ shared: { win } }) => {
  expect(await win.evaluate(() => [window.bridge.sandboxed, window.bridge.isolated])).toEqual([true, true]);
});
