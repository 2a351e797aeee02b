import type { Failure } from "../../shared/failure.ts";
import type { DocumentId } from "../../shared/ids.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { FileReport } from "../../shared/verification.ts";
import { openOptions } from "../pdf/open-pdf.ts";
import type { Certificate } from "../pki/certificate.ts";
import type { ValidationNetwork } from "../verify/validation-network.ts";
import type { DocumentRegistry } from "./documents/document-registry.ts";
import type { Clock } from "./ports.ts";
import { judgeHere, onlineSettings } from "./verifying/verify-job.ts";
import type { VerifyJob, VerifySettings } from "./verifying/verify-job.ts";
import type { VerifyPool } from "./verifying/verify-pool.ts";

const LARGE_FILE_BYTES = 32 * 1024 * 1024;
const FIRST_PAGE_MILLISECONDS = 1_500;

export interface VerificationParts {
  readonly registry: DocumentRegistry;
  readonly clock: Clock;
  readonly trustAnchors: () => Promise<readonly Certificate[]>;
  /** Roots that persons with BankID are judged against; absent: none. */
  readonly bankIdRoots?: () => Promise<readonly Certificate[]>;
  readonly pool: VerifyPool;
  /** Asked for what documents do not bring; through it the pool's threads ask, too. */
  readonly network: ValidationNetwork;
  readonly unexpected?: ((error: unknown) => void) | undefined;
}

interface Check {
  readonly abort: AbortController;
  readonly outcome: Promise<Result<FileReport, Failure>>;
}

/** Judges opened documents in threads, so that the window stays quick whatever a file is made of. */
export class Verification {
  readonly #parts: VerificationParts;
  readonly #checks = new Map<DocumentId, Check>();

  constructor(parts: VerificationParts) {
    this.#parts = parts;
  }

  /** In the background; progress and report appear in the document's view. */
  request(id: DocumentId): void {
    // Nobody can say anything about a locked document; its row and its banner say that it is locked.
    if (this.#parts.registry.isLocked(id)) {
      return;
    }
    const size = this.#parts.registry.get(id)?.source.fingerprint.size ?? 0;
    // Looking through a large file takes the disk: the page that the person waits for goes first.
    void this.#begin(id, size > LARGE_FILE_BYTES ? FIRST_PAGE_MILLISECONDS : 0);
  }

  /** Judges anew, also when a check is going on: it may have begun with what no longer holds. */
  async restart(id: DocumentId): Promise<void> {
    this.cancel([id]);
    await this.#checks.get(id)?.outcome;
    this.request(id);
  }

  /** Joins a check that is going on already. */
  verify(id: DocumentId): Promise<Result<FileReport, Failure>> {
    return this.#begin(id, 0);
  }

  /** A check that is cancelled ends with a report that says so; one of a closed document with none. */
  cancel(ids: readonly DocumentId[]): void {
    for (const id of ids) {
      this.#checks.get(id)?.abort.abort();
    }
  }

  async close(): Promise<void> {
    this.cancel([...this.#checks.keys()]);
    await this.#parts.pool.close();
  }

  #begin(id: DocumentId, delay: number): Promise<Result<FileReport, Failure>> {
    const known = this.#checks.get(id);
    if (known !== undefined) {
      return known.outcome;
    }
    const abort = new AbortController();
    const outcome = this.#check(id, delay, abort.signal).finally(() => this.#checks.delete(id));
    this.#checks.set(id, { abort, outcome });
    return outcome;
  }

  async #check(id: DocumentId, delay: number, signal: AbortSignal): Promise<Result<FileReport, Failure>> {
    const { registry, clock, trustAnchors, bankIdRoots } = this.#parts;
    registry.update(id, { checking: { progress: null } });
    if (delay > 0) {
      await clock.sleep(delay, signal);
    }
    const [anchors, roots] = await Promise.all([trustAnchors(), bankIdRoots?.() ?? []]);
    const document = registry.get(id);
    if (document === undefined) {
      return failed({ code: "document.not-found" });
    }
    const settings: VerifySettings = {
      trustAnchors: anchors.map(({ der }) => der),
      bankIdRoots: roots.map(({ der }) => der),
      at: new Date(clock.now()).toISOString(),
      details: true,
      online: onlineSettings(this.#parts.network),
    };
    const onProgress = (progress: number): void => registry.update(id, { checking: { progress } });
    const job = { path: document.source.path, ...openOptions(registry.password(document.source.path)) };
    const report = await this.#judge(job, settings, { signal, onProgress });
    // The path stays in main.
    const shown = { ...report, file: document.source.name };
    registry.update(id, { report: shown, checking: null });
    return success(shown);
  }

  async #judge(
    job: VerifyJob,
    settings: VerifySettings,
    control: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
  ): Promise<FileReport> {
    try {
      return await this.#parts.pool.judge(job, settings, control);
    } catch (error) {
      // Threads cannot be started here. An answer that makes the window wait is better than none.
      this.#parts.unexpected?.(error);
      return judgeHere(settings, this.#parts.network).judge(job, control);
    }
  }
}
