import type { DocumentState, TransactionView } from "../../../shared/app-state.ts";
import type { DocumentId, ProviderId, TransactionId } from "../../../shared/ids.ts";
import type { EnvironmentKind } from "../../../shared/profiles.ts";
import type { ItemProgress, RunListener } from "../signing/run-listener.ts";

/** What a run is about, for the window. */
export interface RunSubject {
  readonly provider: ProviderId;
  readonly practice: boolean;
  readonly environment: EnvironmentKind;
  readonly resumed: boolean;
  readonly items: ReadonlyMap<string, { readonly document: DocumentId; readonly name: string }>;
}

export interface TransactionEvents {
  readonly onDocument: (document: DocumentId, state: DocumentState) => void;
  readonly onDelivered: (document: DocumentId, progress: Extract<ItemProgress, { kind: "delivered" }>) => Promise<void>;
  readonly onEnd: (view: TransactionView) => void;
  readonly onChange: () => void;
}

/** The runs as the window shows them, in the order they were started. */
export class TransactionViews {
  readonly #views = new Map<TransactionId, TransactionView>();
  readonly #events: TransactionEvents;

  constructor(events: TransactionEvents) {
    this.#events = events;
  }

  list(): readonly TransactionView[] {
    return [...this.#views.values()];
  }

  get(id: TransactionId): TransactionView | undefined {
    return this.#views.get(id);
  }

  /** The newest run that this document is part of, and its name there. */
  itemOf(document: DocumentId): { readonly transaction: TransactionId; readonly item: string } | null {
    for (const { id, documents } of this.list().toReversed()) {
      const index = documents.findIndex((one) => one.document === document);
      if (index !== -1) {
        return { transaction: id, item: String(index + 1) };
      }
    }
    return null;
  }

  dismiss(id: TransactionId): void {
    if (this.#views.get(id)?.outcome !== null) {
      this.#views.delete(id);
      this.#events.onChange();
    }
  }

  /** Shows a run and returns the listener that keeps its view up to date. */
  follow(id: TransactionId, subject: RunSubject): RunListener {
    this.#views.set(id, {
      id,
      provider: subject.provider,
      practice: subject.practice,
      environment: subject.environment,
      documents: [...subject.items.values()],
      interaction: null,
      outcome: null,
      resumed: subject.resumed,
    });
    this.#events.onChange();
    const update = (part: Partial<TransactionView>): void => {
      const view = this.#views.get(id);
      if (view !== undefined) {
        this.#views.set(id, { ...view, ...part });
        this.#events.onChange();
      }
    };
    return {
      onInteraction: (interaction) => update({ interaction }),
      onItem: (item, progress) => {
        const document = subject.items.get(item)?.document;
        if (document === undefined) {
          return;
        }
        if (progress.kind === "delivered") {
          this.#events.onDelivered(document, progress).catch(() => {
            // The file is there all the same; only its row in the list could not be made.
            this.#events.onDocument(document, { kind: "signed", outputName: "", level: progress.level });
          });
          return;
        }
        this.#events.onDocument(document, documentState(id, subject.provider, progress));
      },
      onEnd: (end) => {
        update({ interaction: null, outcome: end });
        const view = this.#views.get(id);
        if (view !== undefined) {
          this.#events.onEnd(view);
        }
      },
    };
  }
}

function documentState(
  transaction: TransactionId,
  provider: ProviderId,
  progress: Exclude<ItemProgress, { kind: "delivered" }>,
): DocumentState {
  switch (progress.kind) {
    case "working":
      return { kind: "working", transaction, step: progress.step, progress: progress.progress };
    case "waiting-for-you":
      return { kind: "waiting-for-you", transaction };
    case "waiting-for-password":
      return { kind: "waiting-for-password", transaction };
    case "waiting-for-provider":
      return { kind: "waiting-for-provider", transaction, provider };
    case "failed":
      return { kind: "failed", failure: progress.failure, retry: true };
    case "needs-attention":
      return { kind: "needs-attention", transaction, failure: progress.failure };
  }
}
