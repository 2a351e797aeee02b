import { failed } from "../../../shared/result.ts";
import type { PkiTransport } from "../../pki/pki-transport.ts";
import type { CarriedAnswer, FromWorker, ToWorker } from "./worker-messages.ts";

/**
 * The network as a verifying thread has it: the program's own thread asks for it, which knows proxies and which service
 * is away, and whose keychain and settings a file that breaks out of its limits cannot reach from here.
 */
export class CarriedTransport implements PkiTransport {
  readonly #say: (message: FromWorker) => void;
  readonly #waiting = new Map<number, (answer: CarriedAnswer) => void>();
  #last = 0;

  constructor(say: (message: FromWorker) => void) {
    this.#say = say;
  }

  async request({ signal, ...request }: Parameters<PkiTransport["request"]>[0]): Promise<CarriedAnswer> {
    if (signal?.aborted === true) {
      return failed({ code: "provider.cancelled" });
    }
    this.#last += 1;
    const id = this.#last;
    const cancel = (): void => this.#say({ kind: "stop-asking", id });
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<CarriedAnswer>((resolve) => {
        this.#waiting.set(id, resolve);
        this.#say({ kind: "ask", id, request });
      });
    } finally {
      this.#waiting.delete(id);
      signal?.removeEventListener("abort", cancel);
    }
  }

  hear({ id, answer }: Extract<ToWorker, { kind: "answer" }>): void {
    this.#waiting.get(id)?.(answer);
  }
}

/** The other end: asks for one thread, and stops asking when the thread is gone. */
export class TransportForThread {
  readonly #transport: PkiTransport | null;
  readonly #say: (message: ToWorker) => void;
  readonly #asking = new Map<number, AbortController>();

  constructor(transport: PkiTransport | null, say: (message: ToWorker) => void) {
    this.#transport = transport;
    this.#say = say;
  }

  async ask({ id, request }: Extract<FromWorker, { kind: "ask" }>): Promise<void> {
    const abort = new AbortController();
    this.#asking.set(id, abort);
    const answer: CarriedAnswer =
      this.#transport === null
        ? failed({ code: "provider.unreachable", params: { reason: "offline" } })
        : await this.#transport.request({ ...request, signal: abort.signal });
    if (this.#asking.delete(id)) {
      this.#say({ kind: "answer", id, answer });
    }
  }

  stop(id: number): void {
    this.#asking.get(id)?.abort();
  }

  stopAll(): void {
    const asking = [...this.#asking.values()];
    this.#asking.clear();
    for (const abort of asking) {
      abort.abort();
    }
  }
}
