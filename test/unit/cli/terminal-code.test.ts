import { encode } from "uqr";
import { expect, test } from "vitest";
import { codeLines, TerminalCode } from "../../../cli/terminal-code.ts";
import type { QrInteraction } from "../../../shared/interaction.ts";

const asked = (id: string, code: string): QrInteraction => ({
  kind: "qr",
  id,
  message: "bankid.scan",
  deadline: null,
  picture: { rows: encode(code, { border: 0 }).data.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")) },
  code,
  canOpenApp: true,
  problem: null,
});

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => void written.push(text), written };
}

/** What a terminal of unlimited height shows, as far as "cursor up" and new lines go. */
function screen(written: readonly string[]): readonly string[] {
  const lines: string[] = [""];
  let row = 0;
  // oxlint-disable-next-line no-control-regex -- the terminal's own language
  for (const [token] of written.join("").matchAll(/\u001B\[(\d+)A\r|\u001B\[[\d;]*m|\n|[^\n\u001B]+/gu)) {
    if (token.endsWith("A\r")) row -= Number(token.slice(2, -2));
    else if (token === "\n") row += 1;
    else if (!token.startsWith("\u001B")) lines[row] = token;
    lines[row] ??= "";
  }
  return lines;
}

test("two rows of modules are one line, four light modules around them", () => {
  const lines = codeLines({ rows: ["101", "110", "011"] });
  expect(lines).toEqual(["           ", "           ", "    █▄▀    ", "     ▀▀    ", "           ", "           "]);
});

test("at a terminal each picture takes the place of the one before", () => {
  const own = terminal(true);
  const code = new TerminalCode(own);
  code.show(asked("1", "bankid.a.0"));
  code.show(asked("1", "bankid.a.1"));
  // Nothing new to draw.
  code.show(asked("1", "bankid.a.1"));
  expect(own.written).toHaveLength(2);
  expect(screen(own.written)).toEqual([...codeLines(asked("1", "bankid.a.1").picture), ""]);
  // Another order: what was told in between stays readable.
  own.write("A sentence.\n");
  code.show(asked("2", "bankid.b.0"));
  expect(screen(own.written)).toEqual([
    ...codeLines(asked("1", "bankid.a.1").picture),
    "A sentence.",
    ...codeLines(asked("2", "bankid.b.0").picture),
    "",
  ]);
});

test("the colours do not depend on those of the terminal", () => {
  const own = terminal(true);
  new TerminalCode(own).show(asked("1", "bankid.a.0"));
  const lines = own.written.join("").split("\n").slice(0, -1);
  for (const line of lines) {
    expect(line.startsWith("\u001B[30;107m")).toBe(true);
    expect(line.endsWith("\u001B[0m")).toBe(true);
  }
});

test("where no terminal is, each code is a line of text", () => {
  const own = terminal(false);
  const code = new TerminalCode(own);
  for (const text of ["bankid.a.0", "bankid.a.0", "bankid.a.1"]) code.show(asked("1", text));
  expect(own.written).toEqual(["bankid.a.0\n", "bankid.a.1\n"]);
});
