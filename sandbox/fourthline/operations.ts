import type { CallName } from "./endpoint-table.ts";

/** The calls of the API, as faults name them. */
export const callOperations = {
  token: "fourthline/token",
  createWorkflow: "fourthline/create-workflow",
  uploadDocuments: "fourthline/upload-documents",
  uploadMobile: "fourthline/upload-mobile",
  uploadSelfie: "fourthline/upload-selfie",
  details: "fourthline/details",
  approve: "fourthline/approve",
  confirm: "fourthline/confirm",
  status: "fourthline/status",
  signedDocument: "fourthline/signed-document",
  infocertContract: "fourthline/infocert-contract",
} as const satisfies Readonly<Record<CallName, string>>;

export const fourthlineOperations = Object.values(callOperations);
