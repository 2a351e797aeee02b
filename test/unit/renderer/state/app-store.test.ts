import { expect, test } from "vitest";
import { createAppStore } from "../../../../renderer/state/app-store.ts";
import type { AppState } from "../../../../shared/app-state.ts";
import type { Bridge } from "../../../../shared/bridge.ts";
import { appState, documentView } from "../../../harness/renderer/scenarios.ts";

function fakeBridge(first: unknown) {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  let changed: (slices: Partial<AppState>) => void = () => {};
  const bridge = {
    invoke: () => promise,
    on: (_name: string, listener: typeof changed) => {
      changed = listener;
      return () => {};
    },
  } as unknown as Bridge;
  return { bridge, answer: () => resolve(first), change: (slices: Partial<AppState>) => changed(slices) };
}

test("holds nothing until main has answered, then the whole snapshot", async () => {
  const fake = fakeBridge({ ok: true, value: appState() });
  const store = createAppStore(fake.bridge);
  const started = store.start();
  expect(store.snapshot()).toBeNull();
  fake.answer();
  expect(await started).toBe(true);
  expect(store.snapshot()).toEqual(appState());
});

test("a slice replaces its part and leaves the others as they are", async () => {
  const fake = fakeBridge({ ok: true, value: appState() });
  const store = createAppStore(fake.bridge);
  fake.answer();
  await store.start();
  const before = store.snapshot();
  let heard = 0;
  store.subscribe(() => (heard += 1));
  fake.change({ documents: [documentView(1, 10)] });
  expect(heard).toBe(1);
  expect(store.snapshot()?.documents).toHaveLength(1);
  expect(store.snapshot()?.settings).toBe(before?.settings);
});

test("a change that overtakes the first snapshot is not lost", async () => {
  const fake = fakeBridge({ ok: true, value: appState() });
  const store = createAppStore(fake.bridge);
  const started = store.start();
  fake.change({ documents: [documentView(1, 10)] });
  fake.answer();
  await started;
  expect(store.snapshot()?.documents).toHaveLength(1);
});

test("says so when main refuses", async () => {
  const fake = fakeBridge({ ok: false, failure: { code: "app.internal" } });
  const store = createAppStore(fake.bridge);
  fake.answer();
  expect(await store.start()).toBe(false);
  expect(store.snapshot()).toBeNull();
});
