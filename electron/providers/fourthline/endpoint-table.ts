import { z } from "zod";

/**
 * Where each call of Fourthline's goes and what each field is called there. Only the token call and a few names are public
 * (sheet sections 4 and 5); everything else is assumed, and an administrator fills in what the organisation's own
 * documentation says. Entries left out keep their default.
 */

const CALLS_WITH_ID = ["workflowId", "signatureId"] as const;
const PLACEHOLDER = /\{(?:workflowId|signatureId|documentId)\}/gu;

/** What an entry is refused with, as the schema says it; the window has sentences for them. */
export const PATH_WANTED =
  "a path beginning with a slash; placeholders are {workflowId}, {signatureId} and {documentId}";
export const PLAIN_WANTED = "a path without placeholders";
export const WORKFLOW_WANTED = "a path with {workflowId} or {signatureId}, without {documentId}";
export const DOCUMENT_WANTED = "a path with {workflowId} or {signatureId}, and {documentId}";

/** Segments of letters, digits and placeholders; never one of dots alone, which would lead elsewhere. */
const path = z
  .string()
  .max(300)
  .refine(
    (text) => /^(?:\/[A-Za-z0-9._~:-]+)+$/u.test(text.replaceAll(PLACEHOLDER, "x")) && !/\/\.+(?:\/|$)/u.test(text),
    PATH_WANTED,
  );

/** Without an id of a workflow. */
const plainPath = path.refine((text) => !text.includes("{"), PLAIN_WANTED);
/** Both ids are the same value (sheet section 3), so either name may stand there. */
const pathOfWorkflow = path.refine(
  (text) => CALLS_WITH_ID.some((id) => text.includes(`{${id}}`)) && !text.includes("{documentId}"),
  WORKFLOW_WANTED,
);
const pathOfDocument = path.refine(
  (text) => CALLS_WITH_ID.some((id) => text.includes(`{${id}}`)) && text.includes("{documentId}"),
  DOCUMENT_WANTED,
);

const endpoint = (method: "GET" | "POST" | "PUT", shape: z.ZodType<string>, usual: string) =>
  z
    .strictObject({
      method: z.enum(["GET", "POST", "PUT", "PATCH"]).default(method),
      path: shape.default(usual),
    })
    .prefault({});

const QES = "/v1/qualifiedElectronicSignature";

const endpointsSchema = z
  .strictObject({
    token: endpoint("POST", plainPath, "/v1/oauth2/token"),
    createWorkflow: endpoint("POST", plainPath, "/v1/workflows"),
    /** multipart/form-data: one part of JSON, one part a PDF. */
    uploadDocuments: endpoint("POST", pathOfWorkflow, `${QES}/{workflowId}/documents`),
    uploadMobile: endpoint("PUT", pathOfWorkflow, `${QES}/{workflowId}/mobilePhoneNumber`),
    /** multipart/form-data with one JPEG. */
    uploadSelfie: endpoint("POST", pathOfWorkflow, `${QES}/{workflowId}/selfie`),
    details: endpoint("GET", pathOfWorkflow, `${QES}/{signatureId}`),
    approve: endpoint("POST", pathOfWorkflow, `${QES}/{signatureId}/approve`),
    confirm: endpoint("POST", pathOfWorkflow, `${QES}/{signatureId}/confirm`),
    status: endpoint("GET", pathOfWorkflow, `${QES}/{signatureId}/status`),
    signedDocument: endpoint("GET", pathOfDocument, `${QES}/{signatureId}/documents/{documentId}`),
    infocertContract: endpoint("GET", pathOfWorkflow, `${QES}/{signatureId}/contract`),
  })
  .prefault({});

/** SECURITY: never a name that JavaScript gives a meaning. */
const isPlainName = (name: string): boolean => !["__proto__", "constructor", "prototype"].includes(name);

export const NAME_WANTED = "a name without dots";
export const PATH_OF_NAMES_WANTED = "names with dots between them";

/** Name of a form part or of a query parameter. */
const name = z
  .string()
  .regex(/^[A-Za-z_$@][A-Za-z0-9_$@-]{0,99}$/u, NAME_WANTED)
  .refine(isPlainName, NAME_WANTED);
/** Name of a JSON field; dots lead into objects ("passcode.length"). Within lists, it starts at the item. */
const fieldPath = z
  .string()
  .max(300)
  .regex(/^[A-Za-z_$@][A-Za-z0-9_$@-]{0,99}(?:\.[A-Za-z_$@][A-Za-z0-9_$@-]{0,99}){0,5}$/u, PATH_OF_NAMES_WANTED)
  .refine((text) => text.split(".").every(isPlainName), PATH_OF_NAMES_WANTED);

const json = (usual: string) => fieldPath.default(usual);
const part = (usual: string) => name.default(usual);

const fieldsSchema = z
  .strictObject({
    token: z
      .strictObject({
        grantType: json("grant_type"),
        clientId: json("client_id"),
        clientSecret: json("client_secret"),
        accessToken: json("access_token"),
        /** In seconds. */
        expiresIn: json("expires_in"),
      })
      .prefault({}),
    createWorkflow: z
      .strictObject({
        workflowName: json("workflowName"),
        /** Our own unique identifier of the person. */
        providerClientId: json("providerClientId"),
        workflowId: json("workflowId"),
        clientId: json("clientId"),
      })
      .prefault({}),
    uploadDocuments: z
      .strictObject({
        /** Form part with the JSON, as application/json. */
        informationPart: part("information"),
        /** Form part of each PDF; they all have this name, in the order of the JSON's list. */
        filePart: part("files"),
        /** In the JSON: the list, one item for each PDF. */
        documents: json("documents"),
        title: json("title"),
        fileName: json("fileName"),
      })
      .prefault({}),
    uploadMobile: z.strictObject({ mobilePhoneNumber: json("mobilePhoneNumber") }).prefault({}),
    uploadSelfie: z.strictObject({ imagePart: part("selfie") }).prefault({}),
    details: z
      .strictObject({
        /** Query parameter: ISO 639-1 code of the language of the legal conditions. */
        language: part("language"),
        clientId: json("clientId"),
        verificationId: json("verificationId"),
        mobilePhoneNumber: json("mobilePhoneNumber"),
        documents: json("documents"),
        documentId: json("documentId"),
        documentTitle: json("title"),
        legalConditions: json("legalConditions"),
        conditionId: json("id"),
        conditionTitle: json("title"),
        conditionText: json("text"),
        conditionUrl: json("url"),
        passcodeLength: json("passcode.length"),
        passcodeChannel: json("passcode.channel"),
      })
      .prefault({}),
    approve: z
      .strictObject({
        documents: json("documents"),
        legalConditions: json("legalConditions"),
        passcodeLanguage: json("passcodeLanguage"),
        attemptId: json("attemptId"),
      })
      .prefault({}),
    confirm: z.strictObject({ passcode: json("passcode"), attemptId: json("attemptId") }).prefault({}),
    status: z
      .strictObject({
        signatureId: json("signatureId"),
        status: json("status"),
        statusCode: json("statusCode"),
      })
      .prefault({}),
    /** Of any answer that is no success. */
    error: z.strictObject({ message: json("message"), code: json("code"), errors: json("errors") }).prefault({}),
  })
  .prefault({});

export const endpointTableSchema = z.strictObject({ endpoints: endpointsSchema, fields: fieldsSchema });
export type EndpointTable = z.output<typeof endpointTableSchema>;
export type EndpointTableInput = z.input<typeof endpointTableSchema>;
export type CallName = keyof EndpointTable["endpoints"];

/** What the sheet says, or assumes. */
export const DEFAULT_ENDPOINT_TABLE: EndpointTable = endpointTableSchema.parse({});
