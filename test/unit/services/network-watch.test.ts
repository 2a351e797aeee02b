import { expect, test, vi } from "vitest";
import type { TransactionView } from "../../../shared/app-state.ts";
import { transactionId } from "../../../shared/ids.ts";
import { NetworkWatch } from "../../../electron/services/application/network-watch.ts";

const exchange = (failure: string | null, host = "b2b.example") =>
  ({ method: "GET", host, status: failure === null ? 200 : null, failure, milliseconds: 1 }) as const;

function view(message: string): TransactionView {
  return {
    id: transactionId("1"),
    provider: "itsme",
    practice: false,
    environment: "production",
    documents: [],
    interaction: { kind: "waiting", id: "1", message, device: "computer", deadline: null },
    outcome: null,
    resumed: false,
  };
}
const messages = (views: readonly TransactionView[]) => views.map(({ interaction }) => interaction?.message);

test("the person is told once that there is no network, and once that it is over", () => {
  const changed = vi.fn<() => void>();
  const watch = new NetworkWatch(changed);
  watch.heard(exchange(null));
  expect([watch.notices, changed.mock.calls.length]).toEqual([[], 0]);
  watch.heard(exchange("network.offline"));
  watch.heard(exchange("network.offline", "tsa.example"));
  expect(watch.notices).toEqual([{ code: "network.offline", params: { host: "b2b.example" } }]);
  expect(changed).toHaveBeenCalledTimes(1);
  // A server that refuses was reached.
  watch.heard(exchange("provider.tls"));
  expect([watch.notices, changed.mock.calls.length]).toEqual([[], 2]);
});

test("neither practice on this computer nor a request that was given up says that there is a network", () => {
  const watch = new NetworkWatch(() => undefined);
  watch.heard(exchange("network.offline"));
  for (const host of ["localhost:4433", "127.0.0.1:80", "[::1]:443"]) {
    watch.heard(exchange(null, host));
  }
  watch.heard(exchange("provider.cancelled"));
  expect(watch.notices).toHaveLength(1);
});

test("without a network no provider is said not to answer", () => {
  const watch = new NetworkWatch(() => undefined);
  const views = [view("itsme.reconnecting"), view("itsme.sign-waiting")];
  expect(messages(watch.shown(views))).toEqual(["itsme.reconnecting", "itsme.sign-waiting"]);
  watch.heard(exchange("network.offline"));
  expect(messages(watch.shown(views))).toEqual(["network.waiting", "itsme.sign-waiting"]);
});
