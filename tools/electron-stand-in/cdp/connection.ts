import { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { ProtocolEvents } from "./protocol.ts";
import { MessageSplitter } from "./message-splitter.ts";

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Notice {
  readonly method: string;
  readonly params: unknown;
  readonly sessionId?: string;
}

interface Pending {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One DevTools session: the browser itself (no id) or one target (page, iframe). */
export class CdpSession {
  readonly #connection: CdpConnection;
  readonly #id: string | undefined;
  readonly #events = new EventEmitter().setMaxListeners(0);

  constructor(connection: CdpConnection, id: string | undefined) {
    this.#connection = connection;
    this.#id = id;
  }

  /** Sends a command and resolves with its result. Rejects with Chromium's message, or when the browser has gone. */
  send<Result = unknown>(method: string, params: object = {}): Promise<Result> {
    return this.#connection.request(method, params, this.#id) as Promise<Result>;
  }

  /** Listens to a protocol event. */
  on<Name extends keyof ProtocolEvents>(method: Name, listener: (params: ProtocolEvents[Name]) => void): void {
    this.#events.on(method, listener);
  }

  /** Delivers an event to the listeners; called by the connection. */
  deliver(method: string, params: unknown): void {
    this.#events.emit(method, params);
  }
}

/** Chrome DevTools Protocol over the two pipes of `--remote-debugging-pipe`: no TCP port is opened. */
export class CdpConnection {
  readonly root: CdpSession = new CdpSession(this, undefined);
  readonly #output: Writable;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #pending = new Map<number, Pending>();
  readonly #splitter = new MessageSplitter();
  readonly #onClose: () => void;
  #lastId = 0;
  #closed = false;

  /** @param onClose called once when Chromium's end of the pipe closes. */
  constructor(output: Writable, input: Readable, onClose: () => void) {
    this.#output = output;
    this.#onClose = onClose;
    input.on("data", (chunk: Buffer) => {
      for (const message of this.#splitter.push(chunk)) this.#receive(JSON.parse(message) as Reply | Notice);
    });
    for (const stream of [input, output]) {
      stream.on("error", () => this.close());
      stream.on("close", () => this.close());
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The session of an attached target. Made on first use, because events may come before the attach is handled. */
  session(id: string): CdpSession {
    const known = this.#sessions.get(id);
    if (known) return known;
    const created = new CdpSession(this, id);
    this.#sessions.set(id, created);
    return created;
  }

  request(method: string, params: object, sessionId: string | undefined): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error(`${method}: the browser has gone`));
    const id = ++this.#lastId;
    this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#pending.set(id, { method, resolve, reject }));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { method, reject } of this.#pending.values()) reject(new Error(`${method}: the browser has gone`));
    this.#pending.clear();
    this.#onClose();
  }

  #receive(message: Reply | Notice): void {
    if ("id" in message) return this.#settle(message);
    if (message.method === "Target.detachedFromTarget") {
      const { sessionId } = message.params as { sessionId: string };
      this.#sessions.get(sessionId)?.deliver("detached", undefined);
      this.#sessions.delete(sessionId);
    }
    const session = message.sessionId === undefined ? this.root : this.session(message.sessionId);
    session.deliver(message.method, message.params);
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (!pending) return;
    if (reply.error) pending.reject(new Error(`${pending.method}: ${reply.error.message}`));
    else pending.resolve(reply.result);
  }
}
