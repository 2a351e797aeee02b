import { guardObject } from "../not-implemented.ts";

let text = "";

/** Electron's `clipboard` with the promises of version 44 on. It is this program's own, not the desktop's. */
export const clipboard = guardObject("clipboard", {
  async readText(): Promise<string> {
    return text;
  },
  async writeText(value: string): Promise<void> {
    text = value;
  },
  clear(): void {
    text = "";
  },
});
