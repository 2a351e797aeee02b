import { dirname, join } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import { transactionId } from "../../../shared/ids.ts";
import type { TransactionId } from "../../../shared/ids.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import type { InteractionAnswer } from "../../../shared/interaction.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { isJournalFailure } from "../../storage/journal-errors.ts";
import type { Journal } from "../../storage/journal.ts";
import type { ItemRecord, TransactionRecord } from "../../storage/journal-record.ts";
import { auditedListener, startEvent } from "../auditing/audited-listener.ts";
import type { AuditTrail } from "../auditing/audit-trail.ts";
import type { ProgramLog } from "../logging/program-log.ts";
import { loggedProvider } from "../logging/logged-provider.ts";
import type { Clock, ProviderPages } from "../ports.ts";
import { NO_POLICY } from "../policy/load-policy.ts";
import type { PolicyInForce } from "../policy/load-policy.ts";
import { refusesLevel, refusesOutput, refusesProvider } from "../policy/policy-rules.ts";
import type { FlowDesk } from "./flow-desk.ts";
import { reviewRequest } from "./review.ts";
import type { ReviewedItem, ReviewedRequest, ReviewInput } from "./review.ts";
import type { RunListener } from "./run-listener.ts";
import { environmentKind } from "./signing-environment.ts";
import type { SigningEnvironment, SigningEnvironments } from "./signing-environment.ts";
import { SigningRun } from "./signing-run.ts";
import type { SigningSteps } from "./signing-steps.ts";

export interface SigningServiceParts {
  readonly environments: SigningEnvironments;
  /** Absent: the administrator has laid down nothing. */
  readonly policy?: PolicyInForce;
  readonly journal: Journal;
  readonly stepsFor: (environment: SigningEnvironment) => SigningSteps;
  readonly pages: ProviderPages;
  /** Absent: no other program can be opened. */
  readonly openLink?: (address: string, environment: SigningEnvironment) => Promise<boolean>;
  readonly clock: Clock;
  readonly randomUuid: () => string;
  /** Absent: nothing can be kept for later, and nobody can be asked where to save. */
  readonly desk?: FlowDesk;
  /** What is wrong with the program itself; nothing begins before it is known. Absent: nobody looks. */
  readonly startCheck?: Promise<readonly Failure[]>;
  /** What happened is written down here, too. */
  readonly audit?: AuditTrail;
  /** What support may read later. */
  readonly log?: ProgramLog;
  /** Told of bugs that were caught; never shown to the person as they are. */
  readonly unexpected?: (error: unknown) => void;
}

/** An unfinished run that was found in the journal. */
export interface FoundRun {
  readonly record: TransactionRecord;
  readonly items: readonly ItemRecord[];
  /** Why it cannot go on now; it stays in the journal for the next start. Absent: it can. */
  readonly trouble?: Failure;
}

/** The nine steps of the architecture, for any provider that signs hashes. */
export class SigningService {
  readonly #parts: SigningServiceParts;
  readonly #runs = new Map<TransactionId, { readonly run: SigningRun; readonly ended: Promise<void> }>();

  #closed = false;
  /** The first of what is wrong with the program itself; undefined: not known yet. */
  #unfit: Failure | null | undefined;

  constructor(parts: SigningServiceParts) {
    this.#parts = parts;
    this.#unfit = parts.startCheck === undefined ? null : undefined;
  }

  async review(input: ReviewInput): Promise<Result<ReviewedRequest, Failure>> {
    await this.#checkSelf();
    const refusal = this.#refusal(input);
    if (refusal !== null) {
      return failed(refusal);
    }
    const reviewed = await reviewRequest(input, new Date(this.#parts.clock.now()));
    const misplaced = reviewed.ok ? this.#misplaced(reviewed.value) : null;
    return misplaced === null ? reviewed : failed(misplaced);
  }

  /** Writes the run to the journal and starts it. `app.journal-unavailable`: nothing was started. */
  start(reviewed: ReviewedRequest, follow: (id: TransactionId) => RunListener): Result<TransactionId, Failure> {
    if (this.#closed) {
      return failed({ code: "app.internal", params: { reason: "closing" } });
    }
    // SECURITY: asked again here, so that no way to a run leads around the policy.
    const refusal = this.#refusal(reviewed) ?? this.#misplaced(reviewed);
    if (refusal !== null) {
      return failed(refusal);
    }
    const id = transactionId(this.#parts.randomUuid());
    const now = new Date(this.#parts.clock.now()).toISOString();
    const record: TransactionRecord = {
      id,
      provider: reviewed.environment.provider.descriptor.id,
      profile: reviewed.environment.profile,
      phase: "running",
      order: reviewed.environment.provider.kept?.(reviewed.order) ?? reviewed.order,
      level: reviewed.request.level,
      environment: environmentKind(reviewed.environment),
      state: reviewed.environment.provider.begin(reviewed.order),
      version: 1,
      failure: null,
      created: now,
      updated: now,
    };
    const items = reviewed.items.map((item) => this.#itemRecord(record, item, reviewed));
    try {
      this.#parts.journal.begin(record, items);
    } catch (error) {
      this.#unexpected(error);
      return failed({ code: isJournalFailure(error) ? "app.journal-unavailable" : "app.internal" });
    }
    this.#parts.audit?.record(startEvent(record, items));
    this.#drive(record, reviewed.environment, follow(id));
    return success(id);
  }

  answer(id: TransactionId, interaction: string, answer: InteractionAnswer): void {
    this.#runs.get(id)?.run.answer(interaction, answer);
  }

  passwordGiven(): void {
    for (const { run } of this.#runs.values()) {
      run.passwordGiven();
    }
  }

  /** Files that one document of a run has become; its original may be gone. */
  copiesOf(id: TransactionId, item: string): readonly string[] {
    const record = this.#parts.journal.item(id, item);
    return record === null ? [] : [record.stagedPath, record.outputPath];
  }

  /** Asks a run to stop. What was approved is still delivered. */
  cancel(id: TransactionId): void {
    this.#runs.get(id)?.run.cancel();
  }

  /** Stops driving one run without ending it: it stays in the journal, for the next start or another program. */
  async leave(id: TransactionId): Promise<void> {
    const entry = this.#runs.get(id);
    entry?.run.detach();
    await entry?.ended;
  }

  /** Resolves when the run has ended; at once when it is not running. */
  async ended(id: TransactionId): Promise<void> {
    await this.#runs.get(id)?.ended;
  }

  isRunning(id: TransactionId): boolean {
    return this.#runs.has(id);
  }

  /**
   * What an earlier start of the program left undone, oldest first, and now belongs to this one; `only` asks for one run and
   * leaves the others alone. A run that cannot be read is left out: it does not keep the others waiting.
   */
  unfinished(isAlive: (processId: number, updated: string) => boolean, only?: TransactionId): readonly FoundRun[] {
    return this.#parts.journal
      .unfinished()
      .filter(({ id }) => !this.#runs.has(id) && (only === undefined || id === only))
      .flatMap((record): readonly FoundRun[] => {
        try {
          return this.#found(record, isAlive);
        } catch (error) {
          this.#unexpected(error);
          return [];
        }
      });
  }

  #found(record: TransactionRecord, isAlive: (processId: number, updated: string) => boolean): readonly FoundRun[] {
    const { journal } = this.#parts;
    const items = journal.items(record.id);
    try {
      return journal.takeOver(record.id, isAlive) ? [{ record, items }] : [];
    } catch (error) {
      if (!isJournalFailure(error)) {
        throw error;
      }
      this.#unexpected(error);
      return [{ record, items, trouble: { code: "app.journal-unavailable" } }];
    }
  }

  /**
   * Goes on with a run from the journal exactly where it stood; `withoutTimestamp` settles for B-B, `onlyApproved`
   * delivers what was approved and asks nobody for more.
   */
  async resume(
    id: TransactionId,
    follow: () => RunListener,
    withoutTimestamp = false,
    onlyApproved = false,
  ): Promise<Result<null, Failure>> {
    const record = this.#parts.journal.transaction(id);
    if (record === null || this.#runs.has(id)) {
      return failed({ code: "app.internal" });
    }
    const environment = await this.#parts.environments.get(record.provider, record.profile);
    if (!environment.ok) {
      return environment;
    }
    await this.#checkSelf();
    // Asking for the environment takes a while: the program may be closing, or a second click was faster.
    if (this.#closed || this.#runs.has(id)) {
      return failed({ code: "app.internal" });
    }
    const level = withoutTimestamp ? "B-B" : record.level;
    const { policy = NO_POLICY } = this.#parts;
    const settlesForLess = withoutTimestamp ? refusesLevel(policy, level) : null;
    if (settlesForLess !== null) {
      return failed(settlesForLess);
    }
    this.#parts.audit?.record({ kind: "signing.resumed", run: id });
    const isForbidden = this.#refusal({ environment: environment.value, request: { level } }) !== null;
    const isOver = isForbidden && !this.#isOutForApproval(record);
    this.#drive({ ...record, level }, environment.value, follow(), onlyApproved || isOver);
    return success(null);
  }

  /** Stops driving all runs without ending them: they are resumed at the next start. */
  async detach(): Promise<void> {
    this.#closed = true;
    const ended = [...this.#runs.values()].map((entry) => entry.ended);
    for (const { run } of this.#runs.values()) {
      run.detach();
    }
    await Promise.allSettled(ended);
  }

  /** SECURITY: waits for the check at start; without its answer nobody is asked to approve anything. */
  async #checkSelf(): Promise<void> {
    if (this.#unfit === undefined) {
      this.#unfit = (await this.#parts.startCheck)?.[0] ?? null;
    }
  }

  #refusal(asked: {
    readonly environment: SigningEnvironment;
    readonly request: Pick<SignRequest, "level">;
  }): Failure | null {
    const { policy = NO_POLICY } = this.#parts;
    const { practice, provider } = asked.environment;
    if (this.#unfit === undefined) {
      return { code: "app.internal", params: { reason: "not-checked" } };
    }
    return (
      this.#unfit ??
      refusesProvider(policy, { provider: provider.descriptor.id, practice }) ??
      refusesLevel(policy, asked.request.level)
    );
  }

  /** What may have been approved before a policy forbade it must not be lost; of anything else nobody is asked for more. */
  #isOutForApproval({ id, provider }: TransactionRecord): boolean {
    const items = this.#parts.journal.items(id);
    return (
      provider !== "certificate" && items.some(({ phase, sent }) => phase === "prepared" || (sent ?? null) !== null)
    );
  }

  #misplaced({ items }: ReviewedRequest): Failure | null {
    const { policy = NO_POLICY } = this.#parts;
    const refusals = items.map(({ outputPath, source }) => refusesOutput(policy, outputPath, source.path));
    return refusals.find((refusal) => refusal !== null) ?? null;
  }

  #drive(record: TransactionRecord, environment: SigningEnvironment, listener: RunListener, cancelled = false): void {
    const { log } = this.#parts;
    const run = new SigningRun(
      {
        environment:
          log === undefined
            ? environment
            : { ...environment, provider: loggedProvider(environment.provider, log, record.id) },
        journal: this.#parts.journal,
        steps: this.#parts.stepsFor(environment),
        pages: this.#parts.pages,
        openLink: async (address) => (await this.#parts.openLink?.(address, environment)) ?? false,
        clock: this.#parts.clock,
        listener: this.#guarded(this.#audited(record.id, listener)),
        desk: this.#parts.desk ?? {},
        unexpected: (error) => this.#unexpected(error),
      },
      record,
    );
    if (cancelled) {
      run.cancel();
    }
    const ended = run.drive().finally(() => this.#runs.delete(record.id));
    this.#runs.set(record.id, { run, ended });
  }

  #audited(id: TransactionId, listener: RunListener): RunListener {
    const { audit, journal } = this.#parts;
    return audit === undefined ? listener : auditedListener(audit, id, (item) => journal.item(id, item), listener);
  }

  /** Whoever listens must not be able to stop a run. */
  #guarded(listener: RunListener): RunListener {
    const guard =
      <Arguments extends readonly unknown[]>(tell: (...told: Arguments) => void) =>
      (...told: Arguments): void => {
        try {
          tell(...told);
        } catch (error) {
          this.#unexpected(error);
        }
      };
    return {
      onInteraction: guard(listener.onInteraction),
      onItem: guard(listener.onItem),
      onEnd: guard(listener.onEnd),
    };
  }

  #unexpected(error: unknown): void {
    this.#parts.unexpected?.(error);
  }

  #itemRecord(transaction: TransactionRecord, item: ReviewedItem, reviewed: ReviewedRequest): ItemRecord {
    const { source } = item;
    const { certification, lockFields, evidencePage } = reviewed.request;
    return {
      transaction: transaction.id,
      item: item.item,
      name: source.name,
      sourcePath: source.path,
      sourceSize: source.fingerprint.size,
      sourceSha256: item.sha256,
      // Beside its destination, so that delivery is a rename; hidden, and named so that nobody takes it for a result.
      stagedPath: join(dirname(item.outputPath), `.sealdesk-${transaction.id.slice(0, 8)}-${item.item}.part`),
      outputPath: item.outputPath,
      outputFixed: item.outputFixed,
      placement: item.placement,
      fieldName: reviewed.request.fieldName ?? null,
      reason: reviewed.request.reason ?? null,
      ...(certification === undefined ? {} : { certification }),
      ...(lockFields === undefined ? {} : { lockFields }),
      ...(evidencePage === undefined ? {} : { evidencePage }),
      location: reviewed.request.location ?? null,
      mark: reviewed.request.mark ?? null,
      initials: reviewed.request.initials ?? null,
      rewrite: item.rewrite,
      claimedTime: transaction.created,
      capacityBytes: null,
      phase: "pending",
      prepared: null,
      value: null,
      failure: null,
    };
  }
}
