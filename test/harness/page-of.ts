import type { Reporter } from "../../electron/ipc/register-handlers.ts";
import { registerHandlers } from "../../electron/ipc/register-handlers.ts";
import type { CommandHandlers } from "../../electron/services/application/command-handlers.ts";
import type { Answer, CommandArgument, CommandName, CommandOutput } from "../../shared/ipc.ts";

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

/** What main answers to our own page. Rejects with whatever was unexpected, and when the command was not even begun. */
export async function askAsPage<Name extends CommandName>(
  handlers: CommandHandlers,
  name: Name,
  argument: CommandArgument<Name>,
): Promise<Answer<CommandOutput<Name>>> {
  const problems: unknown[] = [];
  const said = await pageOf(handlers, {
    unexpected: (_channel, error) => problems.push(error),
    refused: (channel, reason) => problems.push(new Error(`${channel} was refused: ${reason}`)),
  })(name, argument);
  if (problems.length > 0) throw problems[0];
  // The contract's own type for this name.
  return said as Answer<CommandOutput<Name>>;
}
