import type { Interaction, InteractionAnswer } from "../shared/interaction.ts";
import { failureWords, words } from "../shared/messages/words.ts";

export interface Answering {
  readonly tell: (text: string) => void;
  /** Asks at the terminal; null when nobody is there. */
  readonly ask: ((question: string) => Promise<string | null>) | null;
  readonly deleteAtProvider: boolean;
}

/**
 * What a command does when a provider asks something of the person: it says so, and answers what the command itself
 * decides. Null: nothing to answer. "stop": nobody can.
 */
export async function answerInteraction(
  interaction: Interaction,
  { tell, ask, deleteAtProvider }: Answering,
): Promise<InteractionAnswer | "stop" | null> {
  tell(words(interaction.message, interaction.params ?? {}));
  switch (interaction.kind) {
    case "page":
    case "waiting":
    case "qr":
      return null;
    case "confirm":
      // The command was given for all these files: more approvals are part of it, and the person sees each.
      return { kind: "confirm", accepted: true };
    case "secret":
      // A command never asks for one: the person named the variable that it is in.
      return "stop";
    case "code": {
      if (interaction.problem !== null) {
        tell(failureWords(interaction.problem).join(" "));
      }
      const value = ask === null ? null : await ask(words("cli.code"));
      return value === null || value === "" ? "stop" : { kind: "code", value };
    }
    case "identification":
      return { kind: "finish", delete: deleteAtProvider };
  }
}
