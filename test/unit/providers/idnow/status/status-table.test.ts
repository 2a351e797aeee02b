import { describe, expect, test } from "vitest";
import { STATUS_CODES, statusCode } from "../../../../../electron/providers/idnow/status/status-table.ts";
import { english } from "../../../../../shared/messages/en.ts";
import { idnowStatusTexts } from "../../../../../shared/messages/idnow-statuses-en.ts";
import { haveVectors, vector } from "../vectors.ts";

interface VectorCode {
  readonly kind: number;
  readonly finalNonESign: boolean;
  readonly finalESign: boolean;
  readonly extended: boolean;
}

const names = STATUS_CODES.flatMap(({ kind, subKinds }) => [`${kind}`, ...subKinds.map((sub) => `${kind}.${sub}`)]);

describe.skipIf(!haveVectors)("the manual's table (skipped without the shared vectors)", () => {
  test("has the same codes with the same flags as ours", () => {
    const theirs = (vector("status-codes").codes as readonly VectorCode[]).map((code) => ({
      kind: code.kind,
      finalIdent: code.finalNonESign,
      finalESign: code.finalESign,
      extended: code.extended,
    }));
    expect(
      STATUS_CODES.map(({ kind, finalIdent, finalESign, extended }) => ({ kind, finalIdent, finalESign, extended })),
    ).toEqual(theirs);
    expect(theirs).toHaveLength(78);
  });

  test("has the same sub-codes as ours", () => {
    const theirs = Object.entries(vector("status-codes").subCodes as Record<string, object>).map(
      ([kind, subs]) => [Number(kind), Object.keys(subs).map(Number)] as const,
    );
    const ours = STATUS_CODES.filter(({ subKinds }) => subKinds.length > 0).map(
      ({ kind, subKinds }) => [kind, [...subKinds]] as const,
    );
    expect(ours).toEqual(theirs);
    expect(theirs).toHaveLength(11);
  });
});

test("every code and every sub-code has words for the person, and no words are left over", () => {
  const keys = names.map((name) => `idnow.status.${name}`);
  expect(Object.keys(idnowStatusTexts).toSorted()).toEqual(keys.toSorted());
});

test("the words are clauses that fill a sentence", () => {
  for (const [key, text] of Object.entries(idnowStatusTexts)) {
    expect(english[key]).toBe(text);
    expect(text).toMatch(/^[a-z].*[^.]$|^an? (SMS|e-mail)/u);
  }
});

test("the only success of a signing order is an extended code, and the identification is not its end", () => {
  expect(statusCode(84)).toMatchObject({ finalESign: true, finalIdent: false, extended: true });
  expect(statusCode(6)).toMatchObject({ finalESign: false, finalIdent: true });
});

test("a code that the manual does not know is nothing", () => {
  expect(statusCode(12_345)).toBeUndefined();
});
