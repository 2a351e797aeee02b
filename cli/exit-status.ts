/** Exit statuses of the command line (architecture.md): fixed, scripts rely on them. */
export const EXIT = { good: 0, notAllGood: 1, usage: 2 } as const;

/** The program cannot do its work here at all (no journal, no folder to write to): status 1, in one sentence. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}

/** A call that cannot be understood; its message goes to standard error and the program ends with status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
