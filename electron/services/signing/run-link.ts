import type { FlowInput } from "../../providers/provider.ts";

/** Hands the address of another program to the operating system. False: it would not. */
export type OpenLink = (address: string) => Promise<boolean>;

/**
 * The links of a run to a program on this computer. SECURITY: one opening for each question to the person, however often the
 * flow repeats it; a flow that went round in circles could otherwise start a program again and again.
 */
export class RunLink {
  readonly #open: OpenLink;
  readonly #tell: (input: FlowInput) => void;
  readonly #unexpected: (error: unknown) => void;
  readonly #opened = new Set<string>();

  constructor(open: OpenLink, tell: (input: FlowInput) => void, unexpected: (error: unknown) => void) {
    this.#open = open;
    this.#tell = tell;
    this.#unexpected = unexpected;
  }

  /** Opens the link of an interaction, the first time that it is shown. */
  show(interaction: string, link: string | undefined): void {
    if (link === undefined || this.#opened.has(interaction)) {
      return;
    }
    this.#opened.add(interaction);
    void this.#hand(interaction, link);
  }

  async #hand(interaction: string, link: string): Promise<void> {
    const opened = await this.#open(link).catch((error: unknown) => {
      this.#unexpected(error);
      return false;
    });
    if (!opened) {
      this.#tell({ kind: "app-not-opened", interaction });
    }
  }
}
