import { once } from "node:events";
import type { ElectronApplication } from "@playwright/test";

/** Ends the program as a power cut does. */
export async function crash(app: ElectronApplication): Promise<void> {
  const ended = exited(app);
  app.process().kill("SIGKILL");
  await ended;
}

export async function exited(app: ElectronApplication): Promise<void> {
  const program = app.process();
  if (program.exitCode === null && program.signalCode === null) {
    await once(program, "exit");
  }
}

/** Moments while the checked file gets its name: a hard link is made, then the working name is taken away. */
export type DeliveryMoment = "before the name" | "between the two names" | "after the name";

/** The program will kill itself at exactly this moment: it has no chance to do anything afterwards. */
export async function crashWhileDelivering(app: ElectronApplication, moment: DeliveryMoment): Promise<void> {
  await app.evaluate((_electron, when) => {
    const files = process.getBuiltinModule("node:fs/promises");
    const die = (): Promise<void> => {
      process.kill(process.pid, "SIGKILL");
      return new Promise(() => undefined);
    };
    const { unlink } = files;
    if (when === "before the name") files.link = die;
    if (when === "between the two names") files.unlink = die;
    if (when === "after the name") files.unlink = (path) => unlink(path).then(die);
    process.getBuiltinModule("node:module").syncBuiltinESMExports();
  }, moment);
}
