import type { Failure } from "../../../../shared/failure.ts";
import type { Result } from "../../../../shared/result.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../../../electron/net/http-client.ts";

export type Reply = { readonly status?: number; readonly json?: unknown; readonly text?: string } | Failure;

export interface SeenCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  // Tests reach into bodies freely.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** A transport without a network: shows each call to `answer`. */
export class ScriptedHttp implements HttpClient {
  readonly calls: SeenCall[] = [];
  readonly #answer: (call: SeenCall) => Reply;

  constructor(answer: (call: SeenCall) => Reply) {
    this.#answer = answer;
  }

  request(request: HttpRequest): Promise<Result<HttpAnswer, Failure>> {
    const { method, url, headers = {}, body } = request;
    const call: SeenCall = { method, url, headers, body: typeof body === "string" ? JSON.parse(body) : null };
    this.calls.push(call);
    if (request.signal?.aborted === true) {
      return Promise.resolve({ ok: false, failure: { code: "provider.cancelled" } });
    }
    const reply = this.#answer(call);
    if ("code" in reply) {
      return Promise.resolve({ ok: false, failure: reply });
    }
    const text = reply.text ?? JSON.stringify(reply.json ?? {});
    return Promise.resolve({
      ok: true,
      value: { status: reply.status ?? 200, headers: {}, body: new TextEncoder().encode(text) },
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
