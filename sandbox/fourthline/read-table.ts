import { z } from "zod";
import { tableWith, usualTable } from "./endpoint-table.ts";
import type { CallName, FourthlineTable, FourthlineTableChange } from "./endpoint-table.ts";
import { asObject } from "../web/json-body.ts";

const endpoint = z
  .strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH"]).exactOptional(),
    path: z
      .string()
      .regex(/^(?:\/[\w.~:{}-]+)+$/u, "a path beginning with a slash")
      .exactOptional(),
  })
  .exactOptional();
/** SECURITY: a name that JavaScript gives a meaning would reach into objects that are not the answer. */
const name = z
  .string()
  .regex(/^(?!.*(?:^|\.)(?:__proto__|constructor|prototype)(?:\.|$))[\w$@-]+(?:\.[\w$@-]+)*$/u)
  .exactOptional();

/** All names that the usual table has, and no others. */
const schema = z.strictObject({
  endpoints: z.strictObject(mapped(usualTable.endpoints, () => endpoint)).exactOptional(),
  fields: z
    .strictObject(mapped(usualTable.fields, (names) => z.strictObject(mapped(names, () => name)).exactOptional()))
    .exactOptional(),
});

/**
 * What is different from the usual table, as JSON: a part of a profile's "table". A string is what is wrong with it.
 */
export function readTable(text: string): FourthlineTableChange | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "not JSON";
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const change = asObject(value) as FourthlineTableChange;
  return missingPlaceholder(tableWith(change)) ?? change;
}

/** Without its ids a call could not tell what it is about. */
function missingPlaceholder({ endpoints }: FourthlineTable): string | null {
  const calls = Object.keys(endpoints) as CallName[];
  const wrong = calls.find((call) => kindOf(endpoints[call].path) !== kindOf(usualTable.endpoints[call].path));
  return wrong === undefined
    ? null
    : `the path of ${wrong} needs the placeholders of ${usualTable.endpoints[wrong].path}`;
}

/** Which ids a path holds: both names of the workflow's id mean the same. */
function kindOf(path: string): string {
  const ids = (path.match(/\{\w*\}/gu) ?? []).map((id) => (id === "{signatureId}" ? "{workflowId}" : id));
  return ids.toSorted((one, other) => one.localeCompare(other)).join(" ");
}

function mapped<Value, Made>(
  object: Readonly<Record<string, Value>>,
  make: (value: Value) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, make(value)]));
}
