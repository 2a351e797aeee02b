import type { ReactElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { TextInput } from "../../../../renderer/components/controls/text-input.tsx";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A field in a window where `pressed` is what the mouse button is down on. */
function fieldIn(pressed: object | null) {
  vi.useFakeTimers();
  const window = new EventTarget();
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", { querySelector: (selector: string) => (selector === ":active" ? pressed : null) });
  const onLeave = vi.fn();
  const field = TextInput({ label: "Name", value: "", maximumLength: 10, onChange: () => {}, onLeave });
  const { onBlur } = (field as ReactElement<{ readonly onBlur: () => void }>).props;
  return { window, onLeave, onBlur };
}

test("every field that is left with the mouse says so after the button is up", () => {
  const { window, onLeave, onBlur } = fieldIn({});
  onBlur();
  vi.runAllTimers();
  expect(onLeave).not.toHaveBeenCalled();
  window.dispatchEvent(new Event("pointerup"));
  vi.runAllTimers();
  expect(onLeave).toHaveBeenCalledTimes(1);
});

test("a field that is left with the keyboard says so at once", () => {
  const { onLeave, onBlur } = fieldIn(null);
  onBlur();
  expect(onLeave).toHaveBeenCalledTimes(1);
});
