import { duration } from "../shared/duration.ts";

/** A terminal that people look at; anything else gets no progress. */
export interface ProgressTerminal {
  readonly isTTY: boolean;
  readonly write: (text: string) => void;
}

const REDRAW_MILLISECONDS = 200;
const CLEAR = "\r\u001B[K";

/** "1,204 of 20,000 files, 310/s, 1:01 left" on one line of the terminal, which results never mix with. */
export class ProgressLine {
  readonly #terminal: ProgressTerminal;
  readonly #now: () => number;
  readonly #start: number;
  #shown = false;
  #drawnAt: number;
  #total: number | null = null;

  constructor(terminal: ProgressTerminal, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
    this.#start = now();
    // Nothing is shown for what is over in no time.
    this.#drawnAt = this.#start;
  }

  /** Known as soon as all folders were walked through. */
  set total(count: number) {
    this.#total = count;
  }

  /** To be called with the number of files done, before and after a result is printed. */
  draw(done: number): void {
    const now = this.#now();
    if (!this.#terminal.isTTY || now - this.#drawnAt < REDRAW_MILLISECONDS) {
      return;
    }
    this.#drawnAt = now;
    this.#shown = true;
    this.#terminal.write(CLEAR + progressText(done, this.#total, now - this.#start));
  }

  /** Before anything else is written. */
  clear(): void {
    if (this.#shown) {
      this.#shown = false;
      this.#terminal.write(CLEAR);
    }
  }
}

export function progressText(done: number, total: number | null, milliseconds: number): string {
  const rate = milliseconds > 0 ? (done / milliseconds) * 1000 : 0;
  const of = total === null ? `${number(done)} files` : `${number(done)} of ${number(total)} files`;
  const speed = rate > 0 ? `, ${rate < 10 ? rate.toFixed(1) : number(Math.round(rate))}/s` : "";
  const left = total === null || rate === 0 ? "" : `, ${duration(((total - done) / rate) * 1000)} left`;
  return of + speed + left;
}

const number = (value: number): string => new Intl.NumberFormat("en").format(value);
