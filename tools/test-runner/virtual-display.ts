import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { findProgram } from "./find-program.ts";

export interface Display {
  readonly env: NodeJS.ProcessEnv;
  readonly note?: string;
  end(): void;
}

/**
 * Where the windows of the e2e tests open. A virtual screen where it can be had, so that they do not take over the
 * developer's own; SEALDESK_TEST_DISPLAY=screen shows them there.
 */
export async function openDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<Display> {
  const own: Display = { env: {}, end: () => undefined };
  if (platform !== "linux" || env["SEALDESK_TEST_DISPLAY"] === "screen") return own;

  const program = findProgram("Xvfb");
  if (program === undefined) {
    const hasScreen = (env["DISPLAY"] ?? "") !== "";
    return hasScreen ? own : { ...own, note: "without windows: Xvfb is not installed and there is no display" };
  }
  return startVirtualDisplay(program);
}

async function startVirtualDisplay(program: string): Promise<Display> {
  const args = ["-displayfd", "3", "-screen", "0", "1600x1100x24", "-nolisten", "tcp", "-noreset"];
  const server = spawn(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const end = () => {
    server.kill("SIGTERM");
  };
  const number = await new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), 15_000);
    const settle = (value: string | undefined) => {
      clearTimeout(timer);
      resolve(value);
    };
    server.once("error", () => settle(undefined));
    server.once("exit", () => settle(undefined));
    // Xvfb picks a free number itself and writes it, with a newline, when it is ready.
    let text = "";
    const pipe = server.stdio[3] as Readable;
    pipe.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (text.includes("\n")) settle(text.trim());
    });
  });
  if (number === undefined) {
    end();
    return { env: {}, end: () => undefined, note: "Xvfb did not start" };
  }
  // WAYLAND_DISPLAY would win over DISPLAY in Chromium.
  return { env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: "" }, end };
}
