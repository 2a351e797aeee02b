/** Electron's command line: `electron [switches] [-r module] <app folder or file> [arguments of the app]`. */
export interface CommandLine {
  /** Modules of `-r`/`--require`, to be loaded before the app (Playwright brings its loader this way). */
  readonly preloads: readonly string[];
  /** The app's folder or main file; "." when none is named. */
  readonly target: string;
  /** Every `--name[=value]`, before and after the target: Chromium reads both. The last one of a name wins. */
  readonly switches: ReadonlyMap<string, string>;
}

/** Reads the arguments after the executable. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const preloads: string[] = [];
  const switches = new Map<string, string>();
  let target: string | undefined;
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    const named = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
    if (target === undefined && (argument === "-r" || argument === "--require")) preloads.push(argv[++index] ?? "");
    else if (argument === "--") {
      // Chromium reads no switches behind a bare "--".
      target ??= argv[index + 1];
      break;
    } else if (named) switches.set(named[1] ?? "", named[2] ?? "");
    else if (!argument.startsWith("-")) target ??= argument;
  }
  return { preloads, target: target ?? ".", switches };
}
