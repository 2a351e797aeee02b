import type { DigestAlgorithm } from "../../pki/digest.ts";
import { CANONICAL_XML } from "../../xml/canonical-xml.ts";
import {
  attributeOf,
  childElements,
  elementsOf,
  isElement,
  isNamed,
  textOnly,
  type XmlElement,
} from "../../xml/xml-element.ts";
import { decodeBase64 } from "../strict-base64.ts";
import { type BankIdRule, RuleBroken } from "./rules.ts";

const XML_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
export const BANKID_TYPES = "http://www.bankid.com/signature/v1.0.0/types";

const SIGNED_DATA_ID = "bidSignedData";
const KEY_INFO_ID = "bidKeyInfo";
/** Leaf, customer CA, bank CA; some room for what may come. */
const MAXIMUM_CERTIFICATES = 8;

const SIGNATURE_METHODS: Readonly<Record<string, DigestAlgorithm>> = {
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": "SHA-256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": "SHA-384",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": "SHA-512",
};
const DIGEST_METHODS: Readonly<Record<string, DigestAlgorithm>> = {
  "http://www.w3.org/2001/04/xmlenc#sha256": "SHA-256",
  "http://www.w3.org/2001/04/xmldsig-more#sha384": "SHA-384",
  "http://www.w3.org/2001/04/xmlenc#sha512": "SHA-512",
};

export interface ReferenceDigest {
  readonly algorithm: DigestAlgorithm;
  readonly value: Uint8Array;
}

/** The parts of BankID's signature (sheet section 5), each the very element of the document and none looked up again. */
export interface SignatureParts {
  readonly signedInfo: XmlElement;
  readonly signedData: XmlElement;
  readonly keyInfo: XmlElement;
  readonly signatureDigest: DigestAlgorithm;
  readonly signatureValue: Uint8Array;
  readonly signedDataDigest: ReferenceDigest;
  readonly keyInfoDigest: ReferenceDigest;
  /** DER, the signer's first. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * Takes the signature apart by position. Throws `RuleBroken`.
 *
 * SECURITY: against wrapping, nothing is ever found by name or Id: the one place where the signed data may stand is read,
 * its Id has to be the referenced one, and no other element may have that Id, or be called like a signature or signed data.
 */
export function readSignatureParts(root: XmlElement): SignatureParts {
  if (!isNamed(root, XML_SIGNATURE, "Signature")) {
    throw new RuleBroken("shape");
  }
  const [signedInfo, value, keyInfo, object] = exactly(root, XML_SIGNATURE, "shape", [
    "SignedInfo",
    "SignatureValue",
    "KeyInfo",
    "Object",
  ]);
  const [signedData] = exactly(object, BANKID_TYPES, "shape", ["bankIdSignedData"]);
  checkNamesOnce(root);
  checkIds(root, signedData, keyInfo);
  const [method, signatureMethod, first, second] = exactly(signedInfo, XML_SIGNATURE, "references", [
    "CanonicalizationMethod",
    "SignatureMethod",
    "Reference",
    "Reference",
  ]);
  if (algorithmOf(method) !== CANONICAL_XML) {
    throw new RuleBroken("algorithms");
  }
  const references = new Map([readReference(first), readReference(second)]);
  const signedDataDigest = references.get(SIGNED_DATA_ID);
  const keyInfoDigest = references.get(KEY_INFO_ID);
  if (signedDataDigest === undefined || keyInfoDigest === undefined) {
    throw new RuleBroken("references");
  }
  return {
    signedInfo,
    signedData,
    keyInfo,
    signatureDigest: known(SIGNATURE_METHODS, algorithmOf(signatureMethod)),
    signatureValue: base64Of(value, "shape"),
    signedDataDigest,
    keyInfoDigest,
    certificates: readCertificates(keyInfo),
  };
}

type Elements<Names extends readonly string[]> = { readonly [Index in keyof Names]: XmlElement };

/** The child elements when they are these, in this order, and nothing but white space stands between them. */
function exactly<const Names extends readonly string[]>(
  parent: XmlElement,
  namespace: string,
  rule: BankIdRule,
  names: Names,
): Elements<Names> {
  const children = childElements(parent);
  const fits =
    children.length === names.length &&
    children.every((child, index) => isNamed(child, namespace, names[index] ?? "")) &&
    parent.children.every((child) => isElement(child) || /^[ \t\r\n]*$/u.test(child));
  if (!fits) {
    throw new RuleBroken(rule);
  }
  return children as Elements<Names>;
}

/** In whatever namespace: a second one is never there for a good reason. */
function checkNamesOnce(root: XmlElement): void {
  const all = [...elementsOf(root)];
  for (const local of ["Signature", "SignedInfo", "KeyInfo", "bankIdSignedData"]) {
    if (all.filter(({ name }) => name.local === local).length !== 1) {
      throw new RuleBroken("shape");
    }
  }
}

/** Ids in any spelling and namespace, as readers differ in what they take for one. */
function checkIds(root: XmlElement, signedData: XmlElement, keyInfo: XmlElement): void {
  const ids = [...elementsOf(root)].flatMap(({ attributes }) =>
    attributes.filter(({ name }) => name.local.toLowerCase() === "id").map(({ value }) => value.trim()),
  );
  const distinct = new Set(ids).size === ids.length;
  if (!distinct || attributeOf(signedData, "Id") !== SIGNED_DATA_ID || attributeOf(keyInfo, "Id") !== KEY_INFO_ID) {
    throw new RuleBroken("ids");
  }
}

function readReference(reference: XmlElement): readonly [string, ReferenceDigest] {
  const [transforms, method, value] = exactly(reference, XML_SIGNATURE, "references", [
    "Transforms",
    "DigestMethod",
    "DigestValue",
  ]);
  const [transform] = exactly(transforms, XML_SIGNATURE, "algorithms", ["Transform"]);
  if (algorithmOf(transform) !== CANONICAL_XML) {
    throw new RuleBroken("algorithms");
  }
  const uri = attributeOf(reference, "URI") ?? "";
  if (!uri.startsWith("#")) {
    throw new RuleBroken("references");
  }
  const algorithm = known(DIGEST_METHODS, algorithmOf(method));
  return [uri.slice(1), { algorithm, value: base64Of(value, "references") }];
}

/** An algorithm with parameters is another one than that which we know. */
function algorithmOf(element: XmlElement): string | undefined {
  return element.children.length === 0 && element.attributes.length === 1
    ? attributeOf(element, "Algorithm")
    : undefined;
}

function known(table: Readonly<Record<string, DigestAlgorithm>>, uri: string | undefined): DigestAlgorithm {
  const algorithm = uri !== undefined && Object.hasOwn(table, uri) ? table[uri] : undefined;
  if (algorithm === undefined) {
    throw new RuleBroken("algorithms");
  }
  return algorithm;
}

function base64Of(element: XmlElement, rule: BankIdRule): Uint8Array {
  const text = textOnly(element);
  const bytes = text === undefined ? undefined : decodeBase64(text);
  if (bytes === undefined || bytes.length === 0) {
    throw new RuleBroken(rule);
  }
  return bytes;
}

function readCertificates(keyInfo: XmlElement): readonly Uint8Array[] {
  const [data] = exactly(keyInfo, XML_SIGNATURE, "certificates", ["X509Data"]);
  const elements = childElements(data);
  if (
    elements.length > MAXIMUM_CERTIFICATES ||
    !elements.every((element) => isNamed(element, XML_SIGNATURE, "X509Certificate"))
  ) {
    throw new RuleBroken("certificates");
  }
  return elements.map((element) => base64Of(element, "certificates"));
}
