import { beforeAll, describe, expect, test } from "vitest";

import { verifyBankIdEvidence } from "../../../../electron/evidence/bankid/verify-bankid-evidence.ts";
import {
  type BankIdPeople,
  type DocumentOrder,
  makeBankIdPeople,
  makeDocument,
  makeEvidence,
  POLICY,
} from "./made-evidence.ts";
import { HARMLESS_SPELLINGS, SIGNED_OTHERWISE, WRAPPING_ATTACKS, XML_ATTACKS } from "./wrapping-attacks.ts";

// In all of these the response is bound to the changed text, as if BankID's responder helped: the XML has to hold alone.

let people: BankIdPeople;
beforeAll(async () => {
  people = await makeBankIdPeople();
});

function judged(document: DocumentOrder) {
  const before = makeEvidence(people);
  const evidence = makeEvidence(people, { document });
  expect(evidence.signature).not.toBe(before.signature);
  return verifyBankIdEvidence({
    evidence,
    trust: { roots: [people.root.certificate], policies: [POLICY] },
    expected: { visibleText: "visible", hiddenData: "hidden", visibleFormat: null },
  });
}

/** The change has to change something, or the test tests nothing. */
const changing =
  (change: (text: string) => string) =>
  (text: string): string => {
    const changed = change(text);
    expect(changed).not.toBe(text);
    return changed;
  };

const FORMS = ["shape", "ids", "references", "certificates", "content", "signed-data-digest"];

describe("what nobody signed is never read", () => {
  test.each(WRAPPING_ATTACKS)("%s", (_title, change) => {
    const { verdict, problems } = judged({ onDocument: changing(change) });
    expect(verdict).toBe("failed");
    expect([...FORMS, "xml"]).toContain(problems[0]?.code);
    // The response was bound to this very text: it is not what saves us.
    expect(problems.map(({ code }) => code)).not.toContain("ocsp-nonce");
  });
});

describe("constructs that change what is read are refused as XML", () => {
  test.each(XML_ATTACKS)("%s", (_title, change) => {
    const { verdict, problems } = judged({ onDocument: changing(change) });
    expect(verdict).toBe("failed");
    expect(problems.map(({ code }) => code)).toEqual(["xml"]);
  });
});

describe("another spelling of the same canonical form holds", () => {
  test.each(HARMLESS_SPELLINGS)("%s", (_title, change) => {
    expect(judged({ onDocument: change })).toMatchObject({ verdict: "passed", problems: [] });
  });
});

describe("a signature that covers something else, or in another way, is refused although it verifies", () => {
  test.each(SIGNED_OTHERWISE)("%s", (_title, change, codes) => {
    const { verdict, problems } = judged({ onSignedInfo: changing(change) });
    expect(verdict).toBe("failed");
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });
});

describe("signed data that two readers could read differently are refused although they are signed", () => {
  test.each<[string, (text: string) => string]>([
    [
      "two texts",
      (text) => text.replace("<srvInfo>", `${/<usrVisibleData.*<\/usrVisibleData>/u.exec(text)![0]}<srvInfo>`),
    ],
    ["a text further down", (text) => text.replace("<funcId>", "<usrVisibleData></usrVisibleData><funcId>")],
    ["two functions", (text) => text.replace("</clientInfo>", "<funcId>Identification</funcId></clientInfo>")],
    ["a function elsewhere", (text) => text.replace("</srvInfo>", "<funcId>Signing</funcId></srvInfo>")],
    ["hidden data twice", (text) => text.replace("<srvInfo>", "<usrNonVisibleData>AA==</usrNonVisibleData><srvInfo>")],
    ["text with an element inside", (text) => text.replace("</usrVisibleData>", "<b></b></usrVisibleData>")],
    ["text that is not Base64", (text) => text.replace("</usrVisibleData>", "!</usrVisibleData>")],
    ["text that is not UTF-8", (text) => text.replace(/>[^<]*<\/usrVisibleData>/u, ">/w==</usrVisibleData>")],
    ["another character set", (text) => text.replace('charset="UTF-8"', 'charset="UTF-16"')],
    ["text that was not shown", (text) => text.replace('visible="wysiwys"', 'visible="no"')],
    ["no text", (text) => text.replace(/<usrVisibleData.*<\/usrVisibleData>/u, "")],
    ["no client", (text) => text.replace(/<clientInfo>.*<\/clientInfo>/u, "")],
  ])("%s", (_title, change) => {
    const { verdict, problems } = judged({ onSignedData: changing(change) });
    expect(verdict).toBe("failed");
    expect(problems.map(({ code }) => code)).toEqual(["content"]);
  });

  test.each([
    ["Signature", '<more><x:Signature xmlns:x="urn:x"></x:Signature></more>'],
    ["signed data", "<more><bankIdSignedData></bankIdSignedData></more>"],
    ["signed data of another kind", '<more><bankIdSignedData xmlns="urn:x"></bankIdSignedData></more>'],
    ["KeyInfo", "<more><KeyInfo></KeyInfo></more>"],
  ])("something that is called like a part of the signature (%s)", (_title, more) => {
    const { verdict, problems } = judged({
      onSignedData: changing((text) => text.replace("<srvInfo>", `${more}<srvInfo>`)),
    });
    expect(verdict).toBe("failed");
    expect(problems.map(({ code }) => code)).toEqual(["shape"]);
  });

  test("unknown children are left alone, as newer versions add some", () => {
    const { verdict } = judged({
      onSignedData: (text) => text.replace("</clientInfo>", "<uauth>pw</uauth></clientInfo>"),
    });
    expect(verdict).toBe("passed");
  });
});

test("a value that is shorter than the key is refused (RFC 8017 8.2.2)", () => {
  let document: DocumentOrder | undefined;
  // One value in 256 begins with a zero octet, which some signers leave out.
  for (let count = 0; count < 5000 && document === undefined; count += 1) {
    const text = makeDocument(people, people.person);
    const [, base64 = ""] = /<SignatureValue>([^<]*)/u.exec(text) ?? [];
    const value = Buffer.from(base64, "base64");
    document =
      value[0] === 0 ? { onDocument: () => text.replace(base64, value.subarray(1).toString("base64")) } : document;
  }
  const { problems } = judged(document!);
  expect(problems.map(({ code }) => code)).toEqual(["signature-value"]);
}, 60_000);

describe("certificates", () => {
  const inKeyInfo = (change: (text: string) => string) => judged({ onKeyInfo: changing(change) });

  test.each<[string, (text: string) => string]>([
    ["none", (text) => text.replace(/<X509Certificate>.*<\/X509Certificate>/u, "")],
    ["broken ones", (text) => text.replace("<X509Certificate>M", "<X509Certificate>N")],
    ["a bare key beside them", (text) => text.replace("<X509Data>", "<KeyValue></KeyValue><X509Data>")],
    ["two lists", (text) => text.replace("</X509Data>", "</X509Data><X509Data></X509Data>")],
    [
      "something else in the list",
      (text) => text.replace("<X509Data>", "<X509Data><X509SubjectName>CN=A</X509SubjectName>"),
    ],
    [
      "too many",
      (text) => text.replace("<X509Data>", () => `<X509Data>${"<X509Certificate>AA==</X509Certificate>".repeat(9)}`),
    ],
  ])("%s: refused", (_title, change) => {
    const { verdict, problems } = inKeyInfo(change);
    expect(verdict).toBe("failed");
    expect(problems.map(({ code }) => code)).toEqual(["certificates"]);
  });

  test("another person's certificate first: the value does not fit its key", () => {
    const { problems } = inKeyInfo((text) =>
      text.replace(/(<X509Certificate>[^<]*<\/X509Certificate>)(<X509Certificate>[^<]*<\/X509Certificate>)/u, "$2$1"),
    );
    expect(problems.map(({ code }) => code)).toContain("signature-value");
  });
});
