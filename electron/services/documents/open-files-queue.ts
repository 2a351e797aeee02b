/** Files named before the window can show them: on the command line, by the system, by a second start. */
export class OpenFilesQueue {
  #waiting: string[] = [];
  #open: ((paths: readonly string[]) => void) | null = null;

  add(paths: readonly string[]): void {
    if (paths.length === 0) {
      return;
    }
    if (this.#open === null) {
      this.#waiting.push(...paths);
      return;
    }
    this.#open(paths);
  }

  /** From here on files are opened at once; first the ones that waited. */
  connect(open: (paths: readonly string[]) => void): void {
    this.#open = open;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.add(waiting);
  }
}

/** More than this is no choice of files. */
const MAXIMUM_FILES = 5_000;

/**
 * The files among a program's arguments: what is left when switches and the program's own folder are taken away.
 * Only names that end in ".pdf" count; anything else that starts a program may put there is no document.
 * SECURITY: a page may start the program, too (a link in a mail): addresses and what no system takes for a name are no files.
 */
export function filesInArguments(argv: readonly string[]): readonly string[] {
  return argv.slice(1).filter(isFile).slice(0, MAXIMUM_FILES);
}

function isFile(argument: string): boolean {
  return (
    !argument.startsWith("-") &&
    argument.toLowerCase().endsWith(".pdf") &&
    !argument.includes("\0") &&
    // A drive is one letter.
    !/^[a-z][a-z0-9+.-]+:/iu.test(argument)
  );
}
