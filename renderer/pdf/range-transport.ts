import type { Bridge } from "../../shared/bridge.ts";
import type { DocumentView } from "../../shared/app-state.ts";
import type { Failure } from "../../shared/failure.ts";
import { PDFDataRangeTransport } from "./pdf-library.ts";

/** Bytes asked for in one go; pdf.js joins neighbours, so requests may be a multiple of it. */
export const RANGE_CHUNK_SIZE = 262_144;
/** The contract's limit for one range (shared/ipc.ts, MAXIMUM_RANGE_BYTES; zod stays out of the window). */
const LARGEST_REQUEST = 4 * 1024 * 1024;

/** Feeds pdf.js from main, range by range, so that no document ever crosses as one message. */
export class BridgeRangeTransport extends PDFDataRangeTransport {
  readonly #bridge: Bridge;
  readonly #document: DocumentView["id"];
  readonly #onFailure: (failure: Failure) => void;
  #aborted = false;

  constructor(bridge: Bridge, document: DocumentView, onFailure: (failure: Failure) => void) {
    super(document.size, null);
    this.#bridge = bridge;
    this.#document = document.id;
    this.#onFailure = onFailure;
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#read(begin, end);
  }

  override abort(): void {
    this.#aborted = true;
  }

  async #read(begin: number, end: number): Promise<void> {
    const bytes = new Uint8Array(end - begin);
    for (let at = begin; at < end && !this.#aborted; at += LARGEST_REQUEST) {
      const range = { document: this.#document, begin: at, end: Math.min(at + LARGEST_REQUEST, end) };
      const answer = await this.#bridge.invoke("documents.readRange", range);
      if (!answer.ok) {
        this.#onFailure(answer.failure);
        return;
      }
      bytes.set(answer.value, at - begin);
    }
    if (!this.#aborted) this.onDataRange(begin, bytes);
  }
}
