import { describe, expect, test } from "vitest";
import { tableWith, usualTable } from "../../../../sandbox/fourthline/endpoint-table.ts";
import { objectOf, readField } from "../../../../sandbox/fourthline/field-path.ts";
import { routeOf } from "../../../../sandbox/fourthline/route.ts";

const qes = "/v1/qualifiedElectronicSignature";

describe("An address", () => {
  // The sheet's table of endpoints, row by row.
  test.each([
    ["token", "POST", "/v1/oauth2/token"],
    ["createWorkflow", "POST", "/v1/workflows"],
    ["uploadDocuments", "POST", `${qes}/W/documents`],
    ["uploadMobile", "PUT", `${qes}/W/mobilePhoneNumber`],
    ["uploadSelfie", "POST", `${qes}/W/selfie`],
    ["details", "GET", `${qes}/W`],
    ["approve", "POST", `${qes}/W/approve`],
    ["confirm", "POST", `${qes}/W/confirm`],
    ["status", "GET", `${qes}/W/status`],
    ["signedDocument", "GET", `${qes}/W/documents/D`],
    ["infocertContract", "GET", `${qes}/W/contract`],
  ] as const)("leads to the call %s by %s %s", (call, method, path) => {
    expect(routeOf(usualTable, method, path)).toEqual({
      call,
      workflowId: path.includes("/W") ? "W" : "",
      documentId: path.endsWith("/D") ? "D" : "",
    });
  });

  test("leads nowhere when it is another one, and says when only the method is", () => {
    expect(routeOf(usualTable, "GET", "/v1/workflows")).toBe("method");
    expect(routeOf(usualTable, "GET", `${qes}/`)).toBe("nothing");
    expect(routeOf(usualTable, "GET", `${qes}/W/status/`)).toBe("nothing");
    expect(routeOf(usualTable, "POST", "/V1/workflows")).toBe("nothing");
  });

  test("can be another one, also where a placeholder is part of a word or stands where a word could", () => {
    const table = tableWith({
      endpoints: {
        status: { method: "POST", path: "/api/flow-{workflowId}.json" },
        details: { path: "/api/{signatureId}" },
        createWorkflow: { method: "GET", path: "/api/start" },
      },
    });
    expect(routeOf(table, "POST", "/api/flow-7.json")).toMatchObject({ call: "status", workflowId: "7" });
    expect(routeOf(table, "GET", "/api/flow-7.json")).toMatchObject({ call: "details", workflowId: "flow-7.json" });
    expect(routeOf(table, "GET", "/api/start")).toMatchObject({ call: "createWorkflow" });
    expect(routeOf(table, "GET", `${qes}/W/status`)).toBe("nothing");
    // Without an id it is only a details call, which is a GET.
    expect(routeOf(table, "POST", "/api/flow-.json")).toBe("method");
  });
});

test("A field can lie within objects", () => {
  const object = objectOf([
    ["passcode.length", 6],
    ["passcode.channel", "sms"],
    ["a.b.c", null],
  ]);
  expect(object).toEqual({ passcode: { length: 6, channel: "sms" }, a: { b: { c: null } } });
  expect(readField(object, "passcode.length")).toBe(6);
  expect(readField(object, "passcode.other")).toBeUndefined();
  expect(readField({ list: [1] }, "list.length")).toBeUndefined();
  expect(readField({}, "constructor.name")).toBeUndefined();
});
