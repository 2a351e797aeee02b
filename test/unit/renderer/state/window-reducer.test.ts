import { expect, test } from "vitest";
import { windowReducer } from "../../../../renderer/state/window-reducer.ts";
import { INITIAL_WINDOW_STATE } from "../../../../renderer/state/window-state.ts";
import type { WindowAction, WindowState } from "../../../../renderer/state/window-state.ts";
import { documentView, idOf } from "../../../harness/renderer/scenarios.ts";

const after = (...actions: readonly WindowAction[]): WindowState => actions.reduce(windowReducer, INITIAL_WINDOW_STATE);
const documents = [1, 2, 3].map((number) => documentView(number, 10));

test("the first document is shown when nothing was shown, as with files of the command line", () => {
  const state = after({ kind: "documents-changed", documents });
  expect(state.current).toBe(idOf(1));
  expect(state.selection).toEqual([idOf(1)]);
});

test("documents that were opened together are selected together", () => {
  const state = after(
    { kind: "opened", outcome: { opened: [idOf(2), idOf(3)], refused: [] } },
    { kind: "documents-changed", documents },
  );
  expect(state.selection).toEqual([idOf(2), idOf(3)]);
  expect(state.current).toBe(idOf(2));
});

test("extending the selection leaves the pages where they are", () => {
  const state = after({ kind: "documents-changed", documents }, { kind: "select", selection: [idOf(1), idOf(2)] });
  expect(state.current).toBe(idOf(1));
});

test("selecting another document shows its pages", () => {
  const state = after({ kind: "documents-changed", documents }, { kind: "select", selection: [idOf(3)] });
  expect(state.current).toBe(idOf(3));
});

test("a closed document leaves the selection, and another one is shown", () => {
  const state = after(
    { kind: "documents-changed", documents },
    { kind: "select", selection: [idOf(1), idOf(2)] },
    { kind: "documents-changed", documents: documents.slice(1) },
  );
  expect(state.selection).toEqual([idOf(2)]);
  expect(state.current).toBe(idOf(2));
});

test("closing the last document shows nothing", () => {
  const state = after({ kind: "documents-changed", documents }, { kind: "documents-changed", documents: [] });
  expect(state).toMatchObject({ current: null, selection: [] });
});

test("placing ends drawing, and removing the place forgets it", () => {
  const place = { kind: "rectangle", page: 1, rectangle: { x: 1, y: 2, width: 30, height: 40 } } as const;
  const placed = after(
    { kind: "mark", change: { visible: true, drawing: true } },
    { kind: "place", document: idOf(1), place },
  );
  expect(placed.mark.drawing).toBe(false);
  expect(placed.mark.places.get(idOf(1))).toEqual(place);
  expect(windowReducer(placed, { kind: "place", document: idOf(1), place: null }).mark.places.size).toBe(0);
});
