import { describe, expect, test } from "vitest";
import { lentSecret } from "../../lent-secret.ts";
import type { FlowState } from "../../../../../electron/providers/provider.ts";
import { FlowBench, answer, willing } from "../flow-bench.ts";
import { lost, offline } from "../fake-fourthline.ts";

const everyCall = [
  "createWorkflow",
  "status",
  "uploadDocuments",
  "uploadMobile",
  "uploadSelfie",
  "details",
  "approve",
  "confirm",
  "signedDocument",
  "infocertContract",
];

function withSelfie(): FlowBench {
  const bench = new FlowBench();
  bench.fake.afterNumber = ["selfie_required"];
  return bench;
}

/** The only calls that do something in the world: an SMS, a signature. */
const effects = (bench: FlowBench) =>
  bench.fake.workflows.map(({ approvals, documents }) => ({ approvals, documents: documents.length }));

describe("a network that goes away", () => {
  test.each(everyCall)("before %s delays the run and changes nothing else", async (name) => {
    const bench = withSelfie();
    bench.fake.next[name] = [offline];
    const { failure, signed } = await bench.run();
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(effects(bench).at(-1)).toEqual({ approvals: 1, documents: 2 });
  });

  test.each(everyCall)("after %s was carried out does not do it twice by itself", async (name) => {
    const bench = withSelfie();
    bench.fake.next[name] = [lost];
    const { failure, signed } = await bench.run();
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(effects(bench).at(-1)).toEqual({ approvals: 1, documents: 2 });
    expect(bench.fake.count("confirm")).toBe(1);
    // Nothing of a workflow that nobody knows the state of is approved.
    expect(
      effects(bench)
        .slice(0, -1)
        .every(({ approvals }) => approvals === 0),
    ).toBe(true);
  });

  test.each(everyCall)("%s that is answered by 503 is tried again after a pause", async (name) => {
    const bench = withSelfie();
    bench.fake.next[name] = [{ status: 503 }];
    const { failure, signed } = await bench.run();
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
  });

  test("before an approval asks the person again instead of approving by itself", async () => {
    const bench = new FlowBench();
    bench.fake.next["approve"] = [offline];
    const { interactions } = await bench.run();
    const asked = interactions.filter((one) => one.kind === "conditions");
    expect(asked.map(({ problem }) => problem?.code ?? null)).toEqual([null, "fourthline.approval-unclear"]);
  });

  test("before a passcode arrives asks the person again, and costs no attempt", async () => {
    const bench = new FlowBench();
    bench.fake.next["confirm"] = [offline];
    const { interactions, failure } = await bench.run();
    expect(failure).toBeNull();
    const asked = interactions.filter((one) => one.kind === "code");
    expect(asked.map(({ problem, attemptsLeft }) => [problem?.code ?? null, attemptsLeft])).toEqual([
      [null, 3],
      ["fourthline.code-unclear", 3],
    ]);
  });

  test("for the first calls ends the run when it stays away", async () => {
    const bench = new FlowBench();
    bench.fake.next["token"] = [offline, offline, offline, offline];
    const { failure } = await bench.run();
    expect(failure?.code).toBe("provider.unreachable");
  });

  test("while the results are fetched is waited for, hours if need be", async () => {
    const bench = new FlowBench();
    bench.fake.next["signedDocument"] = Array.from({ length: 60 }, () => offline);
    const { failure, signed } = await bench.run();
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(bench.clock.time - Date.parse("2026-11-28T09:00:00Z")).toBeGreaterThan(3 * 3_600_000);
  });
});

describe("a restart of the program", () => {
  const steps = ["start", "watch", "upload", "number", "selfie", "consent", "approve", "code", "confirm", "fetch"];

  test.each(steps)("in %s goes on where it stood, without a second approval or passcode by itself", async (step) => {
    const bench = withSelfie();
    let isDone = false;
    let fresh = false;
    const { failure, signed } = await bench.run({
      before: (state: FlowState) => {
        if (!isDone && state.step === step) {
          isDone = true;
          fresh = true;
          bench.restart();
          // The interrupted process may have sent documents that were asked for.
          return { kind: "go" };
        }
        return null;
      },
      restarted: () => {
        const was = fresh;
        fresh = false;
        return was;
      },
    });
    expect(isDone).toBe(true);
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    // Approving and confirming are asked of the person once more where the program ended right before the call.
    expect(bench.fake.last.approvals).toBe(1);
    expect(bench.fake.count("confirm")).toBe(1);
    expect(bench.fake.last.documents).toHaveLength(2);
  });

  test.each([
    ["approve", "approve"],
    ["confirm", "confirm"],
  ])("right after %s had gone out reads the status instead of sending it again", async (step, call) => {
    const bench = new FlowBench();
    let isDone = false;
    const { failure, interactions } = await bench.run({
      before: (state) => {
        if (!isDone && state.step === step) {
          isDone = true;
          // The call went out, and its answer died with the process.
          if (step === "approve") {
            bench.fake.last.approvals += 1;
            bench.fake.last.status = "confirmation_required";
          } else {
            bench.fake.last.coming = ["signed"];
          }
          bench.restart();
        }
        return null;
      },
    });
    expect(failure).toBeNull();
    expect(bench.fake.count(call)).toBe(0);
    expect(interactions.filter((one) => one.kind === "conditions")).toHaveLength(1);
  });

  test("in a wait of days goes on waiting", async () => {
    const bench = new FlowBench();
    bench.fake.afterCode = ["pending_verification", "pending_verification", "pending_verification", "signed"];
    const { failure, signed } = await bench.run({
      before: (state) => {
        if (state["after"] === "verification") bench.restart();
        return null;
      },
    });
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
  });
});

describe("access", () => {
  test("a token that runs out in the middle is renewed, and nobody notices", async () => {
    const bench = new FlowBench();
    const { failure, interactions } = await bench.run({
      before: (state) => {
        if (state.step === "approve") bench.fake.dropped.add("token-1");
        return null;
      },
    });
    expect(failure).toBeNull();
    expect(bench.fake.tokens).toBe(2);
    expect(interactions.filter((one) => one.kind === "confirm")).toEqual([]);
    expect(bench.fake.last.approvals).toBe(1);
  });

  test("a client secret that was changed in the middle is asked about, and the workflow stays", async () => {
    const bench = new FlowBench();
    const { failure, interactions, signed } = await bench.run({
      before: (state) => {
        if (state.step === "code" && bench.fake.dropped.size === 0) {
          bench.fake.dropped.add("token-1");
          bench.fake.next["token"] = [{ status: 401, json: { message: "the-secret is wrong" } }];
        }
        return null;
      },
    });
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(interactions.some(({ message }) => message === "fourthline.paused-credentials")).toBe(true);
    expect(bench.fake.workflows).toHaveLength(1);
  });

  test("a wrong client secret ends the run at once, and is in no text", async () => {
    const bench = new FlowBench({ secret: () => lentSecret("another-secret") });
    const outcome = await bench.run();
    expect(outcome.failure).toEqual({ code: "fourthline.credentials" });
    expect(JSON.stringify(outcome)).not.toContain("another-secret");
    expect(bench.fake.count("token")).toBe(1);
  });

  test("a vault without the secret is told as such", async () => {
    const bench = new FlowBench({ secret: () => lentSecret(null) });
    expect((await bench.run()).failure?.code).toBe("provider.no-credentials");
  });

  test("a vault that cannot be opened is told as that", async () => {
    const locked = { ok: false, failure: { code: "app.keychain-locked" } } as const;
    const bench = new FlowBench({ secret: () => Promise.resolve(locked) });
    expect((await bench.run()).failure?.code).toBe("app.keychain-locked");
  });
});

describe("documents", () => {
  test("that Fourthline does not take end the run with its words", async () => {
    const bench = new FlowBench();
    bench.fake.next["uploadDocuments"] = [{ status: 422, json: { errors: [{ message: "encrypted" }] } }];
    const { failure } = await bench.run();
    expect(failure).toEqual({ code: "fourthline.documents-refused", params: { text: "encrypted" } });
  });

  test("that come damaged are fetched again, and then asked about", async () => {
    const bench = new FlowBench();
    bench.fake.next["signedDocument"] = Array.from({ length: 4 }, () => ({ status: 200, bytes: new Uint8Array([1]) }));
    const { failure, interactions, signed } = await bench.run();
    expect(failure).toBeNull();
    expect(signed).toHaveLength(2);
    expect(interactions.some(({ message }) => message === "fourthline.paused-fetch")).toBe(true);
  });

  test("that may have been uploaded are not uploaded to the same workflow again", async () => {
    const bench = new FlowBench();
    bench.fake.next["uploadDocuments"] = [lost];
    await bench.run();
    expect(bench.fake.workflows.map(({ documents }) => documents.length)).toEqual([2, 2]);
  });
});

test("a passcode that has no effect for a while counts as wrong", async () => {
  const bench = new FlowBench();
  bench.fake.next["confirm"] = [{ status: 200, json: { attemptId: "x" } }];
  const { failure, interactions } = await bench.run();
  expect(failure).toBeNull();
  const asked = interactions.filter((one) => one.kind === "code");
  expect(asked[1]).toMatchObject({ attemptsLeft: 2, problem: { code: "fourthline.wrong-code" } });
});

test("an answer to an old question does nothing", async () => {
  const bench = new FlowBench();
  const { failure } = await bench.run({
    person: (interaction) =>
      interaction.kind === "code"
        ? answer({ ...interaction, id: "code-0-0" }, { kind: "code", value: "271828" })
        : willing(interaction),
    before: (state) => (state.step === "code" && bench.fake.count("status") > 8 ? { kind: "cancel" } : null),
  });
  expect(failure?.code).toBe("provider.cancelled");
  expect(bench.fake.count("confirm")).toBe(0);
});

test("what may be signed says so in every question and wait, and nothing before the passcode does", async () => {
  const bench = new FlowBench();
  bench.fake.next["confirm"] = [{ status: 503 }];
  bench.fake.next["signedDocument"] = [offline];
  const { interactions } = await bench.run();
  const first = interactions.findIndex(({ mayBeSigned }) => mayBeSigned === true);
  const code = interactions.findIndex(({ kind }) => kind === "code");
  expect(first).toBeGreaterThan(code);
  const fetching = interactions.filter(({ message }) => message === "fourthline.fetching");
  expect(fetching.map(({ mayBeSigned }) => mayBeSigned)).toContain(true);
  const signing = interactions.filter(({ message }) => message === "fourthline.signing");
  expect(signing.every(({ mayBeSigned }) => mayBeSigned === true)).toBe(true);
});
