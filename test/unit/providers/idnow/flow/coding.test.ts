import { describe, expect, test } from "vitest";
import type { FlowInteraction } from "../../../../../electron/providers/provider.ts";
import { answer, FlowBench, willing } from "../flow-bench.ts";
import type { BenchOptions } from "../flow-bench.ts";
import { offline, TAN } from "../fake-idnow.ts";
import type { DriveOutcome } from "../drive-idnow.ts";

function here(options: BenchOptions = {}): FlowBench {
  const bench = new FlowBench({ ...options, details: { codeEntry: "here", ...options.details } });
  bench.fake.scripts = [[[73, 77, 78, 75, 6]]];
  return bench;
}

/** Types these, one a question; null asks for another code; then the right one. */
function typing(...typed: (string | null)[]) {
  return (shown: FlowInteraction) => {
    if (shown.kind !== "code") {
      return willing(shown);
    }
    const next = typed.shift();
    return next === null ? answer(shown, { kind: "resend-code" }) : answer(shown, { kind: "code", value: next ?? TAN });
  };
}

const codes = ({ interactions }: DriveOutcome) => interactions.filter((one) => one.kind === "code");

describe("a code that is typed here", () => {
  test("is asked for after the identification on the page, and signs", async () => {
    const bench = here();
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(outcome.interactions[0]).toMatchObject({ kind: "page", message: "idnow.page-identify" });
    const [code] = codes(outcome);
    expect(code).toMatchObject({
      message: "idnow.code",
      digits: { minimum: 6, maximum: 6 },
      problem: null,
      attemptsLeft: 3,
      sentTo: "+49 *** 4567",
    });
    expect(bench.fake.count("requestSign")).toBe(1);
    expect(bench.fake.calls.find(({ path }) => path[0] === "confirmSign")?.body).toEqual({ tan: TAN });
  });

  test("that is wrong may be typed again, with the attempts that are left", async () => {
    const outcome = await here().run({ person: typing("111111", "222222") });
    expect(outcome.failure).toBeNull();
    expect(codes(outcome).map(({ problem, attemptsLeft }) => [problem?.code ?? null, attemptsLeft])).toEqual([
      [null, 3],
      ["idnow.wrong-tan", 2],
      ["idnow.wrong-tan", 1],
    ]);
  });

  test("that is wrong three times ends the order, which IDnow has cancelled", async () => {
    const bench = here();
    const outcome = await bench.run({ person: typing("111111", "222222", "333333") });
    expect(outcome.failure).toEqual({ code: "idnow.too-many-tans" });
    expect(bench.fake.count("confirmSign")).toBe(3);
    expect(bench.fake.count("cancelOrder")).toBe(0);
  });

  test("that cannot be one costs no attempt", async () => {
    const bench = here();
    const outcome = await bench.run({ person: typing("12345", "abc", "905 173") });
    expect(outcome.failure).toBeNull();
    expect(codes(outcome).map(({ problem }) => problem?.code)).toEqual([
      undefined,
      "idnow.tan-format",
      "idnow.tan-format",
    ]);
    expect(bench.fake.count("confirmSign")).toBe(1);
  });

  test("can be sent again after thirty seconds, not before", async () => {
    const bench = here();
    let shownAt = Infinity;
    const outcome = await bench.run({
      person: (shown) => {
        if (shown.kind !== "code") {
          return willing(shown);
        }
        shownAt = bench.clock.time;
        return answer(shown, { kind: "resend-code" });
      },
      before: (state) => (state.step === "code" && bench.clock.time > shownAt + 20_000 ? { kind: "cancel" } : null),
    });
    expect(Date.parse(codes(outcome)[0]?.resendFrom ?? "")).toBe(shownAt + 30_000);
    expect(bench.fake.count("requestResendSignTan")).toBe(0);
  });

  test("is sent again when the person waits for it", async () => {
    const bench = here({ settings: { resendPause: 0 } });
    const outcome = await bench.run({ person: typing(null) });
    expect(outcome.failure).toBeNull();
    expect(bench.fake.count("requestResendSignTan")).toBe(1);
    expect(codes(outcome)).toHaveLength(2);
  });

  test("that could not be sent is told, and another one can be asked for at once", async () => {
    const bench = here();
    bench.fake.next["requestSign"] = [
      () => {
        const order = bench.fake.orders[0]!;
        order.requested = true;
        order.history.push("139.66");
        return { status: 202 };
      },
    ];
    let asked = 0;
    const outcome = await bench.run({
      person: (shown) => {
        if (shown.kind !== "code") {
          return willing(shown);
        }
        asked += 1;
        return asked === 1 ? answer(shown, { kind: "resend-code" }) : willing(shown);
      },
    });
    expect(codes(outcome)[0]).toMatchObject({
      problem: { code: "idnow.code-not-sent", params: { idnowStatus: "139.66" } },
    });
    expect(bench.fake.count("requestResendSignTan")).toBe(1);
    expect(outcome.failure).toBeNull();
  });

  test("an answer to an older question is not taken for the new one", async () => {
    const bench = here();
    const outcome = await bench.run({
      person: (shown) =>
        shown.kind === "code"
          ? { kind: "answer", interaction: "order-0-code-99", answer: { kind: "code", value: "111111" } }
          : willing(shown),
      before: (state, input) =>
        state.step === "code" && input.kind === "go" && bench.clock.time > 0 && bench.fake.count("getStatus") > 5
          ? { kind: "cancel" }
          : null,
    });
    expect(outcome.failure).toEqual({ code: "provider.cancelled" });
    expect(bench.fake.count("confirmSign")).toBe(0);
  });
});

describe("answers of IDnow while a code is asked for", () => {
  test("406: too early; asked again when the history has grown", async () => {
    const bench = here();
    bench.fake.scripts = [[[6], [], [101]]];
    bench.fake.next["requestSign"] = [{ status: 406 }];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(bench.fake.count("requestSign")).toBe(2);
    const around = bench.fake.names().filter((name) => name === "requestSign" || name === "getStatus");
    expect(around.slice(0, 5)).toEqual(["getStatus", "requestSign", "getStatus", "getStatus", "requestSign"]);
  });

  test("410 to the request: the order is finished, its result is read", async () => {
    const bench = here();
    bench.fake.scripts = [[[6], [84]]];
    bench.fake.next["requestSign"] = [{ status: 410 }];
    expect((await bench.run()).failure).toBeNull();
  });

  test("410 to the code: the same", async () => {
    const bench = here();
    bench.fake.next["confirmSign"] = [
      () => {
        bench.fake.orders[0]!.history.push(84);
        return { status: 410 };
      },
    ];
    expect((await bench.run()).failure).toBeNull();
  });

  test("412: the signing is started first", async () => {
    const bench = here();
    bench.fake.next["confirmSign"] = [{ status: 412 }];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(bench.fake.count("requestSign")).toBe(2);
    expect(new Set(codes(outcome).map(({ id }) => id)).size).toBe(2);
  });

  test("404: gone", async () => {
    const bench = here();
    bench.fake.next["confirmSign"] = [{ status: 404 }];
    expect((await bench.run()).failure).toEqual({ code: "idnow.order-gone" });
  });

  test("400: not allowed for the account; the order does not stay behind", async () => {
    const bench = here();
    bench.fake.next["requestSign"] = [{ status: 400, text: "not enabled" }];
    expect((await bench.run()).failure).toMatchObject({ code: "idnow.bad-request" });
    expect(bench.fake.orders[0]?.history.at(-1)).toBe(63);
  });

  test("none: a code that was right all the same signs once", async () => {
    const bench = here();
    bench.fake.next["confirmSign"] = [
      (effect) => {
        effect();
        return offline;
      },
    ];
    const outcome = await bench.run({ person: (shown) => (shown.id.endsWith("code-2") ? null : willing(shown)) });
    expect(outcome.failure).toBeNull();
    expect(bench.fake.count("confirmSign")).toBe(1);
  });

  test("none: a code that did not arrive is typed again", async () => {
    const bench = here();
    bench.fake.next["confirmSign"] = [offline];
    const outcome = await bench.run();
    expect(codes(outcome)[1]).toMatchObject({ problem: { code: "provider.unreachable" } });
    expect(outcome.failure).toBeNull();
  });

  test("an order that ends elsewhere takes the question away", async () => {
    const bench = here();
    bench.fake.scripts = [[[6], [100]]];
    const outcome = await bench.run({ person: (shown) => (shown.kind === "code" ? null : willing(shown)) });
    expect(outcome.failure).toMatchObject({ code: "idnow.timed-out-after-identification" });
  });

  test("a network that comes and goes does not end the question", async () => {
    const bench = here();
    bench.fake.next["requestSign"] = [offline, { status: 503 }];
    expect((await bench.run()).failure).toBeNull();
    expect(bench.fake.count("requestSign")).toBe(3);
  });
});
