import { expect, test } from "vitest";
import { usualTable } from "../../../../sandbox/fourthline/endpoint-table.ts";
import { readTable } from "../../../../sandbox/fourthline/read-table.ts";

test.each([
  {},
  { endpoints: { status: { path: "/flows/{workflowId}/state" } }, fields: { status: { status: "state.name" } } },
  { endpoints: { signedDocument: { method: "POST", path: "/files/{documentId}/of/{workflowId}" } } },
  usualTable,
])("The table %j is read as it is", (table) => {
  expect(readTable(JSON.stringify(table))).toEqual(table);
});

test.each([
  ["no JSON", "{"],
  ["no object", "7"],
  ["an unknown call", { endpoints: { cancel: { path: "/cancel" } } }],
  ["an unknown field", { fields: { status: { state: "state" } } }],
  ["a path without the id", { endpoints: { status: { path: "/state" } } }],
  ["a path without the document", { endpoints: { signedDocument: { path: "/files/{workflowId}" } } }],
  ["a placeholder that nothing fills", { endpoints: { createWorkflow: { path: "/flows/{workflowId}" } } }],
  ["a path that leads elsewhere", { endpoints: { token: { path: "https://example.com/token" } } }],
  ["a query", { endpoints: { token: { path: "/token?x=1" } } }],
  ["a name with a meaning", { fields: { error: { message: "a.__proto__.b" } } }],
  ["a method that no call has", { endpoints: { token: { method: "DELETE" } } }],
])("A table with %s is refused with the reason", (_what, table) => {
  expect(readTable(typeof table === "string" ? table : JSON.stringify(table))).toEqual(expect.any(String));
});
