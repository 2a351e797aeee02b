import { describe, expect, test } from "vitest";
import { isSignable, offeredLanguages, planSigning, signRequest } from "../../../../renderer/state/sign-request.ts";
import type { RequestExtra } from "../../../../renderer/state/sign-request.ts";
import { INITIAL_WINDOW_STATE } from "../../../../renderer/state/window-state.ts";
import type { MarkChoices, VisiblePlacement } from "../../../../renderer/state/window-state.ts";
import { signRequestSchema } from "../../../../shared/ipc.ts";
import { USUAL_INITIALS } from "../../../../shared/mark-design.ts";
import type { OrderDetails } from "../../../../shared/order-details.ts";
import { NOTHING_SPECIAL, RUN, documentView, idOf } from "../../../harness/renderer/scenarios.ts";

const { choices } = INITIAL_WINDOW_STATE;
const settings = { provider: "itsme", level: "B-T" } as const;
const place: VisiblePlacement = { kind: "rectangle", page: 3, rectangle: { x: 72, y: 72, width: 180, height: 60 } };

function marks(change: Partial<MarkChoices>): MarkChoices {
  return { ...INITIAL_WINDOW_STATE.mark, visible: true, ...change };
}

describe("which documents are signed", () => {
  test("a document with a refusal is left out", () => {
    const inspection = { ...NOTHING_SPECIAL, refusal: { code: "document.encrypted" } } as const;
    expect(isSignable(documentView(1, 10, { inspection }))).toBe(false);
  });

  test("what forbids changes to a document does not forbid signing a text about it", () => {
    const inspection = { ...NOTHING_SPECIAL, refusal: { code: "document.certified-no-changes" } } as const;
    const document = documentView(1, 10, { inspection });
    expect(isSignable(document, "hash")).toBe(false);
    expect(isSignable(document, "text")).toBe(true);
    expect(planSigning([document], INITIAL_WINDOW_STATE.mark, null, "text").documents).toEqual([document]);
    const locked = { ...NOTHING_SPECIAL, refusal: { code: "document.encrypted" } } as const;
    expect(isSignable(documentView(1, 10, { inspection: locked }), "text")).toBe(false);
  });

  test("a document that is being signed, or has its signed copy, is left out", () => {
    expect(isSignable(documentView(1, 10, { state: { kind: "waiting-for-you", transaction: RUN } }))).toBe(false);
    expect(isSignable(documentView(1, 10, { state: { kind: "signed", outputName: "a.pdf", level: "B-B" } }))).toBe(
      false,
    );
  });

  test("a failed one is taken again only when that can help", () => {
    const failed = (retry: boolean) =>
      documentView(1, 10, { state: { kind: "failed", failure: { code: "itsme.expired" }, retry } });
    expect(isSignable(failed(true))).toBe(true);
    expect(isSignable(failed(false))).toBe(false);
  });
});

describe("where the mark goes", () => {
  const documents = [documentView(1, 10), documentView(2, 10, { pages: 2 })];

  test("the same place in all, on the last page of a shorter document", () => {
    const mark = marks({ sameForAll: true, places: new Map([[idOf(1), place]]) });
    const request = signRequest(documents, mark, idOf(1), choices, settings);
    expect(request.placements).toEqual({ [idOf(1)]: place, [idOf(2)]: { ...place, page: 2 } });
  });

  test("each its own place, and those without one are named before anything is asked", () => {
    const mark = marks({ sameForAll: false, places: new Map([[idOf(1), place]]) });
    const plan = planSigning(documents, mark, idOf(1));
    expect(plan.unplaced.map(({ id }) => id)).toEqual([idOf(2)]);
  });

  test("no mark at all leaves all placements out, whatever was drawn before", () => {
    const mark = marks({ visible: false, places: new Map([[idOf(1), place]]) });
    const request = signRequest(documents, mark, idOf(1), choices, settings);
    expect(request.placement).toEqual({ kind: "invisible" });
    expect(request).not.toHaveProperty("placements");
  });
});

test("the request is what main's own schema accepts, without empty texts", () => {
  // The schema wants real ids; main makes them as UUIDs.
  const documents = [documentView(1, 10, { id: "10000000-0000-4000-8000-000000000001" as never })];
  const mark = marks({ places: new Map([[documents[0]!.id, place]]) });
  const typed = { ...choices, reason: "  ", signerRole: " Director ", policy: "1.2.3" };
  const request = signRequest(documents, mark, documents[0]!.id, typed, settings);
  expect(request).not.toHaveProperty("reason");
  expect(request).toMatchObject({ signerRole: "Director", policy: "1.2.3" });
  expect(signRequestSchema.parse(request)).toEqual(request);
});

test("only languages that the contract can carry are offered", () => {
  expect(offeredLanguages({ languages: ["NL", "SV", "EN"] } as never)).toEqual(["EN", "NL"]);
  expect(offeredLanguages(undefined)).toEqual(["EN"]);
});

test("a provider that draws the mark itself gets a place and what it has to know, and none of our own choices", () => {
  const documents = [documentView(1, 10)];
  const mark = marks({
    places: new Map([[idOf(1), place]]),
    initials: { ...USUAL_INITIALS },
  });
  const all = {
    ...choices,
    reason: "I agree",
    location: "Gent",
    signerRole: "Director",
    policy: "1.2.3",
    certification: "forms",
    lockFields: true,
  } as const;
  const details: OrderDetails = {
    provider: "idnow",
    signers: [{ givenName: "Erika", surname: "Mustermann", email: "erika@example.com", mobile: "+491701234567" }],
    signatureType: "QES",
    codeEntry: "page",
    showIdentification: false,
    keepIdentification: false,
    checkboxes: [],
    robot: null,
  };
  const extra: RequestExtra = { hasOwnMark: false, details };
  const request = signRequest(documents, mark, idOf(1), all, { provider: "idnow", level: "B-T" }, undefined, extra);
  expect(request).toEqual({
    provider: "idnow",
    documents: [idOf(1)],
    placement: { kind: "invisible" },
    placements: { [idOf(1)]: place },
    level: "B-T",
    language: "EN",
    details,
  });
  expect(signRequestSchema.safeParse(request).success).toBe(true);
});
