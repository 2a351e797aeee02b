import { describe, expect, test } from "vitest";
import { FlowBench, answer, saying, willing } from "../flow-bench.ts";
import { offline } from "../fake-fourthline.ts";

const HOUR = 3_600_000;
const no = (bench: FlowBench) =>
  bench.run({
    person: (interaction) =>
      interaction.kind === "confirm" ? answer(interaction, { kind: "confirm", accepted: false }) : willing(interaction),
  });
const asked = (interactions: readonly { readonly message: string }[]) =>
  interactions.map(({ message }) => message).filter((message) => message.includes(".again-"));

describe("an identification that is not good enough", () => {
  test.each(["new", "pending", "user_consent_required", "confirmation_required"])(
    "ends the run from %s with its code, and is not tried again",
    async (stage) => {
      const bench = new FlowBench();
      const kyc = (effect: () => unknown) => {
        effect();
        return { status: 200, json: { status: "kyc_required", statusCode: 3204 } };
      };
      if (stage === "new") bench.fake.next["status"] = [kyc];
      if (stage === "pending") bench.fake.afterNumber = ["kyc_required"];
      if (stage === "user_consent_required") {
        bench.fake.next["approve"] = [
          (effect) => {
            const reply = effect();
            bench.fake.last.coming = ["kyc_required"];
            return reply;
          },
        ];
      }
      if (stage === "confirmation_required") bench.fake.afterCode = ["kyc_required"];
      const { failure } = await bench.run();
      expect(failure?.code).toBe("fourthline.kyc-required");
      expect(bench.fake.workflows).toHaveLength(1);
    },
  );
});

describe("an identification that is still being processed", () => {
  test("is waited for politely, told as not binding, and then delivers", async () => {
    const bench = new FlowBench({ details: { flow: "pending" } });
    bench.fake.afterCode = ["pending_verification"];
    let waited = 0;
    const { failure, interactions, signed, steps } = await bench.run({
      before: (state) => {
        if (state["after"] === "verification") {
          waited += 1;
          if (waited === 150) bench.fake.last.coming = ["signed"];
        }
        return null;
      },
    });
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    const waiting = interactions.find(({ message }) => message === "fourthline.pending-verification");
    expect(waiting).toMatchObject({ kind: "waiting", takesDays: true });
    // A minute at first, ten minutes after two hours: 120 looks in the first two hours, the others take five hours more.
    const hours = (bench.clock.time - Date.parse("2026-11-28T09:00:00Z")) / HOUR;
    expect(hours).toBeGreaterThan(6);
    expect(hours).toBeLessThan(8);
    // What comes back then must have been confirmed by the service.
    const returned = steps.filter((step) => step.kind === "signed-documents");
    expect(returned.map((step) => step.countersigned)).toEqual([true, true]);
  });

  test("asks after seven days whether to go on, and loses nothing by yes", async () => {
    const bench = new FlowBench();
    bench.fake.afterCode = ["pending_verification"];
    const { failure, signed } = await bench.run({
      person: (interaction) => {
        if (interaction.message === "fourthline.paused-verification") bench.fake.last.coming = ["signed"];
        return willing(interaction);
      },
      // In the test the days pass in the state's own time.
      before: (state) => {
        if (state["after"] === "verification" && typeof state["since"] === "number") {
          bench.clock.time = Math.max(bench.clock.time, state["since"] + 24 * 7 * HOUR);
        }
        return null;
      },
    });
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
  });

  test("with another name than in the certificate leads to a new signature with the verified one", async () => {
    const bench = new FlowBench();
    bench.fake.afterCode = ["pending_verification", "invalid_signature"];
    const { failure, interactions, signed } = await bench.run({
      person: (interaction) => {
        if (interaction.message === "fourthline.again-mismatch") bench.fake.afterCode = ["signed"];
        return willing(interaction);
      },
    });
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(asked(interactions)).toEqual(["fourthline.again-mismatch"]);
    expect(bench.fake.workflows).toHaveLength(2);
    // The number is let go as soon as Fourthline has it, so it is asked for.
    expect(interactions.some(({ kind }) => kind === "phone")).toBe(true);
  });

  test("that was left says that the person has signed", async () => {
    const bench = new FlowBench();
    bench.fake.afterCode = ["pending_verification"];
    const { failure } = await bench.run({
      before: (state) => (state["after"] === "verification" ? { kind: "cancel" } : null),
    });
    expect(failure?.code).toBe("fourthline.left-pending");
  });
});

describe("a signing that runs out", () => {
  test("before the approval is known by 422 and the status, and asked about", async () => {
    const bench = new FlowBench();
    bench.fake.next["approve"] = [{ status: 422, json: { message: "the flow has expired" } }];
    const { failure, interactions } = await no(bench);
    expect(asked(interactions)).toEqual(["fourthline.again-expired"]);
    expect(failure).toMatchObject({ code: "fourthline.expired", params: { text: "the flow has expired" } });
    expect(bench.fake.count("approve")).toBe(1);
  });

  test("before the approval starts anew for the signature alone when the person wants it", async () => {
    const bench = new FlowBench();
    bench.fake.next["approve"] = [{ status: 422 }];
    const { failure, signed } = await bench.run();
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(bench.fake.workflows).toHaveLength(2);
  });

  test("while nobody approves is told after two hours", async () => {
    const bench = new FlowBench({ settings: { quietInterval: 60_000 } });
    const { interactions } = await bench.run({ person: saying("conditions", null) });
    expect(asked(interactions)).toEqual(["fourthline.again-expired"]);
    expect(bench.clock.time - Date.parse("2026-11-28T09:00:00Z")).toBeGreaterThanOrEqual(2 * HOUR);
    expect(bench.clock.time - Date.parse("2026-11-28T09:00:00Z")).toBeLessThan(2.1 * HOUR);
  });

  test("while nobody types the passcode is told after one hour", async () => {
    const bench = new FlowBench();
    const { interactions } = await bench.run({ person: saying("code", null) });
    expect(asked(interactions)).toEqual(["fourthline.again-expired"]);
    expect(bench.clock.time - Date.parse("2026-11-28T09:00:00Z")).toBeLessThan(1.2 * HOUR);
  });

  test("at a passcode that is refused after its hour counts as run out, not as a wrong code", async () => {
    const bench = new FlowBench();
    const { interactions } = await bench.run({
      before: (state) => {
        if (state.step === "confirm" && bench.fake.count("confirm") === 0) {
          bench.clock.time += 2 * HOUR;
          bench.fake.next["confirm"] = [{ status: 422 }];
        }
        return null;
      },
    });
    expect(asked(interactions)).toEqual(["fourthline.again-expired"]);
  });
});

describe("an error at Fourthline", () => {
  test("that it recovers from within the grace time is only told", async () => {
    const bench = new FlowBench();
    bench.fake.afterNumber = ["error", "error", "user_consent_required"];
    const { failure, interactions, signed } = await bench.run();
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(interactions.some(({ message }) => message === "fourthline.recovering")).toBe(true);
  });

  test("that goes back to pending gets the number again", async () => {
    const bench = new FlowBench();
    bench.fake.afterNumber = ["error", "pending"];
    const { failure } = await bench.run({
      person: (interaction) => {
        if (interaction.kind === "phone") bench.fake.afterNumber = ["user_consent_required"];
        return willing(interaction);
      },
    });
    expect(failure).toBeNull();
    expect(bench.fake.count("uploadMobile")).toBe(2);
  });

  test("that stays for two minutes is asked about, with the number for the support", async () => {
    const bench = new FlowBench();
    bench.fake.afterNumber = ["error"];
    const { failure, interactions } = await no(bench);
    expect(asked(interactions)).toEqual(["fourthline.again-failed"]);
    expect(failure).toMatchObject({ code: "fourthline.failed", params: { signature: bench.fake.last.id } });
    expect(bench.clock.time - Date.parse("2026-11-28T09:00:00Z")).toBeLessThan(5 * 60_000);
  });

  test("after three wrong passcodes is asked about, and no fourth one is sent", async () => {
    const bench = new FlowBench();
    const wrong = { kind: "code", value: "000000" } as const;
    const person = saying("code", wrong, wrong, wrong);
    const { failure, interactions } = await bench.run({
      person: (interaction) =>
        interaction.kind === "confirm"
          ? answer(interaction, { kind: "confirm", accepted: false })
          : person(interaction),
    });
    const codes = interactions.filter((one) => one.kind === "code");
    expect(codes.map((one) => [one.attemptsLeft, one.problem?.code ?? null])).toEqual([
      [3, null],
      [2, "fourthline.wrong-code"],
      [1, "fourthline.wrong-code"],
    ]);
    expect(failure?.code).toBe("fourthline.failed");
    expect(bench.fake.count("confirm")).toBe(3);
  });
});

describe("a status that nobody knows", () => {
  test("is told and asked about until a known one comes", async () => {
    const bench = new FlowBench();
    bench.fake.afterNumber = ["frobnicating", "frobnicating", "user_consent_required"];
    const { failure, interactions } = await bench.run();
    expect(failure).toBeNull();
    expect(interactions.some((one) => one.kind === "waiting" && one.hint?.code === "fourthline.unknown-status")).toBe(
      true,
    );
  });

  test("ends the run after a day when nothing was signed", async () => {
    const bench = new FlowBench({ settings: { pollInterval: 600_000 } });
    bench.fake.afterNumber = ["frobnicating"];
    const { failure } = await bench.run();
    expect(failure?.code).toBe("fourthline.timed-out");
  });
});

describe("passcodes", () => {
  test("of another form are not sent", async () => {
    const bench = new FlowBench();
    const { failure, interactions } = await bench.run({ person: saying("code", { kind: "code", value: "12345" }) });
    expect(failure).toBeNull();
    expect(bench.fake.count("confirm")).toBe(1);
    const codes = interactions.filter((one) => one.kind === "code");
    expect(codes[1]).toMatchObject({ attemptsLeft: 3, problem: { code: "fourthline.code-format" } });
  });

  test("have four to eight digits where the details do not say", async () => {
    const bench = new FlowBench();
    bench.fake.passcode = undefined;
    const { interactions } = await bench.run();
    expect(interactions.find(({ kind }) => kind === "code")).toMatchObject({ digits: { minimum: 4, maximum: 8 } });
  });

  test("are sent anew by approving again, for the same documents and conditions", async () => {
    const bench = new FlowBench();
    let first = true;
    const { failure } = await bench.run({
      person: (interaction) => {
        if (interaction.kind === "code" && first) {
          first = false;
          bench.clock.time += 60_000;
          return answer(interaction, { kind: "resend-code" });
        }
        return willing(interaction);
      },
    });
    expect(failure).toBeNull();
    const [one, two] = bench.fake.calls.filter(({ name }) => name === "approve");
    expect(two?.body).toEqual(one?.body);
  });

  test("that Fourthline does not send anew leave the old one good", async () => {
    const bench = new FlowBench();
    let first = true;
    const { failure, interactions } = await bench.run({
      person: (interaction) => {
        if (interaction.kind === "code" && first) {
          first = false;
          bench.clock.time += 60_000;
          bench.fake.next["approve"] = [{ status: 422, json: { message: "not now" } }];
          return answer(interaction, { kind: "resend-code" });
        }
        return willing(interaction);
      },
    });
    expect(failure).toBeNull();
    const codes = interactions.filter((one) => one.kind === "code");
    expect(codes[1]?.problem).toEqual({ code: "fourthline.no-new-code", params: { text: "not now" } });
  });
});

describe("cancelling", () => {
  test.each(["watch", "consent", "code"])("in %s ends the run without another call", async (step) => {
    const bench = new FlowBench();
    const calls: number[] = [];
    const { failure } = await bench.run({
      before: (state) => {
        if (state.step !== step) return null;
        calls.push(bench.fake.calls.length);
        return { kind: "cancel" };
      },
    });
    expect(failure?.code).toBe("provider.cancelled");
    expect(bench.fake.calls).toHaveLength(calls[0] ?? -1);
  });

  test("after the passcode says that something may be signed", async () => {
    const bench = new FlowBench();
    bench.fake.next["confirm"] = [offline];
    const { failure } = await bench.run({
      before: (state) => (state["after"] === "confirmation" ? { kind: "cancel" } : null),
    });
    expect(failure?.code).toBe("fourthline.not-fetched");
  });
});
