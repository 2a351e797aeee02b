import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dueEvent, isExpired } from "../../../../sandbox/fourthline/due-events.ts";
import { kycCodes, selfieCodes, workflowStatuses } from "../../../../sandbox/fourthline/statuses.ts";
import type { WorkflowStatus } from "../../../../sandbox/fourthline/statuses.ts";
import { current } from "../../../../sandbox/fourthline/workflow.ts";
import type { Workflow } from "../../../../sandbox/fourthline/workflow.ts";
import { after } from "../../../../sandbox/fourthline/workflow-events.ts";
import type { WorkflowEvent } from "../../../../sandbox/fourthline/workflow-events.ts";
import { hasVectors, vectorsNote } from "../../pki/corpus-file.ts";
import { madeWorkflow, play, surroundings, ways } from "./made-workflow.ts";

interface StatusRow {
  readonly status: WorkflowStatus;
  readonly terminal: boolean;
  readonly softDeadlineHours?: number;
  readonly deadlineHours?: number;
  readonly afterDeadline?: string;
  readonly statusCodes?: readonly number[];
}

const file = new URL("../../../../../shared/providers/vectors/fourthline-statuses.json", import.meta.url);
const sheet = hasVectors
  ? (JSON.parse(readFileSync(file, "utf8")) as {
      readonly statuses: readonly StatusRow[];
      readonly transitions: Readonly<Record<string, readonly string[]>>;
    })
  : { statuses: [], transitions: {} };

const hour = 3_600_000;
const document = { id: "c1c7f1f2", title: "Contract", fileName: "a.pdf", bytes: new Uint8Array() };

/** Everything that can happen to a workflow, whatever its status. */
const events: readonly WorkflowEvent[] = [
  { do: "upload-documents", documents: [document] },
  { do: "upload-number", mobile: "+31612345678" },
  { do: "upload-selfie" },
  { do: "approve", passcodeLanguage: "en" },
  { do: "send-passcode", passcode: "1234" },
  { do: "wrong-passcode" },
  { do: "confirm" },
  { do: "fail", code: 1, recoverAt: null },
  { do: "recover" },
  ...(
    [
      "pending",
      "selfie_required",
      "kyc_required",
      "user_consent_required",
      "pending_verification",
      "signed",
      "invalid_signature",
    ] as const
  ).map((to) => ({ do: "move", to }) as const),
];

/** The statuses that something leads to from here. */
function followersOf(workflow: Workflow): readonly string[] {
  const reached = events.flatMap((event) => after(workflow, event, 100) ?? []).map((next) => current(next).status);
  return [...new Set(reached.filter((status) => status !== current(workflow).status))].toSorted();
}

/** A workflow in this status, after an error there: then only recovering leads on. */
const failedIn = (status: keyof typeof ways) =>
  play(madeWorkflow(), [...ways[status], { do: "fail", code: 1, recoverAt: null }]);

describe.skipIf(!hasVectors)(`The sheet's table of statuses${vectorsNote}`, () => {
  test("has the ten that the sandbox has", () => {
    expect(sheet.statuses.map(({ status }) => status).toSorted()).toEqual([...workflowStatuses].toSorted());
    expect(sheet.statuses).toHaveLength(10);
  });

  test.each(workflowStatuses.filter((status) => status !== "error"))(
    "is followed by nothing else after %s",
    (status) => {
      const workflow = play(madeWorkflow(), ways[status]);
      expect(current(workflow).status).toBe(status);
      expect(followersOf(workflow)).toEqual((sheet.transitions[status] ?? []).toSorted());
    },
  );

  test("lets an error lead back to each earlier status, and only to the one before", () => {
    const back = workflowStatuses
      .filter((status) => sheet.transitions[status]?.includes("error") === true)
      .map((status) => [status, followersOf(failedIn(status))]);
    expect(back.map(([, reached]) => reached)).toEqual(back.map(([status]) => [status]));
    expect(new Set(back.map(([status]) => status))).toEqual(new Set(sheet.transitions["error"]));
  });

  test("ends where the sheet says that a status is terminal", () => {
    for (const { status, terminal } of sheet.statuses.filter(({ status: name }) => name !== "error")) {
      expect([status, followersOf(play(madeWorkflow(), ways[status])).length === 0]).toEqual([status, terminal]);
    }
  });

  test("is kept by the clock: calls stop at the soft deadline, and the hard one leads to error", () => {
    for (const { status, softDeadlineHours, deadlineHours, afterDeadline } of sheet.statuses) {
      const workflow = play(madeWorkflow(), ways[status]);
      const { at } = current(workflow);
      const around = surroundings({ verificationMilliseconds: null, workMilliseconds: 1e12 });
      const soft = (softDeadlineHours ?? Number.NaN) * hour;
      expect([status, isExpired(workflow, at + soft, around.settings)]).toEqual([
        status,
        softDeadlineHours !== undefined,
      ]);
      expect([status, isExpired(workflow, at + soft - 1, around.settings)]).toEqual([status, false]);
      const hard = deadlineHours === undefined ? 1e11 : deadlineHours * hour;
      const due = dueEvent(workflow, at + hard, around);
      const next = due === null ? null : after(workflow, due.event, due.at);
      expect([status, next === null ? undefined : current(next).status]).toEqual([status, afterDeadline]);
      expect([status, dueEvent(workflow, at + hard - 1, around)]).toEqual([status, null]);
    }
  });

  test("names the status codes that the sandbox gives", () => {
    const codesOf = (wanted: WorkflowStatus) => sheet.statuses.find(({ status }) => status === wanted)?.statusCodes;
    expect(codesOf("selfie_required")).toEqual(selfieCodes);
    expect(codesOf("kyc_required")).toEqual(kycCodes);
  });
});

test("The factor makes all deadlines shorter", () => {
  const workflow = play(madeWorkflow(), ways.confirmation_required);
  const { at } = current(workflow);
  const fast = surroundings({ timeFactor: 1 / 3600 });
  expect(isExpired(workflow, at + 1000, fast.settings)).toBe(true);
  expect(isExpired(workflow, at + 999, fast.settings)).toBe(false);
  expect(dueEvent(workflow, at + 23_999, fast)).toBeNull();
  expect(dueEvent(workflow, at + 24_000, fast)).toEqual({
    event: { do: "fail", code: 0, recoverAt: null },
    at: at + 24_000,
  });
});
