import type { Answer, CommandInput, CommandName, CommandOutput } from "../../../shared/ipc.ts";

/** One handler for each command of the contract: a missing one does not compile. Inputs are already parsed. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (input: CommandInput<Name>) => Promise<Answer<CommandOutput<Name>>>;
};

export type HandlersOf<Prefix extends string> = {
  readonly [Name in CommandName as Name extends `${Prefix}.${string}` ? Name : never]: CommandHandlers[Name];
};
