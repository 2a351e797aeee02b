import type { Failure } from "../../../shared/failure.ts";
import type { TransactionId } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { PadesLevel } from "../../../shared/verification.ts";
import type { SigningDigest } from "../../pki/signing-schemes.ts";
import type {
  BankIdSigning,
  DocumentDigest,
  DocumentToSend,
  DocumentToSign,
  ExpectedSigner,
  FlowStep,
  SignatureValue,
  SignerIdentity,
} from "../../providers/provider.ts";
import { isJournalFailure } from "../../storage/journal-errors.ts";
import type { Journal } from "../../storage/journal.ts";
import type { ItemRecord, ReturnedDocument, TransactionPhase } from "../../storage/journal-record.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import { acceptEvidence } from "./evidence/accept-evidence.ts";
import { adoptValues } from "./returned/adopt-values.ts";
import type { RunListener } from "./run-listener.ts";
import type { SigningSteps } from "./signing-steps.ts";

/** Documents that are hashed, or assembled, at the same time: enough for two disks and cores, few open files. */
const CONCURRENT_DOCUMENTS = 3;

/** With these, the approved value fits nothing that is still there, however often it is tried. */
const BEYOND_HELP: ReadonlySet<string> = new Set([
  "document.changed-on-disk",
  "output.conformance",
  "output.verification",
  "provider.signature-invalid",
  "provider.certificate-invalid",
  "certificate.unsupported-key",
  "returned.not-ours",
  "returned.changed",
  "returned.not-signed",
  "returned.other-signer",
  "returned.lost",
  "evidence.not-this-document",
]);

type SignedDocuments = Pick<Extract<FlowStep, { kind: "signed-documents" }>, "documents" | "signers" | "countersigned">;

/** A document that came back, kept on the disk. */
export interface KeptDocument {
  readonly item: string;
  readonly returned: ReturnedDocument;
}

export interface ItemWorkParts {
  readonly journal: Journal;
  readonly steps: SigningSteps;
  readonly listener: RunListener;
  /** Told of bugs; the document they met ends with `app.internal`. */
  readonly unexpected: (error: unknown) => void;
}

/** The work on a run's single documents: one that fails never stops the others. */
export class ItemWork {
  readonly #parts: ItemWorkParts;
  readonly #transaction: TransactionId;

  constructor(parts: ItemWorkParts, transaction: TransactionId) {
    this.#parts = parts;
    this.#transaction = transaction;
  }

  all(): readonly ItemRecord[] {
    return this.#parts.journal.items(this.#transaction);
  }

  /** Documents that wait for their approval. */
  open(): readonly ItemRecord[] {
    return this.all().filter((item) => item.phase === "pending" || item.phase === "prepared");
  }

  /** What came back for these was not what was ordered. */
  refused(): readonly string[] {
    return this.all()
      .filter(
        ({ phase, returned, prepared }) => phase === "failed" && ((returned ?? null) !== null || prepared !== null),
      )
      .map(({ item }) => item);
  }

  /** Documents that cannot be prepared before somebody gives their password. */
  withoutPassword(ids: readonly string[]): readonly ItemRecord[] {
    return this.open().filter((item) => ids.includes(item.item) && this.#parts.steps.needsPassword(item));
  }

  /** Digests of those that could be prepared. When aborted, what was not prepared stays as it is in the journal. */
  async prepare(ids: readonly string[], signer: SignerIdentity, signal: AbortSignal) {
    const items = this.open().filter((item) => ids.includes(item.item));
    const digests = await mapConcurrently(items, CONCURRENT_DOCUMENTS, (item) =>
      this.#prepareOne(item, signer, signal),
    );
    return digests.filter((digest) => digest !== null);
  }

  async #prepareOne(item: ItemRecord, signer: SignerIdentity, signal: AbortSignal): Promise<DocumentToSign | null> {
    const value = await this.#preparing(item, signal, (working) =>
      this.#parts.steps.prepare(item, signer, working, signal),
    );
    if (value === null) {
      return null;
    }
    this.#parts.journal.storePrepared(this.#transaction, item.item, value.prepared);
    return { id: item.item, ...value.toSign };
  }

  /** Null: it could not be prepared, which the journal knows, or it was aborted and is as it was. */
  async #preparing<T>(
    item: ItemRecord,
    signal: AbortSignal,
    work: (onProgress: (progress: number | null) => void) => Promise<Result<T, Failure>>,
  ): Promise<T | null> {
    if (signal.aborted) {
      return null;
    }
    const working = (progress: number | null): void =>
      this.#parts.listener.onItem(item.item, { kind: "working", step: "preparing", progress });
    working(null);
    const outcome = await this.#guarded(() => work(working));
    if (outcome.ok) {
      return outcome.value;
    }
    if (!signal.aborted) {
      await this.#fail(item, outcome.failure);
    }
    return null;
  }

  /** Digests of the documents themselves: nobody knows yet who signs. */
  async prepareUnknown(
    ids: readonly string[],
    algorithm: SigningDigest,
    signal: AbortSignal,
  ): Promise<readonly DocumentDigest[]> {
    const items = this.open().filter((item) => ids.includes(item.item));
    const digests = await mapConcurrently(items, CONCURRENT_DOCUMENTS, async (item) => {
      const prepared = await this.#preparing(item, signal, (working) =>
        this.#parts.steps.prepareUnknown(item, algorithm, working, signal),
      );
      if (prepared === null) {
        return null;
      }
      this.#parts.journal.storePrepared(this.#transaction, item.item, prepared);
      return { id: item.item, name: item.name, algorithm, digest: prepared.documentDigest };
    });
    return digests.filter((digest) => digest !== null);
  }

  /**
   * Values from the CMS that a provider made over prepared documents; one that does not fit its document ends that
   * document. Can be repeated: it is always taken apart anew.
   */
  async adopt(
    values: readonly SignatureValue[],
    signers: readonly ExpectedSigner[],
  ): Promise<readonly SignatureValue[]> {
    const adopted: SignatureValue[] = [];
    for (const { item, outcome } of adoptValues(this.open(), values, signers)) {
      if (outcome.ok) {
        this.#parts.journal.storePrepared(this.#transaction, item.item, outcome.value.prepared);
        adopted.push(outcome.value.value);
      } else {
        await this.#fail(item, outcome.failure);
      }
    }
    return adopted;
  }

  /** Those of the documents that the evidence speaks of; the others end here. */
  async acceptEvidence(documents: readonly string[], evidence: BankIdSigning): Promise<readonly string[]> {
    const { items, refused } = acceptEvidence(this.open(), documents, evidence);
    for (const { item, failure } of refused) {
      await this.#fail(item, failure);
    }
    return items;
  }

  /** The documents themselves, as far as they could be read. */
  async send(ids: readonly string[]): Promise<readonly DocumentToSend[]> {
    const items = this.open().filter((item) => ids.includes(item.item));
    const { journal, steps } = this.#parts;
    const documents = await mapConcurrently(items, CONCURRENT_DOCUMENTS, async (item) => {
      const outcome = await this.#guarded(() => steps.send(item));
      if (!outcome.ok) {
        await this.#fail(item, outcome.failure);
        return null;
      }
      journal.storeSent(this.#transaction, item.item, outcome.value.sent);
      return outcome.value.document;
    });
    return documents.filter((document) => document !== null);
  }

  /**
   * Puts what came back on the disk; what is here already, from an earlier start, is left as it is. Throws nothing: a
   * document that cannot be kept is told, and asked for again.
   */
  keep({ documents, signers, countersigned }: SignedDocuments): Result<readonly KeptDocument[], Failure> {
    const waiting = this.open();
    const kept: KeptDocument[] = [];
    for (const { id, bytes } of documents) {
      const item = waiting.find((one) => one.item === id);
      if (item !== undefined) {
        const stored = this.#parts.steps.keep(item, bytes);
        if (!stored.ok) {
          return stored;
        }
        const also = countersigned === true ? { countersigned } : {};
        kept.push({ item: id, returned: { ...stored.value, signers, ...also } });
      }
    }
    return success(kept);
  }

  /** Removes what the documents without approval left on the disk. */
  async discardOpen(): Promise<readonly ItemRecord[]> {
    const open = this.open();
    for (const item of open) {
      await this.#parts.steps.discard(item);
    }
    return open;
  }

  tellFailed(items: readonly ItemRecord[], failure: Failure): void {
    for (const item of items) {
      this.#parts.listener.onItem(item.item, { kind: "failed", failure: withName(failure, item) });
    }
  }

  /** The run broke off: what is neither delivered nor failed is where it was, and is looked at again at the next start. */
  tellStuck(failure: Failure): void {
    try {
      for (const { item } of this.all().filter(({ phase }) => phase !== "delivered" && phase !== "failed")) {
        this.#parts.listener.onItem(item, { kind: "needs-attention", failure });
      }
    } catch (error) {
      this.#parts.unexpected(error);
    }
  }

  /**
   * Takes every approved document to its delivery. One that cannot be delivered now stays approved, one that never can
   * is given up, and one whose space was too small waits for `tooSmall` while the run still goes on.
   */
  async finishApproved(level: PadesLevel, phase: TransactionPhase, signal: AbortSignal): Promise<void> {
    const approved = this.all().filter(isApproved);
    await mapConcurrently(approved, CONCURRENT_DOCUMENTS, async (item) => {
      const { journal, steps, listener } = this.#parts;
      const outcome = await this.#guarded(() =>
        steps.finish(
          item,
          level,
          (step) => listener.onItem(item.item, { kind: "working", step, progress: null }),
          signal,
        ),
      );
      if (outcome.ok) {
        listener.onItem(item.item, { kind: "delivered", ...outcome.value });
        return;
      }
      const failure = withName(outcome.failure, item);
      journal.storeItemFailure(this.#transaction, item.item, failure);
      const tooSmall = failure.code === "output.placeholder-too-small";
      if (BEYOND_HELP.has(failure.code) || (tooSmall && (phase !== "running" || item.capacityBytes !== null))) {
        await this.#giveUp(item, failure);
        return;
      }
      if (!tooSmall) {
        listener.onItem(item.item, { kind: "needs-attention", failure });
      }
    });
  }

  /** Approved documents whose space was too small, for the first time: they may be prepared and approved once more. */
  tooSmall(): readonly ItemRecord[] {
    return this.all().filter(
      (item) =>
        isApproved(item) && item.failure?.code === "output.placeholder-too-small" && item.capacityBytes === null,
    );
  }

  async giveUpTooSmall(): Promise<void> {
    for (const item of this.tooSmall()) {
      await this.#giveUp(item, item.failure ?? { code: "output.placeholder-too-small" });
    }
  }

  async #fail(item: ItemRecord, failure: Failure): Promise<void> {
    await this.#parts.steps.discard(item);
    this.#parts.journal.storeItemFailure(this.#transaction, item.item, withName(failure, item));
    this.tellFailed([item], failure);
  }

  async #giveUp(item: ItemRecord, failure: Failure): Promise<void> {
    await this.#parts.steps.discard(item);
    this.#parts.journal.giveUp(this.#transaction, item.item, failure);
    this.#parts.listener.onItem(item.item, { kind: "failed", failure });
  }

  /** An exception is a bug: it ends this document's step, not the run. The journal's own errors end the run. */
  async #guarded<T>(work: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    try {
      return await work();
    } catch (error) {
      if (isJournalFailure(error)) {
        throw error;
      }
      this.#parts.unexpected(error);
      return failed({ code: "app.internal" });
    }
  }
}

function isApproved(item: ItemRecord): boolean {
  return item.phase === "approved" || item.phase === "assembled";
}

/** The sentences name the document; not everybody who fails knows what it is called. */
function withName(failure: Failure, item: ItemRecord): Failure {
  return { ...failure, params: { name: item.name, ...failure.params } };
}
