import type { FlowInput, ProviderPage } from "../../providers/provider.ts";
import type { PageHandle, ProviderPages } from "../ports.ts";

/** The one provider page of a run: opened once for each interaction, closed when the flow shows no page any more. */
export class RunPage {
  readonly #pages: ProviderPages;
  readonly #tell: (input: FlowInput) => void;
  readonly #unexpected: (error: unknown) => void;
  #open: { readonly interaction: string; readonly handle: PageHandle } | null = null;

  constructor(pages: ProviderPages, tell: (input: FlowInput) => void, unexpected: (error: unknown) => void) {
    this.#pages = pages;
    this.#tell = tell;
    this.#unexpected = unexpected;
  }

  /** Shows the page of an interaction; null closes what is open. Asking again for the same interaction changes nothing. */
  show(interaction: string, page: ProviderPage | null): void {
    if (page !== null && this.#open?.interaction === interaction) {
      return;
    }
    this.close();
    if (page === null) {
      return;
    }
    try {
      const handle = this.#pages.open(page, {
        onReturn: (url) => this.#tell({ kind: "page-returned", interaction, url }),
        onClosed: () => this.#tell({ kind: "page-closed", interaction }),
      });
      this.#open = { interaction, handle };
    } catch (error) {
      // A window that cannot be opened is like one that was closed at once: the person may ask for it again.
      this.#unexpected(error);
      this.#tell({ kind: "page-closed", interaction });
    }
  }

  /** Brings an open page to the front; false when there is none. */
  focus(): boolean {
    this.#open?.handle.focus();
    return this.#open !== null;
  }

  /** A page that returned or was closed is gone. */
  noticed(input: FlowInput): void {
    const gone = input.kind === "page-closed" || input.kind === "page-returned";
    if (gone && input.interaction === this.#open?.interaction) {
      this.#open = null;
    }
  }

  close(): void {
    this.#open?.handle.close();
    this.#open = null;
  }
}
