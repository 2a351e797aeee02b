import { describe, expect, test } from "vitest";
import { failed } from "../../../shared/result.ts";
import type { FlowStep } from "../../../electron/providers/provider.ts";
import {
  done,
  goOn,
  needDigests,
  pageStep,
  preparedSignature,
  refused,
  RUN,
  scriptedRun,
  tooSmall,
  toSign,
  until,
  values,
  waitStep,
} from "./scripted-run.ts";

const kinds = (inputs: readonly { readonly kind: string }[]): readonly string[] => inputs.map(({ kind }) => kind);
const cancelled: FlowStep = { kind: "failed", state: { step: "ended" }, failure: { code: "provider.cancelled" } };

describe("a signing run", () => {
  test("goes from the first call to the delivery of every document", async () => {
    const scripted = scriptedRun([goOn, pageStep(), needDigests("1", "2"), waitStep(), values("1", "2"), done], {
      documents: 2,
    });
    await scripted.run.drive();
    expect(kinds(scripted.inputs)).toEqual(["go", "go", "go", "digests", "go", "go"]);
    expect(scripted.phases()).toEqual(["delivered", "delivered"]);
    expect(scripted.journal.transaction(RUN)).toMatchObject({ phase: "done", failure: null });
    expect(scripted.ends).toEqual([{ kind: "done", signed: 2, failed: 0 }]);
    expect(scripted.interactions.at(-1)).toBeNull();
    // The page was closed when the flow had no page any more.
    expect(scripted.pages.map(({ open }) => open)).toEqual([false]);
  });

  test("has each state in the journal before it acts on it", async () => {
    const seen: unknown[] = [];
    const look: FlowStep[] = [goOn, waitStep(), needDigests("1"), values("1"), done];
    const scripted = scriptedRun(
      look.map((step) => () => {
        seen.push(scripted.journal.transaction(RUN)?.state.step);
        return step;
      }),
    );
    await scripted.run.drive();
    expect(seen).toEqual(["start", "next", "waiting", "need-digests", "delivered"]);
  });

  test("waits for the password of a locked document before it prepares, and only for that one", async () => {
    const locked = new Set(["2"]);
    const prepared: string[] = [];
    const scripted = scriptedRun([needDigests("1", "2"), values("1", "2"), done], {
      documents: 2,
      steps: {
        needsPassword: ({ item }) => locked.has(item),
        prepare: async ({ item }) => {
          prepared.push(item);
          return { ok: true, value: { prepared: preparedSignature, toSign } };
        },
      },
      onSleep: async ({ run }) => {
        expect(prepared).toEqual([]);
        locked.clear();
        run.passwordGiven();
      },
    });
    await scripted.run.drive();
    expect(scripted.progress.filter(({ kind }) => kind === "waiting-for-password").map(({ item }) => item)).toEqual([
      "2",
    ]);
    expect(prepared).toEqual(["1", "2"]);
    expect(scripted.ends).toEqual([{ kind: "done", signed: 2, failed: 0 }]);
  });

  test("can be cancelled and closed while it waits for a password; closed, it is still in the journal", async () => {
    const waiting = (onSleep: (run: { cancel(): void; detach(): void }) => void) =>
      scriptedRun([needDigests("1"), cancelled], {
        steps: { needsPassword: () => true },
        onSleep: ({ run }) => onSleep(run),
      });
    const one = waiting((run) => run.cancel());
    await one.run.drive();
    expect(one.ends).toEqual([{ kind: "failed", failure: { code: "provider.cancelled" } }]);
    const other = waiting((run) => run.detach());
    await other.run.drive();
    expect(other.ends).toEqual([]);
    expect([other.journal.transaction(RUN)?.phase, ...other.phases()]).toEqual(["running", "pending"]);
  });

  test("71 documents are signed in two approvals", async () => {
    const all = Array.from({ length: 71 }, (_, index) => String(index + 1));
    const scripted = scriptedRun(
      [needDigests(...all), values(...all.slice(0, 70)), waitStep("confirm"), values("71"), done],
      { documents: 71 },
    );
    await scripted.run.drive();
    expect(scripted.inputs[1]).toMatchObject({ kind: "digests", digests: all.map((id) => ({ id })) });
    expect(scripted.ends).toEqual([{ kind: "done", signed: 71, failed: 0 }]);
  });

  test("gives the digests of those that could be prepared; the others fail, are cleaned up, and are named", async () => {
    const good = {
      ok: true,
      value: { prepared: preparedSignature, toSign },
    } as const;
    const scripted = scriptedRun([needDigests("1", "2", "3"), values("1", "3"), done], {
      documents: 3,
      steps: {
        prepare: async ({ item }) => (item === "2" ? failed({ code: "document.changed-on-disk" }) : good),
      },
    });
    await scripted.run.drive();
    expect(scripted.inputs[1]).toMatchObject({ digests: [{ id: "1" }, { id: "3" }] });
    expect(scripted.ends).toEqual([{ kind: "done", signed: 2, failed: 1 }]);
    expect(scripted.discarded).toEqual(["2"]);
    expect(scripted.progress.find(({ kind }) => kind === "failed")).toMatchObject({
      item: "2",
      failure: { code: "document.changed-on-disk", params: { name: "2.pdf" } },
    });
  });

  test("ends as the document did when the only one cannot be prepared", async () => {
    const scripted = scriptedRun([needDigests("1")], {
      steps: { prepare: async () => failed({ code: "document.place-outside-page" }) },
    });
    await scripted.run.drive();
    expect(scripted.ends).toMatchObject([{ kind: "failed", failure: { code: "document.place-outside-page" } }]);
    expect(kinds(scripted.inputs)).toEqual(["go"]);
  });

  test("a refusal fails all that was not approved, and leaves nothing behind", async () => {
    const scripted = scriptedRun([needDigests("1", "2"), waitStep(), refused], { documents: 2 });
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "failed", failure: { code: "itsme.rejected" } }]);
    expect(scripted.phases()).toEqual(["failed", "failed"]);
    expect(scripted.discarded).toEqual(["1", "2"]);
  });

  test("a document that got no value by the end is missing, not forgotten", async () => {
    const scripted = scriptedRun([needDigests("1", "2"), values("1"), done], { documents: 2 });
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "done", signed: 1, failed: 1 }]);
    expect(scripted.progress.at(-1)).toMatchObject({ item: "2", failure: { code: "provider.signature-missing" } });
    expect(scripted.discarded).toEqual(["2"]);
  });
});

describe("the person", () => {
  test("answers, and what the page did, reach the provider in their order", async () => {
    const scripted = scriptedRun([pageStep("p1", 9e15), waitStep("w1", 9e15), waitStep("w2", 9e15), refused], {
      onSleep: (own, signal) => {
        if (own.inputs.length === 1) {
          own.pages[0]?.events.onReturn("https://x.example/?state=1");
        } else if (own.inputs.length === 2) {
          own.pages[0]?.events.onClosed();
        } else {
          own.run.answer("w2", { kind: "confirm", accepted: true });
        }
        expect(signal.aborted).toBe(true);
      },
    });
    await scripted.run.drive();
    expect(scripted.inputs).toEqual([
      { kind: "go" },
      { kind: "page-returned", interaction: "p1", url: "https://x.example/?state=1" },
      { kind: "page-closed", interaction: "p1" },
      { kind: "answer", interaction: "w2", answer: { kind: "confirm", accepted: true } },
    ]);
  });

  test("sees one page for one interaction, and another page for the next", async () => {
    const scripted = scriptedRun([pageStep("p1"), pageStep("p1"), pageStep("p2"), refused]);
    await scripted.run.drive();
    expect(scripted.pages.map(({ open }) => open)).toEqual([false, false]);
  });

  test("opens another program's link once for each question, keeps it from the window, and tells when it cannot", async () => {
    const link = "bankid:///?autostarttoken=c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=null";
    const linked = (id: string): FlowStep => {
      const step = waitStep(id);
      return step.kind === "wait" ? { ...step, interaction: { ...step.interaction, openLink: link } } : step;
    };
    const opened: string[] = [];
    const scripted = scriptedRun([linked("w1"), linked("w1"), linked("w2"), waitStep("w3"), refused], {
      openLink: async (address) => {
        opened.push(address);
        return opened.length === 1;
      },
      onSleep: () => new Promise((resolve) => setImmediate(resolve)),
    });
    await scripted.run.drive();
    expect(opened).toEqual([link, link]);
    expect(scripted.inputs).toContainEqual({ kind: "app-not-opened", interaction: "w2" });
    expect(scripted.inputs).not.toContainEqual({ kind: "app-not-opened", interaction: "w1" });
    expect(JSON.stringify(scripted.interactions)).not.toContain("autostarttoken");
  });

  test("brings an open page to the front without the provider, and asks it for one that was closed", async () => {
    const scripted = scriptedRun([pageStep("p1"), waitStep("w1"), refused], {
      onSleep: (own) => own.run.answer(own.inputs.length === 1 ? "p1" : "w1", { kind: "reopen-page" }),
    });
    await scripted.run.drive();
    expect(scripted.pages[0]?.focused).toBe(1);
    expect(kinds(scripted.inputs)).toEqual(["go", "go", "answer"]);
  });

  test("a window that cannot be opened counts as closed; the run goes on", async () => {
    const scripted = scriptedRun([pageStep("p1"), refused], {
      openPage: () => {
        throw new Error("no display");
      },
    });
    await scripted.run.drive();
    expect(scripted.inputs[1]).toEqual({ kind: "page-closed", interaction: "p1" });
    expect(scripted.unexpected).toHaveLength(1);
    expect(scripted.ends).toEqual([{ kind: "failed", failure: { code: "itsme.rejected" } }]);
  });

  test("a clock that was set back does not put the run to sleep for hours", async () => {
    const scripted = scriptedRun([waitStep("w1", Date.parse("2026-11-22T18:00:00Z")), refused]);
    await scripted.run.drive();
    expect(scripted.sleeps).toEqual([60_000]);
  });
});

describe("cancelling", () => {
  test("before the first call reaches the provider as a cancel", async () => {
    const scripted = scriptedRun([cancelled]);
    scripted.run.cancel();
    await scripted.run.drive();
    expect(kinds(scripted.inputs)).toEqual(["cancel"]);
    expect(scripted.ends).toEqual([{ kind: "failed", failure: { code: "provider.cancelled" } }]);
  });

  test("during a call ends the call, and the next one can be made", async () => {
    const signals: boolean[] = [];
    const scripted = scriptedRun([
      async (_input, signal) => {
        scripted.run.cancel();
        await until(signal);
        return goOn;
      },
      (_input, signal) => {
        signals.push(signal.aborted);
        return cancelled;
      },
    ]);
    await scripted.run.drive();
    expect(kinds(scripted.inputs)).toEqual(["go", "cancel"]);
    expect(signals).toEqual([false]);
  });

  test("while waiting wakes the run", async () => {
    const scripted = scriptedRun([waitStep("w1", 9e15), cancelled], { onSleep: (own) => own.run.cancel() });
    await scripted.run.drive();
    expect(kinds(scripted.inputs)).toEqual(["go", "cancel"]);
  });

  test("while documents are prepared stops preparing, and fails none of them for another reason", async () => {
    const scripted = scriptedRun([needDigests("1", "2", "3", "4"), cancelled], {
      documents: 4,
      steps: {
        prepare: async (item, _chain, _progress, signal) => {
          if (item.item === "1") {
            scripted.run.cancel();
          }
          await until(signal);
          return failed({ code: "provider.cancelled" });
        },
      },
    });
    await scripted.run.drive();
    expect(kinds(scripted.inputs)).toEqual(["go", "cancel"]);
    expect(scripted.phases()).toEqual(["failed", "failed", "failed", "failed"]);
    expect(scripted.journal.items(RUN).map(({ failure }) => failure?.code)).toEqual(
      Array.from({ length: 4 }, () => "provider.cancelled"),
    );
  });

  test("after the approval comes too late: what was approved is delivered", async () => {
    const scripted = scriptedRun([
      needDigests("1"),
      () => {
        scripted.run.cancel();
        return values("1");
      },
      done,
    ]);
    await scripted.run.drive();
    expect(kinds(scripted.inputs)).toEqual(["go", "digests", "cancel"]);
    expect(scripted.ends).toEqual([{ kind: "done", signed: 1, failed: 0 }]);
  });
});

describe("closing the program", () => {
  test("leaves a waiting run as it stands in the journal, and tells no ending", async () => {
    const scripted = scriptedRun([pageStep("p1", 9e15)], { onSleep: (own) => own.run.detach() });
    await scripted.run.drive();
    expect(scripted.journal.transaction(RUN)).toMatchObject({ phase: "running", state: { step: "waiting" } });
    expect([scripted.ends, scripted.pages.map(({ open }) => open)]).toEqual([[], [false]]);
  });

  test("drops what an aborted call says, but never an approved value", async () => {
    const dropped = scriptedRun([
      () => {
        dropped.run.detach();
        return refused;
      },
    ]);
    await dropped.run.drive();
    expect(dropped.journal.transaction(RUN)).toMatchObject({ phase: "running", state: { step: "start" } });

    const kept = scriptedRun([
      needDigests("1"),
      () => {
        kept.run.detach();
        return values("1");
      },
    ]);
    await kept.run.drive();
    expect(kept.phases()).toEqual(["delivered"]);
    expect(kept.journal.transaction(RUN)?.phase).toBe("running");
  });

  test("while documents are prepared fails none of them", async () => {
    const scripted = scriptedRun([needDigests("1", "2")], {
      documents: 2,
      steps: {
        prepare: async (_item, _chain, _progress, signal) => {
          scripted.run.detach();
          await until(signal);
          return failed({ code: "provider.cancelled" });
        },
      },
    });
    await scripted.run.drive();
    expect(scripted.phases()).toEqual(["pending", "pending"]);
    expect(scripted.journal.transaction(RUN)?.phase).toBe("running");
  });
});

describe("a placeholder that was too small", () => {
  const again = [needDigests("1"), values("1"), done] as const;

  test("is made larger once, with a second approval", async () => {
    let tries = 0;
    const scripted = scriptedRun([...again, ...again], {
      steps: {
        finish: async (item) => {
          tries += 1;
          if (tries === 1) {
            return tooSmall();
          }
          scripted.journal.storeAssembled(RUN, item.item);
          scripted.journal.storeDelivered(RUN, item.item, { level: "B-T", verdict: "TOTAL-PASSED" });
          expect(item.capacityBytes).toBe(16_384);
          const report = { file: "", verdict: "TOTAL-PASSED", reasons: [], signatures: [] } as const;
          return { ok: true, value: { outputPath: "", level: "B-T", report, notice: null } };
        },
      },
    });
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "done", signed: 1, failed: 0 }]);
    expect(kinds(scripted.progress)).not.toContain("needs-attention");
  });

  test("fails for good the second time, and leaves nothing behind", async () => {
    const scripted = scriptedRun([...again, ...again], { steps: { finish: async () => tooSmall() } });
    await scripted.run.drive();
    expect(scripted.inputs).toHaveLength(6);
    expect(scripted.phases()).toEqual(["failed"]);
    expect(scripted.ends).toEqual([{ kind: "done", signed: 0, failed: 1 }]);
    expect(scripted.discarded).toContain("1");
    expect(scripted.journal.unfinished()).toEqual([]);
  });
});

describe("what cannot happen", () => {
  test("a provider that throws ends the run with app.internal; what was approved stays approved", async () => {
    const scripted = scriptedRun([needDigests("1", "2"), values("1")], {
      documents: 2,
      steps: { finish: async () => failed({ code: "output.disk-full" }) },
    });
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "failed", failure: { code: "app.internal" } }]);
    expect(scripted.phases()).toEqual(["approved", "failed"]);
    expect([scripted.last("1"), scripted.last("2")]).toEqual(["needs-attention", "failed"]);
    expect(scripted.unexpected).toHaveLength(1);
    expect(scripted.journal.unfinished()).toHaveLength(1);
  });

  test("a step that throws ends its own document, not the others", async () => {
    const scripted = scriptedRun([needDigests("1", "2"), values("2"), done], {
      documents: 2,
      steps: {
        prepare: async ({ item }) => {
          if (item === "1") {
            throw new TypeError("a bug with /a/path/of/somebody.pdf");
          }
          return { ok: true, value: { prepared: preparedSignature, toSign } };
        },
      },
    });
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "done", signed: 1, failed: 1 }]);
    expect(scripted.progress.find(({ kind }) => kind === "failed")?.failure).toEqual({
      code: "app.internal",
      params: { name: "1.pdf" },
    });
  });

  test("finishing that throws keeps the approval for the next start", async () => {
    const scripted = scriptedRun([needDigests("1"), values("1"), done], {
      steps: {
        finish: async () => {
          throw new TypeError("a bug");
        },
      },
    });
    await scripted.run.drive();
    expect(scripted.phases()).toEqual(["approved"]);
    expect(scripted.journal.unfinished()).toHaveLength(1);
  });

  test("a journal that fails stops the run where it is, to be gone on with at the next start", async () => {
    const scripted = scriptedRun([
      needDigests("1"),
      () => {
        scripted.journal.close();
        return values("1");
      },
    ]);
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "failed", failure: { code: "app.journal-unavailable" } }]);
    expect(scripted.discarded).toEqual([]);
  });

  test("a disk that is full for a moment costs no approval: what was given out once is written when there is room", async () => {
    const scripted = scriptedRun([needDigests("1"), values("1"), done]);
    const { journal } = scripted;
    const full = Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
    const write = journal.storeValues.bind(journal);
    let refusals = 3;
    journal.storeValues = (...all) => {
      if (refusals-- > 0) throw full;
      return write(...all);
    };
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "done", signed: 1, failed: 0 }]);
    expect(scripted.unexpected).toEqual([]);
    expect(scripted.interactions.map((shown) => shown?.message ?? null)).toContain("signing.journal-refused");
  });

  test("a disk that stays full stops the run where it is", async () => {
    const scripted = scriptedRun([needDigests("1"), values("1"), done]);
    scripted.journal.storeValues = () => {
      throw Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
    };
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "failed", failure: { code: "app.journal-unavailable" } }]);
    expect(scripted.journal.unfinished()).toHaveLength(1);
  });

  test("says so and touches nothing when another instance has taken the run over", async () => {
    const scripted = scriptedRun([
      needDigests("1"),
      () => {
        scripted.journal.storeState(RUN, 2, { step: "of-the-other" });
        return values("1");
      },
    ]);
    await scripted.run.drive();
    expect(scripted.ends).toEqual([{ kind: "failed", failure: { code: "app.run-taken-over" } }]);
    expect([scripted.unexpected, scripted.discarded]).toEqual([[], []]);
    expect(scripted.journal.transaction(RUN)?.state).toEqual({ step: "of-the-other" });
    expect(scripted.phases()).toEqual(["prepared"]);
  });
});
