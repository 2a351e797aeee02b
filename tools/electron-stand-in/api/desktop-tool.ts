import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { browser } from "../runtime/browser.ts";

/** What a desktop program printed, and its exit status. */
export interface ToolResult {
  readonly status: number;
  readonly output: string;
}

/**
 * The path of a desktop program such as zenity or xdg-open. Undefined when it is not installed, and always when
 * headless: nobody would see it.
 */
export function desktopTool(name: string): string | undefined {
  if (browser().headless) return undefined;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a program without a shell and waits for its end. */
export function runTool(file: string, args: readonly string[]): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.on("error", () => resolve({ status: -1, output: "" }));
    child.on("close", (status) => resolve({ status: status ?? -1, output }));
  });
}
