import { randomUuid } from "../random-uuid.ts";
import type { JsonObject } from "../web/json-body.ts";
import { jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer } from "../web/loopback-server.ts";
import { badRequest, bodyOf, objectionTo, problem, workflowCall, wrongStatus } from "./api-call.ts";
import { objectOf, readField } from "./field-path.ts";
import type { FourthlineRoom } from "./fourthline-room.ts";
import { languageOf } from "./language.ts";
import { legalPagePath } from "./legal-pages.ts";
import { conditionIds, legalCondition } from "./legal-texts.ts";
import { settingsOf } from "./settings-of.ts";

/** What the person has to see before approving. */
export const details = workflowCall((room, workflow, request) => {
  const objection = objectionTo(room, workflow, ["user_consent_required", "confirmation_required"]);
  if (objection !== null) return objection;
  const names = room.table.fields.details;
  const { trustService, passcodeLength } = settingsOf(room, workflow.reference);
  const language = languageOf(request.url.searchParams.get(names.language));
  const conditions = conditionIds.map((id) => {
    const { title, text } = legalCondition(id, language, trustService);
    return objectOf([
      [names.conditionId, id],
      [names.conditionTitle, title],
      [names.conditionText, text],
      [names.conditionUrl, `${room.origin()}${legalPagePath(trustService, id, language)}`],
    ]);
  });
  const documents = workflow.documents.map(({ id, title }) =>
    objectOf([
      [names.documentId, id],
      [names.documentTitle, title],
    ]),
  );
  return jsonAnswer(
    200,
    objectOf([
      [names.clientId, workflow.clientId],
      [names.verificationId, workflow.verificationId],
      [names.mobilePhoneNumber, workflow.mobile],
      [names.documents, documents],
      [names.legalConditions, conditions],
      [names.passcodeLength, passcodeLength],
      [names.passcodeChannel, "sms"],
    ]),
  );
});

/** Has the passcode sent; doing it again sends another one. */
export const approve = workflowCall((room, workflow, request) => {
  const objection = objectionTo(room, workflow, ["user_consent_required", "confirmation_required"]);
  if (objection !== null) return objection;
  const names = room.table.fields.approve;
  const body = bodyOf(request);
  if (typeof body === "string") return badRequest(room, body);
  const language = readField(body, names.passcodeLanguage);
  if (language !== undefined && typeof language !== "string")
    return badRequest(room, `${names.passcodeLanguage} is no text`);
  const missing =
    incomplete(
      room,
      body,
      names.documents,
      workflow.documents.map(({ id }) => id),
    ) ?? incomplete(room, body, names.legalConditions, conditionIds);
  if (missing !== null) return missing;
  return room.workflows.apply(workflow.id, { do: "approve", passcodeLanguage: language ?? "en" }) === null
    ? wrongStatus(room, workflow)
    : attempted(room, names.attemptId);
});

/** Everything has to be approved: part of the documents, or of the conditions, is not enough. */
function incomplete(room: FourthlineRoom, body: JsonObject, name: string, all: readonly string[]): WebAnswer | null {
  const list = readField(body, name);
  if (!Array.isArray(list)) return badRequest(room, `${name} is no list`);
  const given: readonly unknown[] = list;
  const known: readonly unknown[] = all;
  if (!given.every((id) => known.includes(id))) return badRequest(room, `${name}: something is not known here`);
  const missing = all.filter((id) => !given.includes(id));
  return missing.length === 0 ? null : problem(room, 422, "NOT_ALL_APPROVED", `${name}: not all are there`, missing);
}

export const confirm = workflowCall((room, workflow, request) => {
  const objection = objectionTo(room, workflow, ["confirmation_required"]);
  if (objection !== null) return objection;
  const names = room.table.fields.confirm;
  const body = bodyOf(request);
  if (typeof body === "string") return badRequest(room, body);
  const passcode = readField(body, names.passcode);
  if (typeof passcode !== "string" || !/^\d{1,20}$/.test(passcode))
    return badRequest(room, `${names.passcode} is no number`);
  // Another passcode is on its way, or the right one has come already.
  if (workflow.work !== null) return wrongStatus(room, workflow);
  if (passcode === workflow.passcode?.value) {
    room.workflows.apply(workflow.id, { do: "confirm" });
    return attempted(room, names.attemptId);
  }
  const { passcodeAttempts } = settingsOf(room, workflow.reference);
  const next = room.workflows.apply(workflow.id, { do: "wrong-passcode" });
  const left = passcodeAttempts - (next?.wrongPasscodes ?? 0);
  if (left > 0) return problem(room, 422, "WRONG_PASSCODE", `The passcode is wrong; attempts left: ${left}`);
  room.workflows.apply(workflow.id, { do: "fail", code: 0, recoverAt: null });
  return problem(room, 422, "TOO_MANY_PASSCODES", "The passcode was wrong too often");
});

function attempted(room: FourthlineRoom, name: string): WebAnswer {
  return jsonAnswer(202, objectOf([[name, randomUuid(room.random)]]));
}
