import { createHash } from "node:crypto";
import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import { practiceScheme } from "../pki/issue-certificate.ts";

const signatureNamespace = "http://www.w3.org/2000/09/xmldsig#";
const bankidNamespace = "http://www.bankid.com/signature/v1.0.0/types";
const canonicalXml = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

/** What is signed. Texts are in Base64. */
export interface SignedContent {
  readonly function: "Signing" | "Identification";
  readonly visible: string | null;
  readonly format: string | null;
  readonly hidden: string | null;
  /** Distinguished name of the relying party, and its name as the app shows it. */
  readonly relyingParty: { readonly name: string; readonly displayName: string };
  readonly nonce: Uint8Array;
  readonly client: readonly (readonly [string, string])[];
  readonly device: { readonly type: string; readonly info: string; readonly uhi: string };
  readonly conditions: readonly (readonly [type: string, value: string])[];
}

/** Rewrites the parts before they are digested or signed, and the whole when that is done: for flaws only. */
export interface Rewriting {
  readonly signedData?: (text: string) => string;
  readonly keyInfo?: (text: string) => string;
  readonly signedInfo?: (text: string) => string;
  readonly whole?: (text: string) => string;
}

/**
 * A signature in the very shape of PhenixID's example: one line, every digested part with its own namespace, so that its
 * canonical form (Canonical XML 1.0) is the text as it stands here.
 */
export function signatureXml(
  content: SignedContent,
  signer: { readonly key: PrivateKey; readonly chain: readonly Uint8Array[] },
  rewriting: Rewriting = {},
): string {
  const signedData = (rewriting.signedData ?? same)(signedDataXml(content));
  const keyInfo = (rewriting.keyInfo ?? same)(keyInfoXml(signer.chain));
  const signedInfo = (rewriting.signedInfo ?? same)(
    `<SignedInfo xmlns="${signatureNamespace}">${algorithm("CanonicalizationMethod", canonicalXml)}` +
      algorithm("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256") +
      reference(` Type="${bankidNamespace}"`, "bidSignedData", signedData) +
      `${reference("", "bidKeyInfo", keyInfo)}</SignedInfo>`,
  );
  const value = base64(signer.key.sign(practiceScheme, Buffer.from(signedInfo, "utf8")));
  return (rewriting.whole ?? same)(
    `<?xml version="1.0" encoding="UTF-8" standalone="no"?><Signature xmlns="${signatureNamespace}">${signedInfo}` +
      `<SignatureValue>${value}</SignatureValue>${keyInfo}<Object>${signedData}</Object></Signature>`,
  );
}

const same = (text: string): string => text;

function signedDataXml(content: SignedContent): string {
  const { client, conditions, device, format, hidden, nonce, relyingParty, visible } = content;
  // Between the others: Canonical XML sorts attributes by name.
  const formatted = format === null ? "" : ` format="${format}"`;
  return element("bankIdSignedData", ` xmlns="${bankidNamespace}" Id="bidSignedData"`, [
    visible === null ? "" : element("usrVisibleData", ` charset="UTF-8"${formatted} visible="wysiwys"`, [visible]),
    hidden === null ? "" : element("usrNonVisibleData", "", [hidden]),
    element("srvInfo", "", [
      element("name", "", [base64(relyingParty.name)]),
      element("nonce", "", [base64(nonce)]),
      element("displayName", "", [base64(relyingParty.displayName)]),
    ]),
    element("clientInfo", "", [
      element("funcId", "", [content.function]),
      element("version", "", [base64(client.map(([name, value]) => `${name}=${value}&`).join(""))]),
      element("env", "", [
        element("ai", "", [
          element("type", "", [base64(device.type)]),
          element("deviceInfo", "", [base64(device.info)]),
          element("uhi", "", [device.uhi]),
          element("fsib", "", ["0"]),
          element("utb", "", ["cs1"]),
          element(
            "requirement",
            "",
            conditions.map(([type, value]) =>
              element("condition", "", [element("type", "", [type]), element("value", "", [value])]),
            ),
          ),
        ]),
      ]),
    ]),
  ]);
}

function keyInfoXml(chain: readonly Uint8Array[]): string {
  const certificates = chain.map((certificate) => element("X509Certificate", "", [base64(certificate)]));
  return element("KeyInfo", ` xmlns="${signatureNamespace}" Id="bidKeyInfo"`, [element("X509Data", "", certificates)]);
}

function reference(type: string, id: string, digested: string): string {
  return element("Reference", `${type} URI="#${id}"`, [
    element("Transforms", "", [algorithm("Transform", canonicalXml)]),
    algorithm("DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256"),
    element("DigestValue", "", [createHash("sha256").update(digested, "utf8").digest("base64")]),
  ]);
}

function algorithm(name: string, uri: string): string {
  return element(name, ` Algorithm="${uri}"`, []);
}

/** Everything written here is Base64, or made of letters, digits and dots: nothing needs to be escaped. */
function element(name: string, attributes: string, content: readonly string[]): string {
  return `<${name}${attributes}>${content.join("")}</${name}>`;
}

export function base64(value: Uint8Array | string): string {
  return Buffer.from(value).toString("base64");
}
