import { describe, expect, test } from "vitest";
import { fieldWishes, notCertifiable } from "../../../../renderer/state/field-wishes.ts";
import { effectiveCertification, effectiveReason, signRequest } from "../../../../renderer/state/sign-request.ts";
import { INITIAL_WINDOW_STATE } from "../../../../renderer/state/window-state.ts";
import type { MarkChoices } from "../../../../renderer/state/window-state.ts";
import type { EmptyField } from "../../../../shared/app-state.ts";
import { NOTHING_SPECIAL, documentView, emptyField, idOf } from "../../../harness/renderer/scenarios.ts";

const { choices } = INITIAL_WINDOW_STATE;
const settings = { provider: "itsme", level: "B-T" } as const;

const withField = (number: number, wishes: Partial<EmptyField>) =>
  documentView(number, 10, {
    inspection: { ...NOTHING_SPECIAL, emptyFields: [{ ...emptyField("Client", 1, true), ...wishes }] },
  });

/** Each document's mark goes into its field. */
const marks: MarkChoices = {
  ...INITIAL_WINDOW_STATE.mark,
  visible: true,
  sameForAll: false,
  places: new Map([1, 2].map((number) => [idOf(number), { kind: "field", field: "Client" }] as const)),
};

describe("reasons that a chosen field lists", () => {
  const approve = { reasons: ["I approve", "Seen"], reasonRequired: true };

  test("are those that all chosen fields have", () => {
    const documents = [withField(1, approve), withField(2, { reasons: ["Seen", "Other"] })];
    expect(fieldWishes(documents, marks, idOf(1))).toMatchObject({ reasons: ["Seen"], reasonRequired: true });
  });

  test("do not count while another place is chosen", () => {
    const invisible = { ...marks, visible: false };
    expect(fieldWishes([withField(1, approve)], invisible, idOf(1))).toMatchObject({ reasons: null });
  });

  test("keep what was typed for something else out of the request", () => {
    const typed = { ...choices, reason: "I like it" };
    expect(signRequest([withField(1, approve)], marks, idOf(1), typed, settings)).not.toHaveProperty("reason");
    const chosen = { ...choices, reason: "Seen" };
    expect(signRequest([withField(1, approve)], marks, idOf(1), chosen, settings)).toMatchObject({ reason: "Seen" });
    expect(effectiveReason({ reasons: [] }, typed)).toBe("");
    expect(effectiveReason({ reasons: null }, typed)).toBe("I like it");
  });
});

describe("certifying", () => {
  const certify = { ...choices, certification: "no-changes" } as const;
  const signed = documentView(2, 10, {
    inspection: { ...NOTHING_SPECIAL, signatures: [{ field: "Signature1", signer: null }] },
  });

  test("is what the person chose, and left out when he chose nothing", () => {
    const documents = [documentView(1, 10)];
    expect(signRequest(documents, marks, idOf(1), certify, settings)).toMatchObject({ certification: "no-changes" });
    expect(signRequest(documents, marks, idOf(1), choices, settings)).not.toHaveProperty("certification");
  });

  test("is left out when one of the documents has a signature already", () => {
    const documents = [documentView(1, 10), signed];
    expect(notCertifiable(documents)?.id).toBe(idOf(2));
    expect(signRequest(documents, marks, idOf(1), certify, settings)).not.toHaveProperty("certification");
  });

  test.each([
    [0, null],
    [1, "no-changes"],
    [2, "forms"],
    [3, "annotations"],
  ] as const)("is what the field's author wants (level %s)", (certification, expected) => {
    const documents = [withField(1, { certification })];
    const wishes = fieldWishes(documents, marks, idOf(1));
    expect(wishes.certification?.field).toBe("Client");
    expect(effectiveCertification(documents, wishes, { certification: "annotations" })).toBe(expected);
  });
});
