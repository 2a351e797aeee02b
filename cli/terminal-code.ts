import type { QrInteraction, QrPicture } from "../shared/interaction.ts";

export interface Terminal {
  readonly isTTY: boolean;
  readonly write: (text: string) => void;
}

/** ISO/IEC 18004 5.3.8: four modules of light around the symbol. */
const QUIET_ZONE = 4;

/** Two modules in one character, the upper one and the lower one. */
const BLOCKS = { "00": " ", "10": "▀", "01": "▄", "11": "█" } as const;

/** The code as lines of block characters, its quiet zone included; the blocks are the dark modules. */
export function codeLines({ rows }: QrPicture): readonly string[] {
  const width = (rows[0]?.length ?? 0) + 2 * QUIET_ZONE;
  const light = "0".repeat(width);
  const side = "0".repeat(QUIET_ZONE);
  const edge = Array.from({ length: QUIET_ZONE }, () => light);
  const all = [...edge, ...rows.map((row) => side + row + side), ...edge];
  const pairs = Array.from({ length: Math.ceil(all.length / 2) }, (_, index) => index * 2);
  return pairs.map((upper) =>
    Array.from({ length: width }, (_, column) => {
      const pair = `${all[upper]?.[column] ?? "0"}${all[upper + 1]?.[column] ?? "0"}`;
      return BLOCKS[pair as keyof typeof BLOCKS];
    }).join(""),
  );
}

// ECMA-48 8.3.117 (SGR): black on bright white, whatever the terminal's colours are, as scanners want it.
const BLACK_ON_WHITE = "\u001B[30;107m";
const USUAL = "\u001B[0m";
/** ECMA-48 8.3.22 (CUU). */
const up = (lines: number): string => `\u001B[${lines}A\r`;

/** Shows a code that changes every second: in its place at a terminal, as a line of text for each where nobody looks. */
export class TerminalCode {
  readonly #terminal: Terminal;
  #shown: { readonly interaction: string; readonly code: string; readonly lines: number } | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show({ id, code, picture }: QrInteraction): void {
    if (this.#shown?.interaction === id && this.#shown.code === code) {
      return;
    }
    if (!this.#terminal.isTTY) {
      this.#terminal.write(`${code}\n`);
      this.#shown = { interaction: id, code, lines: 1 };
      return;
    }
    const lines = codeLines(picture);
    const back = this.#shown?.interaction === id ? up(this.#shown.lines) : "";
    const drawn = lines.map((line) => `${BLACK_ON_WHITE}${line}${USUAL}\n`).join("");
    this.#terminal.write(back + drawn);
    this.#shown = { interaction: id, code, lines: lines.length };
  }
}
