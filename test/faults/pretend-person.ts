import type { Application } from "../../electron/services/application/application.ts";
import type { TransactionId } from "../../shared/ids.ts";
import type { Interaction, InteractionAnswer } from "../../shared/interaction.ts";
import { noteShown } from "./times-asked.ts";

interface PersonParts {
  readonly data: string;
  /** A double click on every button. */
  readonly twice: boolean;
  /** Something is shown that the person approves elsewhere with. */
  readonly show: (label: string) => void;
}

/** A minute of the fast clock: whoever reads for so long that nothing can be written closes the program. */
const PATIENCE_MILLISECONDS = 6_000;

/** Whoever is asked again and again whether to try again leaves it at some time, and the question stays. */
const MOST_TRIES = 5;

export interface PretendPerson {
  /** Nothing goes on before somebody answers what this person leaves unanswered. */
  readonly leavesOpen: (transaction: TransactionId) => boolean;
}

/** Says yes to everything that the program asks. What happens at the provider, the sandbox plays. */
export function sayYes(program: Application, { data, twice, show }: PersonParts): PretendPerson {
  const answered = new Set<string>();
  const tries = new Map<string, number>();
  const left = new Set<string>();
  let refusedSince: number | null = null;
  const codes = new Set<string>();
  program.state.onChange(() => {
    const isRefused = program.state.current.transactions.some(
      ({ interaction }) => interaction?.message === "signing.journal-refused",
    );
    refusedSince = isRefused ? (refusedSince ?? Date.now()) : null;
    for (const { id, interaction, outcome } of program.state.current.transactions) {
      if (interaction?.kind === "qr" && !codes.has(interaction.code)) {
        codes.add(interaction.code);
        noteShown(data, interaction.code);
        if (codes.size === 1) show("shown: code of the app");
      }
      const yes = interaction === null || outcome !== null ? null : yesTo(interaction);
      const key = keyOf(id, interaction);
      if (interaction === null || answered.has(key)) continue;
      answered.add(key);
      if (yes === null) continue;
      if (interaction.kind === "confirm" && interaction.repeats === true) {
        const question = `${id} ${interaction.message}`;
        const before = tries.get(question) ?? 0;
        tries.set(question, before + 1);
        if (before >= MOST_TRIES) {
          left.add(key);
          continue;
        }
      }
      show(`shown: ${interaction.kind}`);
      for (let clicks = twice ? 2 : 1; clicks > 0; clicks -= 1) {
        void program.handlers["signing.answer"]({ transaction: id, interaction: interaction.id, answer: yes });
      }
    }
  });
  return {
    leavesOpen: (transaction) =>
      (refusedSince !== null && Date.now() - refusedSince > PATIENCE_MILLISECONDS) ||
      program.state.current.transactions.some(
        ({ id, interaction }) => id === transaction && left.has(keyOf(id, interaction)),
      ),
  };
}

const keyOf = (id: TransactionId, interaction: Interaction | null): string => `${id} ${interaction?.id ?? ""}`;

function yesTo(interaction: Interaction): InteractionAnswer | null {
  switch (interaction.kind) {
    case "confirm":
      return { kind: "confirm", accepted: true };
    case "secret":
      return { kind: "secret", value: interaction.practiceHint ?? "" };
    case "conditions":
      return {
        kind: "accept",
        documents: interaction.documents.map(({ id }) => id),
        conditions: interaction.conditions.map(({ id }) => id),
      };
    case "identification":
    case "handover":
      return { kind: "finish", delete: true };
    case "code":
    case "page":
    case "phone":
    case "qr":
    case "selfie":
    case "waiting":
      // The sandbox plays the rest of the person.
      return null;
  }
}
