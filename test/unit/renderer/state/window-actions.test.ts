import { expect, test } from "vitest";
import { createWindowActions } from "../../../../renderer/state/window-actions.ts";
import type { WindowAction } from "../../../../renderer/state/window-state.ts";
import type { Bridge } from "../../../../shared/bridge.ts";
import type { Failure } from "../../../../shared/failure.ts";

const failure: Failure = { code: "output.disk-full" };
const refusing: Bridge = {
  invoke: () => Promise.resolve({ ok: false, failure }),
  on: () => () => {},
  openFiles: () => Promise.resolve({ ok: false, failure }),
};

test("diagnostics that cannot be read are no empty text that could be saved", async () => {
  const dispatched: WindowAction[] = [];
  const actions = createWindowActions(refusing, (action) => dispatched.push(action));
  expect(await actions.readDiagnostics()).toBeNull();
  expect(dispatched).toEqual([{ kind: "problem", problem: failure }]);
});
