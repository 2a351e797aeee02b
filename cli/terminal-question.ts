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
