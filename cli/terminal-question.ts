import { createInterface } from "node:readline/promises";

/** Asks on standard error and reads a line from the terminal; null when standard input is none. */
export function terminalQuestion(): ((question: string) => Promise<string | null>) | null {
  if (!process.stdin.isTTY) {
    return null;
  }
  return async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return (await terminal.question(`${question} `)).trim();
    } catch {
      // The end of the input.
      return null;
    } finally {
      terminal.close();
    }
  };
}

/** Reads lines from the terminal as long as the signal lets it; null when standard input is none. */
export function terminalLine(): ((signal: AbortSignal) => Promise<string | null>) | null {
  if (!process.stdin.isTTY) {
    return null;
  }
  return async (signal) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // Otherwise Ctrl+C would end the reading and not the run.
    terminal.on("SIGINT", () => process.emit("SIGINT"));
    try {
      return await terminal.question("", { signal });
    } catch {
      return null;
    } finally {
      terminal.close();
    }
  };
}
