import type { Failure } from "../../../shared/failure.ts";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import type { FlowInput, FlowInteraction, FlowState, FlowStep, SignerIdentity } from "../../providers/provider.ts";
import { JournalConflict } from "../../storage/journal.ts";
import type { Journal } from "../../storage/journal.ts";
import type { ItemRecord, TransactionRecord } from "../../storage/journal-record.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Clock, PageHandle, ProviderPages } from "../ports.ts";
import { InputQueue } from "./input-queue.ts";
import type { RunListener } from "./run-listener.ts";
import type { SigningEnvironment } from "./signing-environment.ts";
import type { SigningSteps } from "./signing-steps.ts";

/** Documents that are hashed, or assembled, at the same time: enough for two disks and cores, few open files. */
const CONCURRENT_DOCUMENTS = 3;

export interface RunParts {
  readonly environment: SigningEnvironment;
  readonly journal: Journal;
  readonly steps: SigningSteps;
  readonly pages: ProviderPages;
  readonly clock: Clock;
  readonly listener: RunListener;
}

/**
 * Drives one transaction through the provider's flow: every state is in the journal before the step that it stands for.
 * The run can be dropped at any line and driven again from the journal by a new process.
 */
export class SigningRun {
  readonly #parts: RunParts;
  readonly #queue: InputQueue;
  #record: TransactionRecord;
  #page: { readonly interaction: string; readonly handle: PageHandle } | null = null;
  #network = new AbortController();
  #cancelled = false;
  #detached = false;

  constructor(parts: RunParts, record: TransactionRecord) {
    this.#parts = parts;
    this.#record = record;
    this.#queue = new InputQueue(parts.clock);
  }

  answer(interaction: string, answer: InteractionAnswer): void {
    // The page is still there: bringing it to the front needs nothing of the provider.
    if (answer.kind === "reopen-page" && this.#page !== null) {
      this.#page.handle.focus();
      return;
    }
    this.#queue.push({ kind: "answer", interaction, answer });
  }

  cancel(): void {
    this.#cancelled = true;
    this.#queue.push({ kind: "cancel" });
    this.#network.abort();
  }

  /** Stops driving without ending the run: it stays in the journal for the next start. */
  detach(): void {
    this.#detached = true;
    this.#queue.push({ kind: "go" });
    this.#network.abort();
  }

  /** Until the run has ended. Never rejects for expected failures. */
  async drive(): Promise<void> {
    try {
      await this.#finishApproved();
      if (this.#record.phase === "running") {
        await this.#flow();
      }
      if (!this.#detached) {
        this.#reportEnd();
      }
    } catch (error) {
      if (!(error instanceof JournalConflict)) {
        throw error;
      }
      // Another instance drives this run now; it tells the person.
    } finally {
      this.#closePage();
    }
  }

  async #flow(): Promise<void> {
    let input: FlowInput = { kind: "go" };
    while (!this.#detached) {
      const step: FlowStep = await this.#parts.environment.provider.advance(this.#record.state, input, {
        signal: this.#network.signal,
        now: this.#parts.clock.now,
      });
      // The program is closing: what the step says is asked for again at the next start. Values are kept at any rate.
      if (this.#detached && step.kind !== "values") {
        return;
      }
      switch (step.kind) {
        case "continue":
          this.#store(step.state);
          input = this.#cancelled ? { kind: "cancel" } : { kind: "go" };
          break;
        case "wait":
          this.#store(step.state);
          this.#show(step.interaction);
          input = await this.#queue.next(step.at);
          if (input.kind === "page-closed" || input.kind === "page-returned") {
            this.#page = null;
          }
          break;
        case "need-digests": {
          this.#store(step.state);
          this.#hide();
          const digests = await this.#prepare(step.documents, step.signer);
          if (digests.length === 0) {
            await this.#end({ code: "provider.cancelled" });
            return;
          }
          input = this.#cancelled ? { kind: "cancel" } : { kind: "digests", digests };
          break;
        }
        case "values":
          this.#record = { ...this.#record, version: this.#storeValues(step), state: step.state };
          this.#hide();
          await this.#finishApproved();
          input = this.#cancelled ? { kind: "cancel" } : { kind: "go" };
          break;
        case "done":
          this.#store(step.state);
          if (!this.#startAgainForTooSmall()) {
            await this.#end(null);
            return;
          }
          input = { kind: "go" };
          break;
        case "failed":
          this.#store(step.state);
          await this.#end(step.failure);
          return;
      }
      if (input.kind === "cancel") {
        this.#network = new AbortController();
      }
    }
  }

  async #prepare(ids: readonly string[], signer: SignerIdentity) {
    const items = this.#items().filter(
      (item) => ids.includes(item.item) && (item.phase === "pending" || item.phase === "prepared"),
    );
    const prepared = await mapConcurrently(items, CONCURRENT_DOCUMENTS, async (item) => {
      this.#parts.listener.onItem(item.item, { kind: "working", step: "preparing", progress: null });
      const outcome = await this.#parts.steps.prepare(item, signer.chain, (progress) => {
        this.#parts.listener.onItem(item.item, { kind: "working", step: "preparing", progress });
      });
      if (!outcome.ok) {
        this.#parts.journal.storeItemFailure(this.#record.id, item.item, outcome.failure);
        this.#parts.listener.onItem(item.item, { kind: "failed", failure: outcome.failure });
        return null;
      }
      this.#parts.journal.storePrepared(this.#record.id, item.item, outcome.value.prepared);
      return { id: item.item, sha256: outcome.value.toBeSigned };
    });
    return prepared.filter((digest) => digest !== null);
  }

  /** Takes every approved document to its delivery; one that cannot be delivered now stays approved. */
  async #finishApproved(): Promise<void> {
    const approved = this.#items().filter((item) => item.phase === "approved" || item.phase === "assembled");
    await mapConcurrently(approved, CONCURRENT_DOCUMENTS, async (item) => {
      const outcome = await this.#parts.steps.finish(item, this.#record.level, (step) => {
        this.#parts.listener.onItem(item.item, { kind: "working", step, progress: null });
      });
      if (outcome.ok) {
        this.#parts.listener.onItem(item.item, { kind: "delivered", ...outcome.value });
        return;
      }
      this.#parts.journal.storeItemFailure(this.#record.id, item.item, outcome.failure);
      this.#parts.listener.onItem(item.item, { kind: "needs-attention", failure: outcome.failure });
    });
  }

  /** Once for each document: the space for the CMS was too small, so it is prepared and approved again. */
  #startAgainForTooSmall(): boolean {
    const small = this.#items().filter(
      (item) =>
        item.phase === "approved" &&
        item.failure?.code === "output.placeholder-too-small" &&
        item.capacityBytes === null,
    );
    if (small.length === 0 || this.#cancelled) {
      return false;
    }
    for (const item of small) {
      const needed = Number(item.failure?.params?.["needed"] ?? 0);
      this.#parts.journal.requeue(this.#record.id, item.item, needed * 2);
    }
    const ids = new Set(small.map((item) => item.item));
    this.#store(
      this.#parts.environment.provider.begin({
        ...this.#record.order,
        documents: this.#record.order.documents.filter((document) => ids.has(document.id)),
      }),
    );
    return true;
  }

  #items(): readonly ItemRecord[] {
    return this.#parts.journal.items(this.#record.id);
  }

  #store(state: FlowState): void {
    const version = this.#parts.journal.storeState(this.#record.id, this.#record.version, state);
    this.#record = { ...this.#record, state, version };
  }

  #storeValues(step: Extract<FlowStep, { kind: "values" }>): number {
    return this.#parts.journal.storeValues(this.#record.id, this.#record.version, step.state, step.values);
  }

  async #end(failure: Failure | null): Promise<void> {
    const phase = failure === null ? "done" : "failed";
    const open = this.#items().filter((item) => item.phase === "pending" || item.phase === "prepared");
    this.#parts.journal.finish(this.#record.id, phase, failure);
    this.#record = { ...this.#record, phase, failure };
    for (const item of open) {
      await this.#parts.steps.discard(item);
      this.#parts.listener.onItem(item.item, {
        kind: "failed",
        failure: failure ?? { code: "provider.signature-missing" },
      });
    }
  }

  #reportEnd(): void {
    this.#hide();
    const items = this.#items();
    const signed = items.filter((item) => item.phase === "delivered").length;
    const { failure } = this.#record;
    this.#parts.listener.onEnd(
      failure !== null && signed === 0
        ? { kind: "failed", failure }
        : { kind: "done", signed, failed: items.length - signed },
    );
  }

  #show(interaction: FlowInteraction): void {
    const { page, ...shown } = interaction;
    if (page !== undefined && this.#page?.interaction !== interaction.id) {
      this.#closePage();
      const id = interaction.id;
      const handle = this.#parts.pages.open(page, {
        onReturn: (url) => this.#queue.push({ kind: "page-returned", interaction: id, url }),
        onClosed: () => this.#queue.push({ kind: "page-closed", interaction: id }),
      });
      this.#page = { interaction: id, handle };
    }
    if (page === undefined) {
      this.#closePage();
    }
    for (const item of this.#items()) {
      if (item.phase === "pending" || item.phase === "prepared") {
        this.#parts.listener.onItem(item.item, {
          kind: shown.kind === "waiting" ? "waiting-for-provider" : "waiting-for-you",
        });
      }
    }
    this.#parts.listener.onInteraction(shown satisfies Interaction);
  }

  #hide(): void {
    this.#closePage();
    this.#parts.listener.onInteraction(null);
  }

  #closePage(): void {
    this.#page?.handle.close();
    this.#page = null;
  }
}
