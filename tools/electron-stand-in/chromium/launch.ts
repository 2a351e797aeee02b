import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { CdpConnection } from "../cdp/connection.ts";

/** A running Chromium and our pipe to it. */
export interface Chromium {
  readonly process: ChildProcess;
  readonly connection: CdpConnection;
  /** The address that Chromium announces when a debugging port was asked for. */
  readonly debuggerAddress: Promise<string>;
  /** The end of what Chromium wrote to standard error, for the report of a crash. */
  readonly lastWords: () => string;
}

const KEPT = 8_000;

/** Starts Chromium with the protocol on its file descriptors 3 and 4. Its standard error is noise unless `verbose`. */
export function launchChromium(
  executable: string,
  args: readonly string[],
  onGone: () => void,
  verbose: boolean,
): Chromium {
  const child = spawn(executable, args, { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] });
  const [, , errors, toChild, fromChild] = child.stdio as unknown as [null, null, Readable, Writable, Readable];
  let words = "";
  const connection = new CdpConnection(toChild, fromChild, onGone);
  child.on("error", () => connection.close());
  child.on("exit", () => connection.close());
  const debuggerAddress = new Promise<string>((resolve) => {
    errors.on("data", (chunk: Buffer) => {
      words = (words + chunk.toString("utf8")).slice(-KEPT);
      if (verbose) process.stderr.write(chunk);
      const match = /^DevTools listening on (ws:\/\/\S+)$/m.exec(words);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
  });
  return { process: child, connection, debuggerAddress, lastWords: () => words };
}
