import type { IpcMain, WebContents } from "electron";
import { contract } from "../../shared/ipc.ts";
import type { Answer, CommandName } from "../../shared/ipc.ts";
import { COMMAND_NAMES } from "../../shared/ipc-channels.ts";
import { failed } from "../../shared/result.ts";
import type { CommandHandlers } from "../services/application/command-handlers.ts";
import { isOwnPage } from "../windows/policy/sender-check.ts";

/** The part of Electron's `ipc` that is used; each window has its own. */
type WindowIpc = Pick<IpcMain, "handle">;

export interface Reporter {
  /** A bug, not an expected failure: the person gets "app.internal". */
  readonly unexpected: (channel: string, error: unknown) => void;
}

/**
 * Installs every command of the contract on one window's own `ipc`: checks who speaks, parses what is said, and turns
 * everything into an answer. Nothing that a handler throws crosses to the page.
 */
export function registerHandlers(
  contents: Pick<WebContents, "id"> & { readonly ipc: WindowIpc },
  handlers: CommandHandlers,
  ownOrigin: () => string,
  reporter: Reporter,
): void {
  for (const name of COMMAND_NAMES) {
    contents.ipc.handle(name, async (event, argument: unknown): Promise<Answer<unknown>> => {
      if (!isOwnPage(event, ownOrigin())) {
        return failed({ code: "app.internal" });
      }
      return answer(name, argument, handlers, reporter);
    });
  }
}

/** Exported for tests: what one command answers to one argument. */
export async function answer(
  name: CommandName,
  argument: unknown,
  handlers: CommandHandlers,
  reporter: Reporter,
): Promise<Answer<unknown>> {
  const input = commandSchema(name).safeParse(argument);
  if (!input.success) {
    return failed({ code: "app.internal" });
  }
  try {
    // The table is total and the schema is this command's own: name, input and handler belong together.
    const handler = handlers[name] as (input: unknown) => Promise<Answer<unknown>>;
    return await handler(input.data);
  } catch (error) {
    reporter.unexpected(name, error);
    return failed({ code: "app.internal" });
  }
}

function commandSchema(name: CommandName) {
  const [group, leaf] = name.split(".");
  const groups: Readonly<Record<string, Readonly<Record<string, unknown>>>> = contract;
  const entry = groups[group ?? ""]?.[leaf ?? ""];
  if (typeof entry !== "object" || entry === null || !("input" in entry)) {
    throw new TypeError(`no command ${name}`);
  }
  return (entry as (typeof contract)["state"]["get"]).input;
}
