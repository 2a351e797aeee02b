/** Where a call goes. `path` holds `{workflowId}` or `{signatureId}`, which are the same value, and `{documentId}`. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  readonly path: string;
}

const qes = "/v1/qualifiedElectronicSignature";

const endpoints = {
  token: { method: "POST", path: "/v1/oauth2/token" },
  createWorkflow: { method: "POST", path: "/v1/workflows" },
  uploadDocuments: { method: "POST", path: `${qes}/{workflowId}/documents` },
  uploadMobile: { method: "PUT", path: `${qes}/{workflowId}/mobilePhoneNumber` },
  uploadSelfie: { method: "POST", path: `${qes}/{workflowId}/selfie` },
  details: { method: "GET", path: `${qes}/{signatureId}` },
  approve: { method: "POST", path: `${qes}/{signatureId}/approve` },
  confirm: { method: "POST", path: `${qes}/{signatureId}/confirm` },
  status: { method: "GET", path: `${qes}/{signatureId}/status` },
  signedDocument: { method: "GET", path: `${qes}/{signatureId}/documents/{documentId}` },
  infocertContract: { method: "GET", path: `${qes}/{signatureId}/contract` },
} as const;

/** Dots lead into objects; within lists a path begins at the item. */
const fields = {
  token: {
    grantType: "grant_type",
    clientId: "client_id",
    clientSecret: "client_secret",
    accessToken: "access_token",
    expiresIn: "expires_in",
  },
  createWorkflow: {
    workflowName: "workflowName",
    providerClientId: "providerClientId",
    workflowId: "workflowId",
    clientId: "clientId",
  },
  uploadDocuments: {
    /** Names of parts of the form: the JSON, and each PDF. */
    informationPart: "information",
    filePart: "files",
    documents: "documents",
    title: "title",
    fileName: "fileName",
  },
  uploadMobile: { mobilePhoneNumber: "mobilePhoneNumber" },
  uploadSelfie: { imagePart: "selfie" },
  details: {
    /** A query parameter. */
    language: "language",
    clientId: "clientId",
    verificationId: "verificationId",
    mobilePhoneNumber: "mobilePhoneNumber",
    documents: "documents",
    documentId: "documentId",
    documentTitle: "title",
    legalConditions: "legalConditions",
    conditionId: "id",
    conditionTitle: "title",
    conditionText: "text",
    conditionUrl: "url",
    passcodeLength: "passcode.length",
    passcodeChannel: "passcode.channel",
  },
  approve: {
    documents: "documents",
    legalConditions: "legalConditions",
    passcodeLanguage: "passcodeLanguage",
    attemptId: "attemptId",
  },
  confirm: { passcode: "passcode", attemptId: "attemptId" },
  status: { signatureId: "signatureId", status: "status", statusCode: "statusCode" },
  error: { message: "message", code: "code", errors: "errors" },
} as const;

export type CallName = keyof typeof endpoints;
type FieldNames = typeof fields;

/**
 * Where each call is and how its fields are called. Only the token call is public; everybody else's names come from the
 * customer's own documentation, so a sandbox can be started with other ones.
 */
export interface FourthlineTable {
  readonly endpoints: Readonly<Record<CallName, Endpoint>>;
  readonly fields: { readonly [Call in keyof FieldNames]: Readonly<Record<keyof FieldNames[Call], string>> };
}

/** What is different from the usual. */
export interface FourthlineTableChange {
  readonly endpoints?: { readonly [Call in CallName]?: Partial<Endpoint> };
  readonly fields?: { readonly [Call in keyof FieldNames]?: Partial<FourthlineTable["fields"][Call]> };
}

export const usualTable: FourthlineTable = { endpoints, fields };

export function tableWith(change: FourthlineTableChange): FourthlineTable {
  return {
    endpoints: merged(usualTable.endpoints, change.endpoints ?? {}),
    fields: merged(usualTable.fields, change.fields ?? {}),
  };
}

/** Entry by entry, one level down. */
function merged<Entries extends Readonly<Record<string, object>>>(
  usual: Entries,
  change: { readonly [Name in keyof Entries]?: Partial<Entries[Name]> },
): Entries {
  const entries = Object.entries(usual).map(([name, entry]) => [name, { ...entry, ...change[name] }] as const);
  return Object.fromEntries(entries) as Entries;
}
