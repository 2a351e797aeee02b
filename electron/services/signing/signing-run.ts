import type { Failure } from "../../../shared/failure.ts";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import type { FlowInput, FlowInteraction, FlowState, FlowStep, SignatureValue } from "../../providers/provider.ts";
import { isJournalFailure, JournalConflict } from "../../storage/journal-errors.ts";
import type { Journal } from "../../storage/journal.ts";
import type { TransactionRecord } from "../../storage/journal-record.ts";
import type { Clock, ProviderPages } from "../ports.ts";
import type { FlowDesk } from "./flow-desk.ts";
import { InputQueue } from "./input-queue.ts";
import { ItemWork } from "./item-work.ts";
import type { KeptDocument } from "./item-work.ts";
import { PasswordWait } from "./password-wait.ts";
import { RunLink } from "./run-link.ts";
import type { OpenLink } from "./run-link.ts";
import { ConditionPages } from "./condition-pages.ts";
import { writeWhenPossible } from "./refused-writes.ts";
import { RunPage } from "./run-page.ts";
import type { RunListener } from "./run-listener.ts";
import type { SigningEnvironment } from "./signing-environment.ts";
import type { SigningSteps } from "./signing-steps.ts";

/** Shown while the disk refuses what has to be written down. */
const REFUSED: Interaction = {
  kind: "waiting",
  id: "journal-refused",
  message: "signing.journal-refused",
  device: "computer",
  deadline: null,
  isOpenEnded: true,
  mayBeSigned: true,
};

/** What the person has done is kept, whatever else happens. */
const SIGNED: ReadonlySet<FlowStep["kind"]> = new Set(["values", "signed-documents", "evidence"]);

type NeedStep = Extract<FlowStep, { kind: "need-digests" | "need-document-digests" | "need-documents" }>;

export interface RunParts {
  readonly environment: SigningEnvironment;
  readonly journal: Journal;
  readonly steps: SigningSteps;
  readonly pages: ProviderPages;
  readonly openLink: OpenLink;
  readonly clock: Clock;
  readonly listener: RunListener;
  readonly desk: FlowDesk;
  /** Told of bugs, which end a document or the run with `app.internal`. */
  readonly unexpected: (error: unknown) => void;
}

/**
 * Drives one transaction through the provider's flow: every state is in the journal before the step that it stands for.
 * The run can be dropped at any line and driven again from the journal by a new process.
 */
export class SigningRun {
  readonly #parts: RunParts;
  readonly #queue: InputQueue;
  readonly #work: ItemWork;
  readonly #page: RunPage;
  readonly #link: RunLink;
  readonly #conditions: ConditionPages;
  readonly #passwords: PasswordWait;
  #record: TransactionRecord;
  #network = new AbortController();
  readonly #closing = new AbortController();
  #cancelled = false;

  constructor(parts: RunParts, record: TransactionRecord) {
    this.#parts = parts;
    this.#record = record;
    this.#queue = new InputQueue(parts.clock);
    this.#work = new ItemWork(parts, record.id);
    this.#passwords = new PasswordWait(this.#work, this.#queue, parts.listener);
    const tell = (input: FlowInput): void => this.#queue.push(input);
    this.#page = new RunPage(parts.pages, tell, parts.unexpected);
    this.#link = new RunLink(parts.openLink, tell, parts.unexpected);
    this.#conditions = new ConditionPages(parts.desk.openWebPage, parts.unexpected);
  }

  answer(interaction: string, answer: InteractionAnswer): void {
    // The page is still there: bringing it to the front needs nothing of the provider.
    if (answer.kind === "reopen-page" && this.#page.focus()) {
      return;
    }
    if (answer.kind === "open-condition") {
      this.#conditions.open(interaction, answer.condition);
      return;
    }
    this.#queue.push({ kind: "answer", interaction, answer });
  }

  /** Somebody gave the password of a document: looks again whether it was one that this run waits for. */
  passwordGiven(): void {
    this.#passwords.given();
  }

  cancel(): void {
    this.#cancelled = true;
    this.#queue.push({ kind: "cancel" });
    this.#network.abort();
  }

  /** Stops driving without ending the run: it stays in the journal for the next start. */
  detach(): void {
    this.#closing.abort();
    this.#queue.push({ kind: "go" });
    this.#network.abort();
  }

  /** Until the run has ended. Never rejects: a bug ends the run with `app.internal`. */
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
      if (error instanceof JournalConflict) {
        // Another instance drives this run now. Whoever looks at this one must not wait here for ever.
        this.#tellStopped({ code: "app.run-taken-over" });
      } else {
        await this.#breakOff(error);
      }
    } finally {
      this.#page.close();
      this.#parts.environment.release?.();
    }
  }

  get #detached(): boolean {
    return this.#closing.signal.aborted;
  }

  async #flow(): Promise<void> {
    let input: FlowInput = this.#next();
    while (!this.#detached) {
      if (input.kind === "cancel") {
        // The cancelling ended the call that was under way; the provider may need another one to say good-bye.
        this.#network = new AbortController();
      }
      const step: FlowStep = await this.#parts.environment.provider.advance(this.#record.state, input, {
        signal: this.#network.signal,
        now: this.#parts.clock.now,
        refused: () => this.#work.refused(),
        ...this.#parts.desk,
      });
      // The program is closing: what the step says is asked for again at the next start. What was signed is kept at any rate.
      if (this.#detached && !SIGNED.has(step.kind)) {
        return;
      }
      switch (step.kind) {
        case "continue":
          await this.#store(step.state);
          input = this.#next();
          break;
        case "wait":
          await this.#store(step.state);
          this.#show(step.interaction);
          input = await this.#queue.next(step.at);
          this.#page.noticed(input);
          break;
        case "need-digests":
        case "need-document-digests":
        case "need-documents": {
          await this.#store(step.state);
          this.#hide();
          const supply = await this.#supply(step);
          if (supply === null) {
            return;
          }
          input = supply;
          break;
        }
        case "signed-documents": {
          const kept = this.#work.keep(step);
          if (!kept.ok) {
            // The state stays as it was: the provider is asked for them again at the next start.
            this.#pause(kept.failure);
            return;
          }
          await this.#storeReturned(step.state, kept.value);
          this.#hide();
          await this.#finishApproved();
          input = this.#next();
          break;
        }
        case "values":
          await this.#storeValues(
            step.state,
            step.cms === undefined ? step.values : await this.#work.adopt(step.values, step.cms.signers),
          );
          this.#hide();
          await this.#finishApproved();
          input = this.#next();
          break;
        case "evidence":
          await this.#storeEvidence(step, await this.#work.acceptEvidence(step.documents, step.evidence));
          this.#hide();
          await this.#finishApproved();
          input = this.#next();
          break;
        case "done":
          await this.#store(step.state);
          if (!this.#startAgainForTooSmall()) {
            await this.#end(null);
            return;
          }
          input = { kind: "go" };
          break;
        case "failed":
          await this.#store(step.state);
          await this.#end(step.failure);
          return;
      }
    }
  }

  /** What the provider needs of the documents; null: nothing could be had of any of them, so the run has ended. */
  async #supply(step: NeedStep): Promise<FlowInput | null> {
    if (step.kind !== "need-documents") {
      await this.#passwords.wait(step.documents, () => this.#detached || this.#cancelled);
    }
    const supply = await this.#gather(step);
    if (this.#cancelled) {
      return { kind: "cancel" };
    }
    const had = supply.kind === "documents" ? supply.documents : supply.digests;
    if (had.length === 0 && !this.#detached) {
      await this.#end(this.#whyNothingIsLeft());
      return null;
    }
    return supply;
  }

  async #gather(step: NeedStep): Promise<Extract<FlowInput, { kind: "digests" | "document-digests" | "documents" }>> {
    const { signal } = this.#network;
    switch (step.kind) {
      case "need-digests":
        return { kind: "digests", digests: await this.#work.prepare(step.documents, step.signer, signal) };
      case "need-document-digests": {
        const digests = await this.#work.prepareUnknown(step.documents, step.algorithm, signal);
        return { kind: "document-digests", digests };
      }
      case "need-documents":
        return { kind: "documents", documents: await this.#work.send(step.documents) };
    }
  }

  #next(): FlowInput {
    return this.#cancelled ? { kind: "cancel" } : { kind: "go" };
  }

  #finishApproved(): Promise<void> {
    return this.#work.finishApproved(this.#record.level, this.#record.phase, this.#closing.signal);
  }

  /** Once for each document: the space for the CMS was too small, so it is prepared and approved again. */
  #startAgainForTooSmall(): boolean {
    const small = this.#cancelled ? [] : this.#work.tooSmall();
    if (small.length === 0) {
      return false;
    }
    const ids = new Set(small.map(({ item }) => item));
    const { order } = this.#record;
    const documents = order.documents.filter(({ id }) => ids.has(id));
    const state = this.#parts.environment.provider.begin({ ...order, documents });
    const items = small.map(({ item, failure }) => ({
      item,
      capacityBytes: Number(failure?.params?.["needed"] ?? 0) * 2,
    }));
    const version = this.#parts.journal.requeue(this.#record.id, this.#record.version, state, items);
    this.#record = { ...this.#record, state, version };
    return true;
  }

  #store(state: FlowState): Promise<void> {
    return this.#write(state, ({ id, version }) => this.#parts.journal.storeState(id, version, state));
  }

  #storeValues(state: FlowState, values: readonly SignatureValue[]): Promise<void> {
    return this.#write(state, ({ id, version }) => this.#parts.journal.storeValues(id, version, state, values));
  }

  #storeReturned(state: FlowState, kept: readonly KeptDocument[]): Promise<void> {
    return this.#write(state, ({ id, version }) => this.#parts.journal.storeReturned(id, version, state, kept));
  }

  #storeEvidence(
    { state, evidence }: Extract<FlowStep, { kind: "evidence" }>,
    items: readonly string[],
  ): Promise<void> {
    return this.#write(state, ({ id, version }) =>
      this.#parts.journal.storeEvidence(id, version, state, items, evidence),
    );
  }

  async #write(state: FlowState, store: (record: TransactionRecord) => number): Promise<void> {
    const version = await writeWhenPossible(() => store(this.#record), {
      clock: this.#parts.clock,
      closing: this.#closing.signal,
      isCancelled: () => this.#cancelled,
      tell: (refuses) => this.#parts.listener.onInteraction(refuses ? REFUSED : null),
    });
    this.#record = { ...this.#record, state, version };
  }

  /** Cannot go on now and is not over: it stays in the journal, and the person is told why. */
  #pause(failure: Failure): void {
    this.#closing.abort();
    this.#work.tellStuck(failure);
    this.#parts.listener.onInteraction(null);
    this.#parts.listener.onEnd({ kind: "failed", failure });
  }

  /** No document could be prepared: the run fails as the first of them did. */
  #whyNothingIsLeft(): Failure {
    return this.#work.all().find((item) => item.failure !== null)?.failure ?? { code: "app.internal" };
  }

  async #end(failure: Failure | null): Promise<void> {
    const phase = failure === null ? "done" : "failed";
    // First the files, then the journal: what a crash leaves between the two is looked at again at the next start.
    const open = await this.#work.discardOpen();
    await this.#work.giveUpTooSmall();
    this.#parts.journal.finish(this.#record.id, phase, failure);
    this.#record = { ...this.#record, phase, failure };
    this.#work.tellFailed(open, failure ?? { code: "provider.signature-missing" });
  }

  #reportEnd(): void {
    this.#hide();
    const items = this.#work.all();
    const signed = items.filter((item) => item.phase === "delivered").length;
    const { failure } = this.#record;
    this.#parts.listener.onEnd(
      failure !== null && signed === 0
        ? { kind: "failed", failure }
        : { kind: "done", signed, failed: items.length - signed },
    );
  }

  /**
   * Something threw. When it was the journal, the run stays in it as it is, and goes on at the next start. Otherwise
   * it is a bug, which would come back each time: the run ends; what was approved by then stays approved.
   */
  async #breakOff(error: unknown): Promise<void> {
    this.#parts.unexpected(error);
    const journal = isJournalFailure(error);
    const failure: Failure = { code: journal ? "app.journal-unavailable" : "app.internal" };
    if (!journal && this.#record.phase === "running") {
      try {
        await this.#end(failure);
      } catch (second) {
        this.#parts.unexpected(second);
      }
    }
    this.#tellStopped(failure);
  }

  /** What is signed or over by now stays as it is. */
  #tellStopped(failure: Failure): void {
    if (!this.#detached) {
      this.#work.tellStuck(failure);
      this.#parts.listener.onInteraction(null);
      this.#parts.listener.onEnd({ kind: "failed", failure });
    }
  }

  #show(interaction: FlowInteraction): void {
    const { page, openLink, ...shown } = interaction;
    this.#conditions.show(interaction);
    this.#page.show(interaction.id, page ?? null);
    this.#link.show(interaction.id, openLink);
    const kind = shown.kind === "waiting" ? "waiting-for-provider" : "waiting-for-you";
    for (const item of this.#work.open()) {
      this.#parts.listener.onItem(item.item, { kind });
    }
    this.#parts.listener.onInteraction(shown satisfies Interaction);
  }

  #hide(): void {
    this.#page.close();
    this.#conditions.show(null);
    this.#parts.listener.onInteraction(null);
  }
}
