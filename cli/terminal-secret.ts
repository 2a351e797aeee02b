import type { AskSecret } from "./secret-sources.ts";

interface SecretTerminal {
  readonly input: Pick<NodeJS.ReadStream, "on" | "removeListener" | "setRawMode" | "resume" | "pause" | "isTTY">;
  readonly output: { readonly write: (text: string) => unknown };
}

const ENTER = new Set(["\r", "\n"]);
const END = "\u0004";
const INTERRUPT = "\u0003";
const ERASE = new Set(["\u007F", "\b"]);
const ERASE_ALL = "\u0015";

/** Asks at the terminal and shows nothing of the answer; null when standard input is none. */
export function secretQuestion(terminal: SecretTerminal = { input: process.stdin, output: process.stderr }): AskSecret {
  return terminal.input.isTTY ? (question) => ask(question, terminal) : null;
}

/** Null: the person gave up (Ctrl+C, Ctrl+D on an empty line). */
function ask(question: string, { input, output }: SecretTerminal): Promise<string | null> {
  output.write(`${question} `);
  // SECURITY: the terminal itself would show what is typed; in raw mode it hands every key to us.
  input.setRawMode(true);
  input.resume();
  return new Promise((resolve) => {
    let typed: readonly string[] = [];
    const end = (answer: string | null): void => {
      input.removeListener("data", onData);
      input.setRawMode(false);
      input.pause();
      output.write("\n");
      resolve(answer);
    };
    const onData = (part: Buffer | string): void => {
      // What is pasted comes in one piece, with the line's end in it.
      for (const key of String(part)) {
        if (ENTER.has(key)) {
          end(typed.join(""));
          return;
        }
        if (key === INTERRUPT || (key === END && typed.length === 0)) {
          end(null);
          return;
        }
        typed = ERASE.has(key) ? typed.slice(0, -1) : key === ERASE_ALL ? [] : key < " " ? typed : [...typed, key];
      }
    };
    input.on("data", onData);
  });
}
