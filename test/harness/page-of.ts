import type { Reporter } from "../../electron/ipc/register-handlers.ts";
import { registerHandlers } from "../../electron/ipc/register-handlers.ts";
import type { CommandHandlers } from "../../electron/services/application/command-handlers.ts";

/** The main frame of our own page. */
export const OWN_FRAME: object = { origin: "app://bundle", parent: null };

/** Sends what a page sends, through all that main puts in its way; `frame` is who speaks. */
export type Say = (name: string, argument: unknown, frame?: unknown) => Promise<unknown>;

/** A window with these handlers, whose page can be made to say anything. */
export function pageOf(handlers: CommandHandlers, reporter: Reporter): Say {
  const installed = new Map<string, (event: object, argument: unknown) => Promise<unknown>>();
  const ipc = { handle: (name: string, run: never) => void installed.set(name, run) };
  registerHandlers({ id: 1, ipc }, handlers, () => "app://bundle", reporter);
  return async (name, argument, senderFrame: unknown = OWN_FRAME) => {
    const run = installed.get(name);
    if (run === undefined) throw new Error(`there is no command ${name}`);
    return run({ senderFrame }, argument);
  };
}
