import { describe, expect, test } from "vitest";
import { checkSignOrder } from "../../../../sandbox/itsme/sign-request.ts";
import { practiceContract } from "./practice-contract.ts";

const sha256Uri = "http://www.w3.org/2001/04/xmlenc#sha256";
/** Both digests of the documents' example; the second is Base64 with spare bits set. */
const hello = "f4OxZX/x/FO5LcGBSKHWXfwtSx+j1ncoSt3SABJtkGk=";
const loose = "t9I89IEOCiue980A23A+ep/iAJM50+87BxgG65gVwtF=";

function four(value: string): readonly { readonly lang: string; readonly value: string }[] {
  return ["EN", "FR", "NL", "DE"].map((lang) => ({ lang, value }));
}

function hash(id: unknown = "a", value: unknown = hello, alg: unknown = sha256Uri): unknown {
  return { id, di: [{ alg, value }] };
}

function order(change: { docHash?: unknown; itsme?: object; top?: object; lang?: unknown } = {}) {
  return {
    inDocs: { docHash: "docHash" in change ? change.docHash : [hash()] },
    reqID: "R1",
    asyncRespID: null,
    optInp: {
      lang: "lang" in change ? change.lang : "EN",
      itsme: {
        signer: { userCode: "u".repeat(36) },
        partnerCode: "P",
        serviceCode: "S",
        redirectUrl: "https://partner.example/back?sessionID=1",
        description: four("Car insurance contract"),
        signPolicy: {
          signPolicyRef: "1.3.6.1.4.1.49274.1.1.7.2.0",
          commitmentTypeRef: "1.2.840.113549.1.9.16.6.5",
          signerRole: four("Manager"),
        },
        ...change.itsme,
      },
    },
    ...change.top,
  };
}

function codeOf(request: object, batch = true): string {
  const checked = checkSignOrder(practiceContract({ batch }), request as Record<string, unknown>);
  return checked.ok ? "accepted" : checked.fault.code;
}

describe("A signing order is accepted", () => {
  test("with both digests of the documents' example", () => {
    const checked = checkSignOrder(practiceContract(), order({ docHash: [hash("a"), hash("b", loose)] }));
    expect(checked.ok && checked.value.documents.map(({ id, digest }) => [id, digest.length])).toEqual([
      ["a", 32],
      ["b", 32],
    ]);
    // Documented in the examples: the first is SHA-256 of "Hello World!".
    expect(checked.ok && checked.value.documents[0]?.digest.toString("hex")).toBe(
      "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069",
    );
  });

  test.each([
    ["base64url without padding", order({ docHash: [hash("a", "f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk")] })],
    ["70 hashes", order({ docHash: Array.from({ length: 70 }, (_, index) => hash(String(index))) })],
    [
      "languages in lower case",
      order({ lang: "fr", itsme: { description: four("x").map((t) => ({ ...t, lang: t.lang.toLowerCase() })) } }),
    ],
    ["no language", order({ lang: undefined })],
    ["no description and no policy", order({ itsme: { description: undefined, signPolicy: undefined } })],
    ["a description of 50 characters with a euro sign", order({ itsme: { description: four(`${"x".repeat(49)}€`) } })],
  ])("with %s", (_what, request) => {
    expect(codeOf(request)).toBe("accepted");
  });
});

describe("A signing order is refused", () => {
  test.each([
    ["MISSING_PARTNER_CODE", "no partner", order({ itsme: { partnerCode: undefined } })],
    ["UNAUTHORIZED_URL", "another return address", order({ itsme: { redirectUrl: "https://other.example/" } })],
    ["INCOMPLETE_REQUEST", "no request id", order({ top: { reqID: "" } })],
    ["INCOMPLETE_REQUEST", "no user code", order({ itsme: { signer: {} } })],
    ["INCOMPLETE_REQUEST", "a short user code", order({ itsme: { signer: { userCode: "u" } } })],
    ["INVALID_LANGUAGE", "an unknown language", order({ lang: "SV" })],
    ["NO_HASH_PROVIDED", "no hash", order({ docHash: [] })],
    ["NO_HASH_PROVIDED", "no list of hashes", order({ docHash: undefined })],
    ["BATCH_TOO_LARGE", "71 hashes", order({ docHash: Array.from({ length: 71 }, (_, index) => hash(String(index))) })],
    ["NO_DIGEST_INFO_PROVIDED", "a hash without digest", order({ docHash: [{ id: "a", di: [] }] })],
    [
      "ONLY_SINGLE_DIGEST_INFO_SUPPORTED",
      "two digests for one hash",
      order({
        docHash: [
          {
            id: "a",
            di: [
              { alg: sha256Uri, value: hello },
              { alg: sha256Uri, value: hello },
            ],
          },
        ],
      }),
    ],
    [
      "INVALID_DIGEST_INFO",
      "SHA-512",
      order({ docHash: [hash("a", hello, "http://www.w3.org/2001/04/xmlenc#sha512")] }),
    ],
    [
      "INVALID_DIGEST_INFO",
      "a digest of 20 bytes",
      order({ docHash: [hash("a", Buffer.alloc(20).toString("base64"))] }),
    ],
    ["INVALID_DIGEST_INFO", "a digest in hex", order({ docHash: [hash("a", "7f".repeat(32))] })],
    ["INCOMPLETE_REQUEST", "two hashes of one id", order({ docHash: [hash("a"), hash("a", loose)] })],
    ["INCOMPLETE_REQUEST", "a hash without id", order({ docHash: [hash("")] })],
    ["INVALID_POLICY", "an unknown policy", order({ itsme: { signPolicy: { signPolicyRef: "ITSME_DEFAULT" } } })],
    [
      "INVALID_POLICY_STATUS",
      "a disabled policy",
      order({ itsme: { signPolicy: { signPolicyRef: "1.3.6.1.4.1.49274.1.1.7.1.0" } } }),
    ],
    [
      "INVALID_POLICY",
      "an unknown commitment type",
      order({ itsme: { signPolicy: { signPolicyRef: "1.3.6.1.4.1.49274.1.1.7.2.0", commitmentTypeRef: "1.2.3" } } }),
    ],
    ["INCOMPLETE_REQUEST", "a description in three languages", order({ itsme: { description: four("x").slice(1) } })],
    ["INCOMPLETE_REQUEST", "a description of 51 characters", order({ itsme: { description: four("x".repeat(51)) } })],
    ["ERROR", "a typographic apostrophe", order({ itsme: { description: four("l’acte") } })],
    [
      "ERROR",
      "a euro sign in the role, which is ISO 8859-1",
      order({ itsme: { signPolicy: { signPolicyRef: "1.3.6.1.4.1.49274.1.1.7.2.0", signerRole: four("5 €") } } }),
    ],
  ])("as %s: %s", (code, _what, request) => {
    expect(codeOf(request)).toBe(code);
  });

  test("as ONLY_SINGLE_HASH_SUPPORTED when the contract has no batch", () => {
    const request = order({ docHash: [hash("a"), hash("b")] });
    expect(codeOf(request)).toBe("accepted");
    expect(codeOf(request, false)).toBe("ONLY_SINGLE_HASH_SUPPORTED");
  });
});
