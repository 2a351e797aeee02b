import type { Failure } from "../../../../shared/failure.ts";
import type { Result } from "../../../../shared/result.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../../../electron/net/http-client.ts";

export type Reply =
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly bytes?: Uint8Array;
      readonly type?: string;
    }
  | { readonly failure: Failure };

export interface SeenCall {
  readonly method: string;
  /** Below the base address, decoded. */
  readonly path: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  // Tests reach into bodies freely.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export const BASE = "https://customer.example/api/2.10/";

/** A transport without a network: shows each call to `answer`. */
export class ScriptedHttp implements HttpClient {
  readonly calls: SeenCall[] = [];
  readonly #answer: (call: SeenCall) => Reply;

  constructor(answer: (call: SeenCall) => Reply) {
    this.#answer = answer;
  }

  request(request: HttpRequest): Promise<Result<HttpAnswer, Failure>> {
    const path = new URL(request.url).pathname.slice(new URL(BASE).pathname.length).split("/").map(decodeURIComponent);
    const body: unknown = typeof request.body === "string" ? JSON.parse(request.body) : null;
    const call = { method: request.method, path, headers: request.headers ?? {}, body };
    this.calls.push(call);
    if (request.signal?.aborted === true) {
      return Promise.resolve({ ok: false, failure: { code: "provider.cancelled" } });
    }
    const reply = this.#answer(call);
    if ("failure" in reply) {
      return Promise.resolve({ ok: false, failure: reply.failure });
    }
    const text = reply.text ?? (reply.json === undefined ? "" : JSON.stringify(reply.json));
    const headers: Record<string, string> = reply.type === undefined ? {} : { "content-type": reply.type };
    const bytes = reply.bytes ?? new TextEncoder().encode(text);
    return Promise.resolve({ ok: true, value: { status: reply.status, headers, body: bytes } });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
