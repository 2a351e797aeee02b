import { describe, expect, it, test } from "vitest";
import {
  EMPTY_IDNOW,
  changedSigner,
  idnowDetails,
  leftField,
  movedSigner,
  shownProblem,
  signerProblems,
  withSigner,
  withoutSigner,
} from "../../../../renderer/state/idnow-draft.ts";
import type { IdnowDraft } from "../../../../renderer/state/idnow-draft.ts";
import type { IdnowChoices } from "../../../../shared/app-state.ts";
import { idnowDetailsSchema } from "../../../../shared/order-details.ts";

const OFFERED: IdnowChoices = {
  signatureTypes: ["QES", "AES", "BES"],
  codeEntries: ["page", "here"],
  keepsIdentification: true,
  robots: true,
};
const ERIKA = { givenName: " Erika", surname: "Mustermann", email: "erika@example.com ", mobile: "+49 170 1234567" };
const JAN = { givenName: "Jan", surname: "van den Berg", email: "jan@example.com", mobile: "0032 470 12 34 56" };

const draft = (change: Partial<IdnowDraft> = {}): IdnowDraft => ({
  ...EMPTY_IDNOW,
  signers: [
    { key: 1, ...ERIKA },
    { key: 2, ...JAN },
  ],
  ...change,
});
const after = (before: IdnowDraft, change: Partial<IdnowDraft>): IdnowDraft => ({ ...before, ...change });
const keys = ({ signers }: IdnowDraft): readonly number[] => signers.map(({ key }) => key);

describe("the list of signers", () => {
  it("takes up to eight, and none of them is ever taken for another", () => {
    let now = EMPTY_IDNOW;
    for (let press = 0; press < 10; press += 1) now = after(now, withSigner(now));
    expect(now.signers).toHaveLength(8);
    expect(new Set(keys(now)).size).toBe(8);
    now = after(now, withoutSigner(now, 3));
    now = after(now, withSigner(now));
    expect(new Set(keys(now)).size).toBe(8);
  });

  it("keeps one signer", () => {
    const one = after(draft(), withoutSigner(draft(), 1));
    expect(keys(one)).toEqual([2]);
    expect(withoutSigner(one, 2)).toEqual({});
  });

  it("changes their order, and stops at both ends", () => {
    expect(keys(after(draft(), movedSigner(draft(), 2, -1)))).toEqual([2, 1]);
    expect(movedSigner(draft(), 1, -1)).toEqual({});
    expect(movedSigner(draft(), 2, 1)).toEqual({});
  });
});

describe("what is wrong", () => {
  it("is told of a field that was left, and of all once somebody pressed Sign", () => {
    const typed = after(EMPTY_IDNOW, changedSigner(EMPTY_IDNOW, 1, { email: "erika@" }));
    expect(shownProblem(typed, 0, "email")).toBeNull();
    const left = after(typed, leftField(typed, 1, "email"));
    expect(shownProblem(left, 0, "email")).toBe("not-an-address");
    expect(shownProblem(left, 0, "surname")).toBeNull();
    // That nothing was typed is no fault before somebody wants to sign.
    expect(shownProblem(after(left, leftField(left, 1, "surname")), 0, "surname")).toBeNull();
    expect(shownProblem({ ...typed, showsAll: true }, 0, "surname")).toBe("missing");
  });

  it("stays with the signer who is moved", () => {
    const wrong = after(draft(), changedSigner(draft(), 2, { email: "jan" }));
    const left = after(wrong, leftField(wrong, 2, "email"));
    const moved = after(left, movedSigner(left, 2, -1));
    expect(shownProblem(moved, 0, "email")).toBe("not-an-address");
    expect(shownProblem(moved, 1, "email")).toBeNull();
  });

  it("is a number that two of them share, however it is typed", () => {
    const shared = after(draft(), changedSigner(draft(), 2, { mobile: "0049 (170) 1234567" }));
    expect(signerProblems(shared)).toEqual([{}, { mobile: "repeated" }]);
    expect(idnowDetails(shared, OFFERED)).toBeNull();
  });

  it("keeps the order from being made", () => {
    expect(idnowDetails(EMPTY_IDNOW, OFFERED)).toBeNull();
  });
});

test("a field that is left shows what is sent", () => {
  expect(leftField(draft(), 2, "mobile").signers?.[1]?.mobile).toBe("+32470123456");
  expect(leftField(draft(), 1, "givenName").signers?.[0]?.givenName).toBe("Erika");
});

describe("the order that is sent", () => {
  it("is one that main's own schema accepts, plainly written", () => {
    const details = idnowDetails(draft({ checkboxes: [" I agree ", "  "] }), OFFERED);
    expect(details).toEqual({
      provider: "idnow",
      signers: [
        { givenName: "Erika", surname: "Mustermann", email: "erika@example.com", mobile: "+491701234567" },
        { givenName: "Jan", surname: "van den Berg", email: "jan@example.com", mobile: "+32470123456" },
      ],
      signatureType: "QES",
      codeEntry: "page",
      showIdentification: false,
      keepIdentification: false,
      checkboxes: ["I agree"],
      robot: null,
    });
    expect(idnowDetailsSchema.parse(details)).toEqual(details);
  });

  it("has a robot for a single signer only", () => {
    const alone = draft({ signers: [{ key: 1, ...ERIKA }], robot: "negative" });
    expect(idnowDetails(alone, OFFERED)?.robot).toBe("negative");
    expect(idnowDetails(draft({ robot: "negative" }), OFFERED)?.robot).toBeNull();
  });

  it("asks for nothing that the account does not offer", () => {
    const typed = draft({ signatureType: "QES", codeEntry: "here", keepIdentification: true, robot: "positive" });
    const offered: IdnowChoices = {
      signatureTypes: ["AES"],
      codeEntries: ["page"],
      keepsIdentification: false,
      robots: false,
    };
    expect(idnowDetails(typed, offered)).toMatchObject({
      signatureType: "AES",
      codeEntry: "page",
      keepIdentification: false,
      robot: null,
    });
  });
});
