import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_ENDPOINT_TABLE,
  endpointTableSchema,
} from "../../../../electron/providers/fourthline/endpoint-table.ts";

const vectors = new URL("../../../../../shared/providers/vectors/", import.meta.url);

describe("the table of Fourthline's calls and fields", () => {
  test("knows the token call as the provider's public collection has it", () => {
    expect(DEFAULT_ENDPOINT_TABLE.endpoints.token).toEqual({ method: "POST", path: "/v1/oauth2/token" });
    const { grantType, clientId, clientSecret } = DEFAULT_ENDPOINT_TABLE.fields.token;
    expect([grantType, clientId, clientSecret]).toEqual(["grant_type", "client_id", "client_secret"]);
  });

  test("has a path for each of the eleven calls of the guide", () => {
    expect(Object.keys(DEFAULT_ENDPOINT_TABLE.endpoints)).toEqual([
      "token",
      "createWorkflow",
      "uploadDocuments",
      "uploadMobile",
      "uploadSelfie",
      "details",
      "approve",
      "confirm",
      "status",
      "signedDocument",
      "infocertContract",
    ]);
  });

  test("keeps the defaults of what an administrator leaves out", () => {
    const table = endpointTableSchema.parse({
      endpoints: { status: { path: "/v2/qes/{signatureId}" } },
      fields: { status: { status: "data.state" } },
    });
    expect(table.endpoints.status).toEqual({ method: "GET", path: "/v2/qes/{signatureId}" });
    expect(table.fields.status).toEqual({ signatureId: "signatureId", status: "data.state", statusCode: "statusCode" });
    expect(table.endpoints.approve).toEqual(DEFAULT_ENDPOINT_TABLE.endpoints.approve);
  });

  test.each([
    ["a path without its placeholder", { endpoints: { status: { path: "/v1/status" } } }],
    ["a signed document's path without the document", { endpoints: { signedDocument: { path: "/v1/{signatureId}" } } }],
    ["a placeholder where nothing is known yet", { endpoints: { createWorkflow: { path: "/v1/{workflowId}" } } }],
    ["an unknown placeholder", { endpoints: { status: { path: "/v1/{signatureId}/{other}" } } }],
    ["a whole address", { endpoints: { token: { path: "https://elsewhere.example/token" } } }],
    ["an address without its scheme", { endpoints: { token: { path: "//elsewhere.example/token" } } }],
    ["a step up", { endpoints: { status: { path: "/v1/../{signatureId}" } } }],
    ["a query", { endpoints: { status: { path: "/v1/{signatureId}?a=b" } } }],
    ["a name with a meaning in JavaScript", { fields: { status: { status: "a.__proto__" } } }],
    ["a call that there is not", { endpoints: { reject: { path: "/v1/{signatureId}" } } }],
    ["a field that there is not", { fields: { status: { colour: "colour" } } }],
  ])("refuses %s", (_, input) => {
    expect(endpointTableSchema.safeParse(input).success).toBe(false);
  });

  test("spells the names as the guide's example messages do", (context) => {
    let text: string;
    try {
      text = readFileSync(new URL("fourthline-assumed-messages.json", vectors), "utf8");
    } catch {
      context.skip("no provider vectors beside the checkout");
      return;
    }
    const messages = JSON.parse(text) as Record<string, { request?: object; response?: object | null }>;
    const { fields } = DEFAULT_ENDPOINT_TABLE;
    const names = (value: object | null | undefined): readonly string[] => Object.keys(value ?? {});
    expect(names(messages["createWorkflow"]?.request)).toEqual([
      fields.createWorkflow.workflowName,
      fields.createWorkflow.providerClientId,
    ]);
    expect(names(messages["createWorkflow"]?.response)).toEqual([
      fields.createWorkflow.workflowId,
      fields.createWorkflow.clientId,
    ]);
    expect(names(messages["uploadMobile"]?.request)).toEqual([fields.uploadMobile.mobilePhoneNumber]);
    expect(names(messages["approve"]?.request)).toEqual([
      fields.approve.documents,
      fields.approve.legalConditions,
      fields.approve.passcodeLanguage,
    ]);
    expect(names(messages["confirm"]?.request)).toEqual([fields.confirm.passcode]);
    expect(names(messages["status"]?.response)).toEqual([
      fields.status.signatureId,
      fields.status.status,
      fields.status.statusCode,
    ]);
  });
});
