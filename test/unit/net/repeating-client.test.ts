import { expect, test } from "vitest";
import type { HttpAnswer, HttpClient } from "../../../electron/net/http-client.ts";
import { repeatingClient } from "../../../electron/net/repeating-client.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";

type Outcome = Result<HttpAnswer, Failure>;
const status = (code: number): Outcome => success({ status: code, headers: {}, body: new Uint8Array() });
const unreachable = (reason: string): Outcome =>
  failed({ code: "provider.unreachable", params: { host: "h", reason } });

/** A service that answers so, one after the other, and the last for ever. */
function service(...outcomes: readonly Outcome[]) {
  const pauses: number[] = [];
  let asked = 0;
  const inner: HttpClient = {
    request: async () => {
      asked += 1;
      return outcomes[Math.min(asked, outcomes.length) - 1] ?? status(500);
    },
    close: async () => undefined,
  };
  const client = repeatingClient(inner, {
    attempts: 3,
    firstPause: 1_000,
    random: () => 0.5,
    sleep: async (milliseconds, signal) => {
      pauses.push(milliseconds);
      signal?.throwIfAborted();
    },
  });
  return { client, pauses, asked: () => asked };
}
const request = { method: "POST", url: "http://tsa.example/" } as const;

test("what was away for a moment is asked again, with longer pauses that are between half and all of their length", async () => {
  const { client, pauses, asked } = service(unreachable("ECONNREFUSED"), status(503), status(200));
  expect(await client.request(request)).toEqual(status(200));
  expect([asked(), pauses]).toEqual([3, [750, 1_500]]);
});

test("three times in all, and then the last answer stands", async () => {
  const { client, asked } = service(unreachable("ECONNRESET"));
  expect(await client.request(request)).toEqual(unreachable("ECONNRESET"));
  expect(asked()).toBe(3);
});

test.each([
  ["an answer", status(200)],
  ["a refusal", status(400)],
  ["a fault of the service's own", status(500)],
  ["a service that took all its time", unreachable("timeout")],
  ["a name that is not there", unreachable("ENOTFOUND")],
  ["a certificate that is not trusted", failed({ code: "provider.tls" } as const)],
  ["a computer without a network", failed({ code: "network.offline" } as const)],
])("%s is not asked again", async (_what, outcome) => {
  const { client, asked } = service(outcome);
  expect(await client.request(request)).toEqual(outcome);
  expect(asked()).toBe(1);
});

test("nobody is asked again for somebody who has given up", async () => {
  const { client, asked } = service(unreachable("ECONNREFUSED"));
  const signal = AbortSignal.abort();
  expect(await client.request({ ...request, signal })).toEqual(unreachable("ECONNREFUSED"));
  expect(asked()).toBe(1);
});
