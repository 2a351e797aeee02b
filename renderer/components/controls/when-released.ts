/**
 * A field that is left with the mouse is left while the button is down. Words that came then would move what is being pressed away
 * from under the pointer, and the press would be lost.
 */
export function whenReleased(action: () => void): void {
  if (globalThis.document.querySelector(":active") === null) {
    action();
    return;
  }
  const once = new AbortController();
  const release = (): void => {
    once.abort();
    setTimeout(action);
  };
  window.addEventListener("pointerup", release, { signal: once.signal });
  window.addEventListener("pointercancel", release, { signal: once.signal });
}
