import { app } from "./api/app.ts";

const PATIENCE_MILLISECONDS = 1_000;

/**
 * A signal to end quits the app, as in Electron: windows and listeners may take their time. Libraries that clean up at
 * the end send the signal on to the process once more, so a second one counts only when it comes later; it ends the
 * program at once, for a person whose first Ctrl+C did not help.
 */
export function quitOnSignals(): void {
  let first: number | undefined;
  const onSignal = (_name: string, number: number): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      app.quit();
    } else if (now - first > PATIENCE_MILLISECONDS) app.exit(128 + number);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
}
