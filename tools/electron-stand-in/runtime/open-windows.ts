/** What the app's life cycle needs of a window. */
export interface OpenWindow {
  /** Emits `close` and closes, unless a listener prevented it. Answers whether the window has closed. */
  tryClose(): boolean;
}

/** All open windows, oldest first. */
export const openWindows: Set<OpenWindow> = new Set();
