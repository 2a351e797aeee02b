import type { BankIdFlaws } from "./flaws.ts";
import { base64 } from "./signature-xml.ts";
import type { Rewriting, SignedContent } from "./signature-xml.ts";

type SignatureFlaw = BankIdFlaws["signature"];

/** What is signed instead of what was asked for. */
const contents: Partial<Readonly<Record<SignatureFlaw, (content: SignedContent) => Partial<SignedContent>>>> = {
  "other-text": () => ({ visible: base64("I sign something else.") }),
  "other-format": ({ format }) => ({ format: format === null ? "simpleMarkdownV1" : null }),
  "other-hidden": () => ({ hidden: base64("something else") }),
  "no-hidden": () => ({ hidden: null }),
  identification: () => ({ function: "Identification" }),
};

/** How the XML is written otherwise than it should be. */
const writings: Partial<Readonly<Record<SignatureFlaw, Rewriting>>> = {
  sha1: {
    signedInfo: (text) =>
      text.replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
  },
  "one-reference": {
    signedInfo: (text) => text.replace(/<Reference URI="#bidKeyInfo">.*?<\/Reference>/, ""),
  },
  "other-ids": {
    signedData: (text) => text.replace('Id="bidSignedData"', 'Id="bidSignedDatum"'),
    signedInfo: (text) => text.replace('URI="#bidSignedData"', 'URI="#bidSignedDatum"'),
  },
  "two-texts": {
    signedData: (text) => text.replace(/<usrVisibleData.*?<\/usrVisibleData>/, "$&$&"),
  },
  "no-certificate": {
    keyInfo: (text) => text.replace(/<X509Certificate>[^<]*/, "<X509Certificate>AAAA"),
  },
  "changed-text": {
    whole: (text) => text.replace(/(<usrVisibleData[^>]*>)[^<]*/, `$1${base64("Changed later.")}`),
  },
  // The two above the signer change places; the path is found all the same.
  "changed-certificates": {
    whole: (text) =>
      text.replace(
        /(<X509Data><X509Certificate>[^<]*<\/X509Certificate>)(<X509Certificate>[^<]*<\/X509Certificate>)(<X509Certificate>[^<]*<\/X509Certificate>)/,
        "$1$3$2",
      ),
  },
  "wrong-value": {
    whole: (text) =>
      text.replace(/<SignatureValue>./, (start) => `${start.slice(0, -1)}${start.endsWith("A") ? "B" : "A"}`),
  },
  wrapped: { whole: wrapped },
  doctype: { whole: (text) => text.replace("?>", "?><!DOCTYPE Signature>") },
  "not-xml": { whole: (text) => text.replace("</Signature>", "") },
};

export function flawedContent(content: SignedContent, flaw: SignatureFlaw): SignedContent {
  return { ...content, ...contents[flaw]?.(content) };
}

export function flawedWriting(flaw: SignatureFlaw): Rewriting {
  return writings[flaw] ?? {};
}

/** The genuine data are moved aside, where their Id is still found; other data stand in their place. */
function wrapped(text: string): string {
  const genuine = /<bankIdSignedData.*<\/bankIdSignedData>/.exec(text)?.[0] ?? "";
  const other = genuine
    .replace('Id="bidSignedData"', 'Id="bidOtherData"')
    .replace(/(<usrVisibleData[^>]*>)[^<]*/, `$1${base64("I sign something else.")}`);
  return text.replace(`<Object>${genuine}</Object>`, `<Object>${other}</Object><Object>${genuine}</Object>`);
}
