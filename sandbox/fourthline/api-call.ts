import { jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { asObject, readJson } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import { isExpired } from "./due-events.ts";
import { objectOf } from "./field-path.ts";
import type { FourthlineRoom } from "./fourthline-room.ts";
import { settingsOf } from "./settings-of.ts";
import type { WorkflowStatus } from "./statuses.ts";
import { current } from "./workflow.ts";
import type { Workflow } from "./workflow.ts";

/** One call of the API. `documentId` is empty where the path has none. */
export type ApiCall = (
  room: FourthlineRoom,
  request: WebRequest,
  ids: { readonly workflowId: string; readonly documentId: string },
) => WebAnswer | Promise<WebAnswer>;

/** A call about one workflow: 404 when there is none. */
export function workflowCall(
  work: (
    room: FourthlineRoom,
    workflow: Workflow,
    request: WebRequest,
    documentId: string,
  ) => WebAnswer | Promise<WebAnswer>,
): ApiCall {
  return (room, request, { workflowId, documentId }) => {
    const workflow = room.workflows.byId(workflowId);
    return workflow === null
      ? problem(room, 404, "NOT_FOUND", "There is no such workflow")
      : work(room, workflow, request, documentId);
  };
}

/** An answer that is no success. The documentation gives it no form: a text, a code and a list of reasons. */
export function problem(
  room: FourthlineRoom,
  status: number,
  code: string,
  message: string,
  reasons: readonly string[] = [],
): WebAnswer {
  const names = room.table.fields.error;
  return jsonAnswer(
    status,
    objectOf([
      [names.message, message],
      [names.code, code],
      [names.errors, reasons],
    ]),
  );
}

export function badRequest(room: FourthlineRoom, message: string): WebAnswer {
  return problem(room, 400, "MALFORMED", message);
}

/** Not possible in this status, or too late for it; null: it is possible. */
export function objectionTo(
  room: FourthlineRoom,
  workflow: Workflow,
  possibleIn: readonly WorkflowStatus[],
): WebAnswer | null {
  const { status } = current(workflow);
  if (!possibleIn.includes(status)) return wrongStatus(room, workflow);
  return isExpired(workflow, room.clock.now(), settingsOf(room, workflow.reference))
    ? problem(room, 422, "SIGNATURE_FLOW_EXPIRED", "The signature flow has expired; create a new workflow")
    : null;
}

export function wrongStatus(room: FourthlineRoom, workflow: Workflow): WebAnswer {
  return problem(room, 409, "WRONG_STATUS", `This is not possible in the status ${current(workflow).status}`);
}

/** The body as a JSON object, or what is wrong with it. */
export function bodyOf(request: WebRequest): JsonObject | string {
  if (!String(request.headers["content-type"]).startsWith("application/json")) return "The body is no application/json";
  const value = readJson(request.body);
  return value === undefined ? "The body is not JSON" : (asObject(value) ?? "Not a JSON object");
}
