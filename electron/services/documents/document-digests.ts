import type { DocumentId, Sha256Hex } from "../../../shared/ids.ts";
import type { Clock } from "../ports.ts";
import { digestOfStart } from "./digest-of-start.ts";
import type { DocumentRegistry } from "./document-registry.ts";

/** Looking through one takes the disk, and the page that the person waits for goes first. */
const LARGE_FILE_BYTES = 32 * 1024 * 1024;
const FIRST_PAGE_MILLISECONDS = 1_500;

/** SHA-256 of documents that are open, each computed once as long as the file stays the same. */
export class DocumentDigests {
  readonly #registry: Pick<DocumentRegistry, "get">;
  readonly #clock: Pick<Clock, "sleep">;
  readonly #known = new Map<DocumentId, { readonly file: string; readonly digest: Promise<Sha256Hex | null> }>();

  constructor(registry: Pick<DocumentRegistry, "get">, clock: Pick<Clock, "sleep">) {
    this.#registry = registry;
    this.#clock = clock;
  }

  /** Null: the document is not there (any more), or cannot be read. */
  of(id: DocumentId): Promise<Sha256Hex | null> {
    const source = this.#registry.get(id)?.source;
    if (source === undefined) {
      this.#known.delete(id);
      return Promise.resolve(null);
    }
    const file = JSON.stringify([source.path, source.fingerprint]);
    const known = this.#known.get(id);
    if (known?.file === file) {
      return known.digest;
    }
    const digest = this.#compute(source.path, source.fingerprint.size);
    this.#known.set(id, { file, digest });
    return digest;
  }

  async #compute(path: string, size: number): Promise<Sha256Hex | null> {
    if (size > LARGE_FILE_BYTES) {
      await this.#clock.sleep(FIRST_PAGE_MILLISECONDS, new AbortController().signal);
    }
    return digestOfStart(path, size).catch(() => null);
  }
}
