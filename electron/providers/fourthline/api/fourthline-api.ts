import { randomUUID } from "node:crypto";
import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { HttpAnswer } from "../../../net/http-client.ts";
import { readDetails, readPdf, readStatus, readWorkflow } from "./answers.ts";
import type { SignatureDetails, SignatureStatus, Workflow } from "./answers.ts";
import { bodyOf, textAt } from "./field-path.ts";
import { fourthlineCall } from "./fourthline-call.ts";
import type { Connection } from "./fourthline-call.ts";
import { formOf } from "./multipart.ts";
import { readObject } from "../../loose-json.ts";

const MEGABYTE = 1_048_576;
/** A signed document is longer than the one that was sent: certificates, timestamps, revocation answers. */
const LARGEST_RESULT = 64 * MEGABYTE;
const SLOW = 300_000;

export type FourthlineApi = ReturnType<typeof fourthlineApi>;

export interface UploadedFile {
  readonly title: string;
  readonly bytes: Uint8Array;
}

/** The calls of the guide, in its order. Nothing is repeated here but for a new token. */
export function fourthlineApi(connection: Connection) {
  const call = fourthlineCall(connection);
  const { fields } = connection.profile.table;

  return {
    authorize: call.authorize,

    async createWorkflow(
      given: { readonly workflowName: string; readonly reference: string },
      signal: AbortSignal,
    ): Promise<Result<Workflow, Failure>> {
      const body = bodyOf([
        [fields.createWorkflow.workflowName, given.workflowName],
        [fields.createWorkflow.providerClientId, given.reference],
      ]);
      const sent = await call({ name: "createWorkflow", body, personal: [given.reference], signal });
      return readWith(sent, (answer) => readWorkflow(answer, fields));
    },

    /** All documents in one call; their titles are each unique. */
    async uploadDocuments(
      workflow: string,
      files: readonly UploadedFile[],
      signal: AbortSignal,
    ): Promise<Result<null, Failure>> {
      const names = fields.uploadDocuments;
      const list = files.map(({ title }) =>
        bodyOf([
          [names.title, title],
          [names.fileName, title],
        ]),
      );
      const information = new TextEncoder().encode(JSON.stringify(bodyOf([[names.documents, list]])));
      const form = formOf(
        [
          { name: names.informationPart, type: "application/json", bytes: information },
          ...files.map(({ title, bytes }) => ({
            name: names.filePart,
            type: "application/pdf",
            fileName: title,
            bytes,
          })),
        ],
        newBoundary(),
      );
      const personal = files.map(({ title }) => title);
      return done(await call({ name: "uploadDocuments", workflow, form, personal, signal, timeoutMilliseconds: SLOW }));
    },

    uploadMobile: async (workflow: string, number: string, signal: AbortSignal): Promise<Result<null, Failure>> => {
      const body = bodyOf([[fields.uploadMobile.mobilePhoneNumber, number]]);
      return done(await call({ name: "uploadMobile", workflow, body, personal: [number], signal }));
    },

    async uploadSelfie(workflow: string, image: Uint8Array, signal: AbortSignal): Promise<Result<null, Failure>> {
      const name = fields.uploadSelfie.imagePart;
      const form = formOf([{ name, type: "image/jpeg", fileName: "selfie.jpg", bytes: image }], newBoundary());
      return done(await call({ name: "uploadSelfie", workflow, form, signal, timeoutMilliseconds: SLOW }));
    },

    async details(workflow: string, language: string, signal: AbortSignal): Promise<Result<SignatureDetails, Failure>> {
      const query = { [fields.details.language]: language };
      return readWith(await call({ name: "details", workflow, query, signal }), (answer) =>
        readDetails(answer, fields),
      );
    },

    /** Sends the passcode by SMS. The value is the id of the attempt, for Fourthline's support. */
    async approve(
      workflow: string,
      accepting: {
        readonly documents: readonly string[];
        readonly conditions: readonly string[];
        readonly language: string;
      },
      signal: AbortSignal,
    ): Promise<Result<string | null, Failure>> {
      const body = bodyOf([
        [fields.approve.documents, accepting.documents],
        [fields.approve.legalConditions, accepting.conditions],
        [fields.approve.passcodeLanguage, accepting.language],
      ]);
      return attempt(await call({ name: "approve", workflow, body, signal }), fields.approve.attemptId);
    },

    /** SECURITY: the passcode is in the request's body and nowhere else. */
    async confirm(workflow: string, passcode: string, signal: AbortSignal): Promise<Result<string | null, Failure>> {
      const body = bodyOf([[fields.confirm.passcode, passcode]]);
      const sent = await call({ name: "confirm", workflow, body, personal: [passcode], signal });
      return attempt(sent, fields.confirm.attemptId);
    },

    status: async (workflow: string, signal: AbortSignal): Promise<Result<SignatureStatus, Failure>> =>
      readWith(await call({ name: "status", workflow, signal }), (answer) => readStatus(answer, fields)),

    async signedDocument(
      workflow: string,
      document: string,
      signal: AbortSignal,
    ): Promise<Result<Uint8Array, Failure>> {
      const sent = await call({
        name: "signedDocument",
        workflow,
        document,
        accept: "application/pdf, */*;q=0.5",
        signal,
        maximumBytes: LARGEST_RESULT,
        timeoutMilliseconds: SLOW,
      });
      return readWith(sent, readPdf, { code: "fourthline.damaged-download" });
    },

    /** Null: the signing did not go to InfoCert, so there is none. */
    async infocertContract(workflow: string, signal: AbortSignal): Promise<Result<Uint8Array | null, Failure>> {
      const sent = await call({
        name: "infocertContract",
        workflow,
        accept: "application/pdf, */*;q=0.5",
        signal,
        maximumBytes: LARGEST_RESULT,
        timeoutMilliseconds: SLOW,
      });
      if (sent.ok && sent.value.status === 204) {
        return success(null);
      }
      return readWith(sent, readPdf, { code: "fourthline.damaged-download" });
    },
  };

  /** An answer without an id is a success all the same. */
  function attempt(sent: Result<HttpAnswer, Failure>, path: string): Result<string | null, Failure> {
    const answer = accepted(sent);
    return answer.ok ? success(textAt(readObject(answer.value.body), path)?.slice(0, 100) ?? null) : answer;
  }
}

/** RFC 2046 5.1.1; 122 random bits, so no document holds it. */
const newBoundary = (): string => `sealdesk${randomUUID().replaceAll("-", "")}`;

/**
 * The guide does not say what these answers hold. A page is none of them: it comes from somebody in between (a hotel's login),
 * and Fourthline has heard nothing.
 */
function accepted(sent: Result<HttpAnswer, Failure>): Result<HttpAnswer, Failure> {
  return sent.ok && /^\s*</u.test(new TextDecoder().decode(sent.value.body.subarray(0, 100)))
    ? failed({ code: "provider.unexpected-answer", params: { status: sent.value.status, reason: "page" } })
    : sent;
}

function done(sent: Result<HttpAnswer, Failure>): Result<null, Failure> {
  const answer = accepted(sent);
  return answer.ok ? success(null) : answer;
}

function readWith<T>(
  sent: Result<HttpAnswer, Failure>,
  read: (answer: HttpAnswer) => T | null,
  problem?: Failure,
): Result<T, Failure> {
  if (!sent.ok) {
    return sent;
  }
  const value = read(sent.value);
  const { status } = sent.value;
  return value === null
    ? failed(problem ?? { code: "provider.unexpected-answer", params: { status, reason: "body" } })
    : success(value);
}
