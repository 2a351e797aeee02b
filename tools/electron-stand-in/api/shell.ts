import { dirname } from "node:path";
import { guardObject } from "../not-implemented.ts";
import { records } from "../runtime/records.ts";
import { desktopTool, runTool } from "./desktop-tool.ts";

/** Hands an address or a file to the desktop. Without a display it is only recorded. */
async function open(target: string): Promise<boolean> {
  records.opened.push(target);
  const opener = desktopTool(process.platform === "darwin" ? "open" : "xdg-open");
  if (opener === undefined) return true;
  return (await runTool(opener, [target])).status === 0;
}

/** Electron's `shell`. */
export const shell = guardObject("shell", {
  async openExternal(url: string): Promise<void> {
    if (!(await open(new URL(url).href))) throw new Error("Failed to open external URL");
  },
  async openPath(path: string): Promise<string> {
    return (await open(path)) ? "" : "Failed to open path";
  },
  showItemInFolder(path: string): void {
    open(dirname(path)).catch(() => {});
  },
  beep(): void {
    process.stderr.write("\u0007");
  },
});
