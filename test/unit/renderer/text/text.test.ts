import { expect, test } from "vitest";
import { failureText, text, textOr } from "../../../../renderer/text/text.ts";

test("counts choose the plural form", () => {
  expect(text("sign.button", { count: 1, provider: "itsme" })).toBe("Sign 1 document with itsme");
  expect(text("sign.button", { count: 3, provider: "itsme" })).toBe("Sign 3 documents with itsme");
});

test("file names are put in as they are", () => {
  expect(text("list.close-named", { name: "R&D <final>.pdf" })).toBe("Close R&D <final>.pdf");
});

test("an interaction of a provider that the catalogue does not know gets the general sentence", () => {
  expect(textOr("newprovider.dance", "interaction.generic")).toBe(text("interaction.generic"));
  expect(textOr("itsme.identify", "interaction.generic")).not.toBe(text("interaction.generic"));
});

test("a failure speaks with its own words and values", () => {
  const failure = { code: "provider.text-not-allowed", params: { character: "’" } } as const;
  expect(failureText(failure, "why")).toContain("’");
});

test("a failure code from a newer program never shows as a code", () => {
  const failure = { code: "future.unknown" as never };
  expect(failureText(failure, "what")).toBe(failureText({ code: "app.internal" }, "what"));
});
