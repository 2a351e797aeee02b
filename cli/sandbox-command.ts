import { readFile } from "node:fs/promises";
import type { FourthlineTableChange } from "../sandbox/fourthline/endpoint-table.ts";
import { readTable } from "../sandbox/fourthline/read-table.ts";
import { announceSandbox, runningSandbox, withdrawSandbox } from "../sandbox/running-sandbox.ts";
import { practiceRootPem, startSandbox } from "../sandbox/start-sandbox.ts";
import { EXIT, UsageError } from "./exit-status.ts";

export interface SandboxStartArguments {
  /** JSON file with other paths and field names of Fourthline's API. */
  readonly fourthlineTable?: string;
}

/** `sealdesk sandbox start`: prints addresses and files as JSON, then runs until it is stopped. */
export async function sandboxStartCommand(
  folder: string,
  options: SandboxStartArguments,
  print: (text: string) => void,
): Promise<number> {
  const fourthlineTable = await tableOf(options.fourthlineTable);
  if ((await runningSandbox(folder)) !== null) {
    throw new UsageError("a sandbox runs already for this folder");
  }
  // Heard from the start: who starts it from a script may stop it at once.
  const asked = stopped();
  const sandbox = await startSandbox({ folder, fourthlineTable });
  try {
    print(JSON.stringify(await announceSandbox(sandbox, process.pid), null, 2));
    await asked;
  } finally {
    await withdrawSandbox(folder, process.pid);
    await sandbox.close();
  }
  return EXIT.good;
}

async function tableOf(file: string | undefined): Promise<FourthlineTableChange> {
  if (file === undefined) {
    return {};
  }
  const text = await readFile(file, "utf8").catch(() => null);
  const table = text === null ? "it cannot be read" : readTable(text);
  if (typeof table === "string") {
    throw new UsageError(`--fourthline-table ${file}: ${table}`);
  }
  return table;
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
