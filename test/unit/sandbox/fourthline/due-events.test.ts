import { expect, test } from "vitest";
import { dueEvent } from "../../../../sandbox/fourthline/due-events.ts";
import type { Surroundings } from "../../../../sandbox/fourthline/due-events.ts";
import { current } from "../../../../sandbox/fourthline/workflow.ts";
import type { Workflow } from "../../../../sandbox/fourthline/workflow.ts";
import { after } from "../../../../sandbox/fourthline/workflow-events.ts";
import { madeWorkflow, play, surroundings, ways } from "./made-workflow.ts";

/** Everything that is due until then. */
function until(workflow: Workflow, now: number, around: Surroundings): Workflow {
  const due = dueEvent(workflow, now, around);
  const next = due === null ? null : after(workflow, due.event, due.at);
  return next === null ? workflow : until(next, now, around);
}

const statuses = (workflow: Workflow) => workflow.history.map(({ status }) => status);
const toConfirm = [...ways.confirmation_required, { do: "confirm" }] as const;

test("What is asked for happens when the work is done, at that time and not when somebody looks", () => {
  const workflow = until(madeWorkflow(), 60_000, surroundings({ workMilliseconds: 400 }));
  expect(workflow.history).toEqual([
    { status: "new", code: 0, at: 0 },
    { status: "pending", code: 0, at: 400 },
  ]);
});

test.each([
  ["completed", false, "signed"],
  ["pending", false, "pending_verification"],
  // "On the reattempt, the certificate uses the confirmed details": nothing is left to wait for.
  ["pending", true, "signed"],
] as const)("A confirmation in the %s flow, identity checked before: %s, leads to %s", (flow, checked, status) => {
  const around = { ...surroundings({ verificationMilliseconds: null }), checked };
  const workflow = until(play(madeWorkflow(flow), toConfirm), 1000, around);
  expect(current(workflow).status).toBe(status);
  expect(workflow.signedAt).not.toBeNull();
  expect(workflow.countersignedAt === null).toBe(flow === "completed" || status !== "signed");
});

test.each([
  ["match", "signed"],
  ["mismatch", "invalid_signature"],
] as const)("The identity check that ends with %s leads to %s", (verification, status) => {
  const around = surroundings({ verification, verificationMilliseconds: 15_000 });
  const waiting = play(madeWorkflow("pending"), ways.pending_verification);
  const { at } = current(waiting);
  expect(current(until(waiting, at + 14_999, around)).status).toBe("pending_verification");
  const ended = until(waiting, at + 15_000, around);
  expect(current(ended)).toMatchObject({ status, at: at + 15_000 });
  expect(ended.signedAt).toBe(at);
  expect(ended.countersignedAt).toBe(status === "signed" ? at + 15_000 : null);
});

test("An error that recovers leads back, and its step does not fail a second time", () => {
  const around = surroundings({ afterNumber: { result: "error", code: 5000, recoversAfterMilliseconds: 1000 } });
  const workflow = until(play(madeWorkflow(), ways.user_consent_required.slice(0, 3)), 60_000, around);
  expect(statuses(workflow)).toEqual(["new", "pending", "error", "pending", "user_consent_required"]);
});

test("An error at the creation leads back to new, which goes on by itself", () => {
  const around = surroundings({ atCreation: { result: "error", code: 5000, recoversAfterMilliseconds: 1000 } });
  expect(statuses(until(madeWorkflow(), 60_000, around))).toEqual(["new", "error", "new", "pending"]);
});

test("An error at the approval leads back to the consent, which is asked for again", () => {
  const around = surroundings({ afterApproval: { result: "error", code: 5000, recoversAfterMilliseconds: 1000 } });
  const approved = play(madeWorkflow(), ways.confirmation_required.slice(0, -1));
  const back = until(approved, 60_000, around);
  expect(statuses(back).slice(-2)).toEqual(["error", "user_consent_required"]);
  const again = after(back, { do: "approve", passcodeLanguage: "en" }, 60_000);
  expect(again).not.toBeNull();
  expect(current(until(again!, 60_000, around)).status).toBe("confirmation_required");
});

test("The played person types the passcode so long after it came, and gives no consent", () => {
  const played = {
    ...surroundings({ workMilliseconds: 400 }),
    autoApprove: { phone: "+32470000001", afterMilliseconds: 5000, pages: "skip" },
  } as const;
  const consent = play(madeWorkflow(), ways.user_consent_required);
  expect(until(consent, 60_000, played)).toEqual(consent);
  const asked = play(madeWorkflow(), ways.confirmation_required);
  const { at } = current(asked);
  expect(current(until(asked, at + 4999, played)).status).toBe("confirmation_required");
  expect(current(until(asked, at + 5000, played))).toMatchObject({ status: "signed", at: at + 5000 });
});
