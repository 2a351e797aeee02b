import type { Failure } from "../../../shared/failure.ts";

/** BankID's limits, in characters of Base64 (sheet section 1.2). */
export const VISIBLE_LIMIT = 40_000;
export const HIDDEN_LIMIT = 200_000;

/** How long a text is in Base64 of its UTF-8 (RFC 4648 4). */
export const encodedLength = (text: string): number => Math.ceil(Buffer.byteLength(text, "utf8") / 3) * 4;

/** What BankID would refuse, found before it is asked. Null: nothing. */
export function textProblem(visible: string, hidden: string): Failure | null {
  if (visible === "" || encodedLength(visible) > VISIBLE_LIMIT || encodedLength(hidden) > HIDDEN_LIMIT) {
    return { code: "bankid.text-too-long", params: { characters: encodedLength(visible), limit: VISIBLE_LIMIT } };
  }
  return null;
}
