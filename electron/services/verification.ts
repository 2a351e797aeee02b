import type { Failure } from "../../shared/failure.ts";
import type { DocumentId } from "../../shared/ids.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { FileReport } from "../../shared/verification.ts";
import { openOptions } from "../pdf/open-pdf.ts";
import type { Certificate } from "../pki/certificate.ts";
import type { ValidationNetwork } from "../verify/validation-network.ts";
import { verifyFile } from "../verify/verify-file.ts";
import type { DocumentRegistry } from "./documents/document-registry.ts";
import type { Clock } from "./ports.ts";

const LARGE_FILE_BYTES = 32 * 1024 * 1024;
const FIRST_PAGE_MILLISECONDS = 1_500;

/** Judges opened documents, one after the other, so that a folder of four hundred does not stop the window. */
export class Verification {
  readonly #registry: DocumentRegistry;
  readonly #clock: Clock;
  readonly #trustAnchors: () => Promise<readonly Certificate[]>;
  readonly #network: ValidationNetwork;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    registry: DocumentRegistry,
    clock: Clock,
    trustAnchors: () => Promise<readonly Certificate[]>,
    network: ValidationNetwork,
  ) {
    this.#registry = registry;
    this.#clock = clock;
    this.#trustAnchors = trustAnchors;
    this.#network = network;
  }

  /** In the background; the report appears in the document's view. */
  request(id: DocumentId): void {
    // Nobody can say anything about a locked document; its row and its banner say that it is locked.
    if (this.#registry.isLocked(id)) {
      return;
    }
    void this.#afterFirstPage(id);
  }

  /** Looking through a large file takes the disk and this thread: the page that the person waits for goes first. */
  async #afterFirstPage(id: DocumentId): Promise<void> {
    const size = this.#registry.get(id)?.source.fingerprint.size ?? 0;
    if (size > LARGE_FILE_BYTES) {
      await this.#clock.sleep(FIRST_PAGE_MILLISECONDS, new AbortController().signal);
    }
    await this.verify(id);
  }

  verify(id: DocumentId): Promise<Result<FileReport, Failure>> {
    const turn = this.#last.then(() => this.#judge(id));
    this.#last = turn;
    return turn;
  }

  async #judge(id: DocumentId): Promise<Result<FileReport, Failure>> {
    const document = this.#registry.get(id);
    if (document === undefined) {
      return failed({ code: "document.not-found" });
    }
    const report = await verifyFile(document.source.path, {
      trustAnchors: await this.#trustAnchors(),
      at: new Date(this.#clock.now()),
      ...openOptions(this.#registry.password(document.source.path)),
      network: this.#network,
    });
    // The path stays in main.
    const shown = { ...report, file: document.source.name };
    this.#registry.update(id, { report: shown });
    return success(shown);
  }
}
