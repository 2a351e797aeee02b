import type { FlowInteraction } from "../../providers/provider.ts";

/**
 * Pages that an interaction offers to read. SECURITY: the window asks for them by id, and gets only those of the question that is
 * shown now; it names no address.
 */
export class ConditionPages {
  readonly #open: ((address: string) => Promise<boolean>) | undefined;
  readonly #unexpected: (error: unknown) => void;
  #shown: FlowInteraction | null = null;

  constructor(open: ((address: string) => Promise<boolean>) | undefined, unexpected: (error: unknown) => void) {
    this.#open = open;
    this.#unexpected = unexpected;
  }

  show(interaction: FlowInteraction | null): void {
    this.#shown = interaction;
  }

  open(interaction: string, condition: string): void {
    const shown = this.#shown;
    if (shown?.kind !== "conditions" || shown.id !== interaction) {
      return;
    }
    const url = shown.conditions.find(({ id }) => id === condition)?.url ?? null;
    if (url !== null && URL.parse(url)?.protocol === "https:") {
      this.#open?.(url).catch(this.#unexpected);
    }
  }
}
