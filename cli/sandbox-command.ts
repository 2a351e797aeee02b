import { announceSandbox, runningSandbox, withdrawSandbox } from "../sandbox/running-sandbox.ts";
import { practiceRootPem, startSandbox } from "../sandbox/start-sandbox.ts";
import { EXIT, UsageError } from "./exit-status.ts";

/** `sealdesk sandbox start`: prints addresses and files as JSON, then runs until it is stopped. */
export async function sandboxStartCommand(folder: string, print: (text: string) => void): Promise<number> {
  if ((await runningSandbox(folder)) !== null) {
    throw new UsageError("a sandbox runs already for this folder");
  }
  // Heard from the start: who starts it from a script may stop it at once.
  const asked = stopped();
  const sandbox = await startSandbox({ folder });
  try {
    print(JSON.stringify(await announceSandbox(sandbox, process.pid), null, 2));
    await asked;
  } finally {
    await withdrawSandbox(folder, process.pid);
    await sandbox.close();
  }
  return EXIT.good;
}

/** `sealdesk sandbox root`: the practice root certificate, for `verify --trust`. */
export async function sandboxRootCommand(folder: string, print: (text: string) => void): Promise<number> {
  print((await practiceRootPem(folder)).trimEnd());
  return EXIT.good;
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => resolve();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    process.once("SIGHUP", stop);
  });
}
