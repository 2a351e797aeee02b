import type {
  ConditionsInteraction,
  Interaction,
  InteractionAnswer,
  SelfieInteraction,
} from "../shared/interaction.ts";
import { failureWords, words } from "../shared/messages/words.ts";

export interface Answering {
  readonly tell: (text: string) => void;
  /** Asks at the terminal; null when nobody is there. */
  readonly ask: ((question: string) => Promise<string | null>) | null;
  readonly deleteAtProvider: boolean;
  /** Practice only: the sandbox plays the person with the phone. */
  readonly playsPerson: boolean;
  /** The signer agrees to everything that the provider wants agreed to. */
  readonly acceptConditions: boolean;
  /** The picture of the signer's face, where one is asked for; null: none was given. */
  readonly selfie: Uint8Array<ArrayBuffer> | null;
}

/**
 * What a command does when a provider asks something of the person: it says so, and answers what the command itself
 * decides. Null: nothing to answer. "stop": nobody can. "later": another command goes on with it.
 */
export async function answerInteraction(
  interaction: Interaction,
  answering: Answering,
): Promise<InteractionAnswer | "stop" | "later" | null> {
  const { tell, ask, deleteAtProvider } = answering;
  tell(words(interaction.message, interaction.params ?? {}));
  switch (interaction.kind) {
    case "page":
    case "qr":
      return null;
    case "waiting":
      return interaction.takesDays === true ? "later" : null;
    case "confirm":
      if (interaction.repeats === true) {
        if (ask === null && interaction.mayBeSigned === true) {
          return "later";
        }
        // What has failed once is not begun anew for ever by nobody.
        const reply = (await ask?.(words("cli.again"))) ?? "";
        return { kind: "confirm", accepted: /^y(?:es)?$/iu.test(reply) };
      }
      // The command was given for all these files: more approvals are part of it, and the person sees each.
      return { kind: "confirm", accepted: true };
    case "secret":
      // A command never asks for one: the person named the variable that it is in.
      return "stop";
    case "code": {
      if (interaction.problem !== null) {
        tell(failureWords(interaction.problem).join(" "));
      }
      if (answering.playsPerson) {
        return null;
      }
      const value = ask === null ? null : await ask(words("cli.code"));
      return value === null || value === "" ? "stop" : { kind: "code", value };
    }
    case "phone": {
      if (interaction.problem !== null) {
        tell(failureWords(interaction.problem).join(" "));
      }
      const number = (await ask?.(words("cli.phone"))) ?? "";
      return number === "" ? "stop" : { kind: "phone", number };
    }
    case "selfie":
      return selfie(interaction, answering);
    case "conditions":
      return conditions(interaction, answering);
    case "handover":
      // Where it cannot be saved, the command says so and ends; the documents are there.
      return interaction.isSaved || interaction.problem?.code === "fourthline.contract-not-saved"
        ? { kind: "finish", delete: false }
        : { kind: "save-file", file: interaction.file };
    case "identification":
      return { kind: "finish", delete: deleteAtProvider };
  }
}

/** The file given with the command, once: the same picture would be refused again. */
function selfie({ problem }: SelfieInteraction, { tell, selfie: image }: Answering): InteractionAnswer | "stop" {
  if (problem !== null) {
    tell(failureWords(problem).join(" "));
    return "stop";
  }
  if (image === null) {
    tell(words("cli.selfie"));
    return "stop";
  }
  return { kind: "selfie", image };
}

/** Says all of it, with the addresses; agrees when the command says so, or the person at the terminal. */
async function conditions(
  interaction: ConditionsInteraction,
  { tell, ask, acceptConditions, playsPerson }: Answering,
): Promise<InteractionAnswer | "stop"> {
  if (interaction.problem !== null) {
    tell(failureWords(interaction.problem).join(" "));
  }
  for (const { title } of interaction.documents) {
    tell(`  ${title}`);
  }
  for (const { id, title, text, url } of interaction.conditions) {
    tell(`  ${[title ?? id, url].filter((part) => part !== null).join(": ")}`);
    if (text !== null) {
      tell(text);
    }
  }
  tell(words(interaction.consequence, { phone: interaction.sentTo ?? "?" }));
  const reply = acceptConditions || playsPerson ? "yes" : ((await ask?.(words("cli.accept"))) ?? "");
  if (!/^y(?:es)?$/iu.test(reply)) {
    tell(words("cli.not-accepted"));
    return "stop";
  }
  return {
    kind: "accept",
    documents: interaction.documents.map(({ id }) => id),
    conditions: interaction.conditions.map(({ id }) => id),
  };
}
