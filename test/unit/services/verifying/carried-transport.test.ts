import { MessageChannel } from "node:worker_threads";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PkiTransport } from "../../../../electron/pki/pki-transport.ts";
import { CarriedTransport, TransportForThread } from "../../../../electron/services/verifying/carried-transport.ts";
import type { FromWorker, ToWorker } from "../../../../electron/services/verifying/worker-messages.ts";

/** Both ends, joined by a real channel: what cannot be copied to another thread does not arrive. */
function carried(transport: PkiTransport | null) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const program = new TransportForThread(transport, (message) => port1.postMessage(message));
  const thread = new CarriedTransport((message) => port2.postMessage(message));
  port1.on("message", (message: FromWorker) => {
    if (message.kind === "ask") void program.ask(message);
    if (message.kind === "stop-asking") program.stop(message.id);
  });
  port2.on("message", (message: ToWorker) => {
    if (message.kind === "answer") thread.hear(message);
  });
  return { program, thread };
}

const url = "http://127.0.0.1/ocsp";

describe("the network of a verifying thread", () => {
  test("gives each question its own answer, whatever their order", async () => {
    const { thread } = carried({
      request: async ({ body }) => {
        const [wait = 0] = body ?? [];
        await new Promise((resolve) => setTimeout(resolve, wait));
        return { ok: true, value: { status: 200, headers: {}, body: Uint8Array.of(wait) } };
      },
    });
    const bodies = [30, 1, 15].map((wait) => ({ method: "POST" as const, url, body: Uint8Array.of(wait) }));
    const answers = await Promise.all(bodies.map((request) => thread.request(request)));
    expect(answers.map((answer) => (answer.ok ? [...answer.value.body] : answer))).toEqual([[30], [1], [15]]);
  });

  test("ends a question in the program when the thread gives it up", async () => {
    const { thread } = carried({
      request: ({ signal }) =>
        new Promise((resolve) => {
          signal?.addEventListener("abort", () => resolve({ ok: false, failure: { code: "provider.cancelled" } }));
        }),
    });
    const stop = new AbortController();
    const answer = thread.request({ method: "GET", url, signal: stop.signal });
    stop.abort();
    expect(await answer).toEqual({ ok: false, failure: { code: "provider.cancelled" } });
  });

  test("ends all questions of a thread that is gone, and tells it nothing any more", async () => {
    const aborted: string[] = [];
    const said: ToWorker[] = [];
    const program = new TransportForThread(
      {
        request: ({ url: asked, signal }) =>
          new Promise((resolve) => {
            signal?.addEventListener("abort", () => {
              aborted.push(asked);
              resolve({ ok: false, failure: { code: "provider.cancelled" } });
            });
          }),
      },
      (message) => said.push(message),
    );
    const asking = [1, 2].map((id) =>
      program.ask({ kind: "ask", id, request: { method: "GET", url: `${url}/${id}` } }),
    );
    program.stopAll();
    await Promise.all(asking);
    expect(aborted).toEqual([`${url}/1`, `${url}/2`]);
    expect(said).toEqual([]);
  });

  test("has no network where the program has none", async () => {
    expect(await carried(null).thread.request({ method: "GET", url })).toMatchObject({ ok: false });
  });
});
