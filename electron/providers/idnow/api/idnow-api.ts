import { idnowCall } from "./idnow-call.ts";
import type { Connection } from "./idnow-call.ts";
import { accountCalls } from "./account-calls.ts";
import { codeCalls } from "./code-calls.ts";
import { orderCalls } from "./order-calls.ts";
import { resultCalls } from "./result-calls.ts";

/** The 25 calls of IDnow's Customer Web Services 2.10 (manual chapters 3 to 9), each with its answer read. */
export type IdnowApi = ReturnType<typeof idnowApi>;

export function idnowApi(connection: Connection) {
  const call = idnowCall(connection);
  return { ...orderCalls(call), ...resultCalls(call), ...codeCalls(call), ...accountCalls(call) };
}
