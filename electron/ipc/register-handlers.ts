import type { IpcMain, WebContents } from "electron";
import { contract } from "../../shared/ipc.ts";
import type { Answer, CommandName } from "../../shared/ipc.ts";
import { COMMAND_NAMES } from "../../shared/ipc-channels.ts";
import { failed } from "../../shared/result.ts";
import type { CommandHandlers } from "../services/application/command-handlers.ts";
import { isOwnPage } from "../windows/policy/sender-check.ts";
import { CommandGate } from "./command-gate.ts";
import { isRecord, weighArgument } from "./weigh-argument.ts";

/** The part of Electron's `ipc` that is used; each window has its own. */
type WindowIpc = Pick<IpcMain, "handle">;

/** Why a command was not even begun. None of it happens with our own page. */
export type Refusal = "sender" | "size" | "input" | "busy";

export interface Reporter {
  /** A bug, not an expected failure: the person gets "app.internal". */
  readonly unexpected: (channel: string, error: unknown) => void;
  /** Told once for each channel and reason: a page that tries a million times does not fill the log. */
  readonly refused: (channel: string, reason: Refusal) => void;
}

/**
 * Installs every command of the contract on one window's own `ipc`: checks who speaks, how much and what is said, and turns
 * everything into an answer. Nothing that a handler throws crosses to the page.
 */
export function registerHandlers(
  contents: Pick<WebContents, "id"> & { readonly ipc: WindowIpc },
  handlers: CommandHandlers,
  ownOrigin: () => string,
  reporter: Reporter,
): void {
  const gate = new CommandGate();
  const told = new Set<string>();
  const refuse = (name: CommandName, reason: Refusal): Answer<never> => {
    if (!told.has(`${name} ${reason}`)) {
      told.add(`${name} ${reason}`);
      reporter.refused(name, reason);
    }
    return failed({ code: reason === "busy" ? "app.busy" : "app.internal" });
  };
  for (const name of COMMAND_NAMES) {
    contents.ipc.handle(name, async (event, argument: unknown): Promise<Answer<unknown>> => {
      if (!isOwnPage(event, ownOrigin())) {
        return refuse(name, "sender");
      }
      const weight = weighArgument(argument);
      if (weight === null) {
        return refuse(name, "size");
      }
      const input = commandSchema(name).safeParse(argument);
      if (!input.success || !isRecord(argument)) {
        return refuse(name, "input");
      }
      return (await gate.run(name, weight, () => answer(name, input.data, handlers, reporter))) ?? refuse(name, "busy");
    });
  }
}

/** What one command answers to input that was parsed. */
async function answer(
  name: CommandName,
  input: unknown,
  handlers: CommandHandlers,
  reporter: Reporter,
): Promise<Answer<unknown>> {
  try {
    // The table is total and the schema was this command's own: name, input and handler belong together.
    const handler = handlers[name] as (input: unknown) => Promise<Answer<unknown>>;
    return await handler(input);
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
