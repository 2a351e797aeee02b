import { expect, test } from "vitest";
import { followDocuments, keepPagePassword, pagePassword } from "../../../../renderer/pdf/page-passwords.ts";
import { documentView, idOf } from "../../../harness/renderer/scenarios.ts";

test("a page password is kept as long as the document is open, and opens the signed copy too", () => {
  keepPagePassword(idOf(1), "secret");
  followDocuments([documentView(1, 10), documentView(2, 10)]);
  expect([pagePassword(idOf(1)), pagePassword(idOf(2))]).toEqual(["secret", undefined]);
  followDocuments([documentView(1, 10), documentView(3, 10, { signedFrom: idOf(1) })]);
  followDocuments([documentView(3, 10, { signedFrom: idOf(1) })]);
  expect([pagePassword(idOf(1)), pagePassword(idOf(3))]).toEqual([undefined, "secret"]);
  followDocuments([]);
  expect(pagePassword(idOf(3))).toBeUndefined();
});
