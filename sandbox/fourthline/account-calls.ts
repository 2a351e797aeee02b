import { jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { randomUuid } from "../random-uuid.ts";
import { badRequest, bodyOf, problem } from "./api-call.ts";
import { objectOf, readField } from "./field-path.ts";
import { practiceAccount } from "./fourthline-room.ts";
import type { FourthlineRoom } from "./fourthline-room.ts";
import { settingsOf } from "./settings-of.ts";
import type { Workflow } from "./workflow.ts";

/** RFC 6749 4.4, with JSON instead of a form. */
export function createToken(room: FourthlineRoom, request: WebRequest): WebAnswer {
  const names = room.table.fields.token;
  const body = bodyOf(request);
  if (typeof body === "string") return badRequest(room, body);
  if (readField(body, names.grantType) !== "client_credentials") {
    return badRequest(room, `${names.grantType} has to be client_credentials`);
  }
  const known =
    readField(body, names.clientId) === practiceAccount.clientId &&
    readField(body, names.clientSecret) === practiceAccount.clientSecret;
  if (!known) return problem(room, 401, "UNAUTHORIZED", "The client is not known, or its secret is wrong");
  const { token, seconds } = room.tokens.issue(room.settings.timeFactor);
  return jsonAnswer(
    200,
    objectOf([
      [names.accessToken, token],
      ["token_type", "Bearer"],
      [names.expiresIn, seconds],
    ]),
  );
}

export function createWorkflow(room: FourthlineRoom, request: WebRequest): WebAnswer {
  const names = room.table.fields.createWorkflow;
  const body = bodyOf(request);
  if (typeof body === "string") return badRequest(room, body);
  const workflowName = readField(body, names.workflowName);
  const reference = readField(body, names.providerClientId);
  if (typeof workflowName !== "string" || workflowName === "")
    return badRequest(room, `${names.workflowName} is missing`);
  if (typeof reference !== "string" || reference === "" || reference.length > 100) {
    return badRequest(room, `${names.providerClientId} has to have 1 to 100 characters`);
  }
  const flow = flowOf(workflowName);
  if (flow === null) return problem(room, 403, "FORBIDDEN", `The workflow ${workflowName} is not enabled`);
  const { identityCase } = settingsOf(room, reference);
  if (identityCase !== "usable") {
    const reason = identityCase === "none" ? "has no identity check" : "has a risk score of 500";
    return problem(room, 422, "IDENTITY_CASE_UNUSABLE", `The client ${reason}`);
  }
  const workflow = newWorkflow(room, reference, flow);
  room.workflows.add(workflow);
  return jsonAnswer(
    201,
    objectOf([
      [names.workflowId, workflow.id],
      [names.clientId, workflow.clientId],
    ]),
  );
}

function flowOf(workflowName: string): Workflow["flow"] | null {
  const { completed, pending } = practiceAccount.workflowNames;
  return workflowName === completed ? "completed" : workflowName === pending ? "pending" : null;
}

function newWorkflow(room: FourthlineRoom, reference: string, flow: Workflow["flow"]): Workflow {
  const now = room.clock.now();
  const clientId = room.clientIds.get(reference) ?? randomUuid(room.random);
  room.clientIds.set(reference, clientId);
  return {
    id: randomUuid(room.random),
    clientId,
    verificationId: randomUuid(room.random),
    reference,
    flow,
    history: [{ status: "new", code: 0, at: now }],
    work: { kind: "creation", since: now },
    recoverAt: null,
    mended: [],
    documents: [],
    mobile: null,
    passcodeLanguage: "en",
    passcode: null,
    wrongPasscodes: 0,
    signedAt: null,
    countersignedAt: null,
  };
}
