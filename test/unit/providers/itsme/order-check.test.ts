import { expect, test } from "vitest";
import { BUNDLED_DISCOVERY } from "../../../../electron/providers/itsme/bundled-discovery.ts";
import { checkOrder } from "../../../../electron/providers/itsme/order-check.ts";
import type { SigningOrder } from "../../../../electron/providers/provider.ts";

const check = (change: Partial<SigningOrder>, disabledPolicies: readonly string[] = []) =>
  checkOrder(
    {
      documents: [{ id: "a", name: "a.pdf" }],
      language: "EN",
      description: null,
      policy: null,
      commitmentType: null,
      signerRole: null,
      knownPerson: null,
      ...change,
    },
    { ...BUNDLED_DISCOVERY, disabledPolicies },
  );

test("an order in plain words passes", () => {
  expect(check({ description: "Assurance « auto » à 100 €", signerRole: "Geschäftsführer" })).toBeNull();
});

test("the first character that cannot be sent is named, with its field", () => {
  expect(check({ description: "l’accord – final" })).toEqual({
    code: "provider.text-not-allowed",
    params: { field: "description", character: "’" },
  });
  expect(check({ signerRole: "CFO €" })).toEqual({
    code: "provider.text-not-allowed",
    params: { field: "signerRole", character: "€" },
  });
});

test("fifty characters fit, fifty-one do not", () => {
  expect(check({ description: "é".repeat(50), signerRole: "x".repeat(50) })).toBeNull();
  expect(check({ description: "x".repeat(51) })).toEqual({
    code: "provider.text-too-long",
    params: { field: "description", maximum: 50 },
  });
  expect(check({ signerRole: "x".repeat(51) })).toMatchObject({ code: "provider.text-too-long" });
});

test("a letter with its accent apart counts as the one letter that is sent", () => {
  expect(check({ description: "e\u0301".repeat(50) })).toBeNull();
});

test("a policy that itsme has switched off is refused before anything is sent", () => {
  expect(check({ policy: "1.2.3" }, ["1.2.3"])).toMatchObject({ code: "itsme.policy" });
  // Not in the public list, but it may have been agreed at onboarding.
  expect(check({ policy: "ITSME_DEFAULT" }, ["1.2.3"])).toBeNull();
});

test("no documents, or two with the same id, are a defect of the caller", () => {
  expect(check({ documents: [] })?.code).toBe("app.internal");
  const twice = { id: "a", name: "b.pdf" };
  expect(check({ documents: [twice, twice] })?.code).toBe("app.internal");
});
