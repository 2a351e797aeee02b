import { outsideLatin1, outsideLatin9 } from "./character-set.ts";
import { checkRedirectUrl, checkRequestor, maximumDescription, maximumHashes, maximumSignerRole } from "./contract.ts";
import type { ItsmeContract } from "./contract.ts";
import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import { itsmeLanguages, readLanguage } from "./language.ts";
import type { ItsmeLanguage, LocalText } from "./language.ts";

/** A start of signing in which every field has been checked, except that the person is known. */
export interface SignOrder {
  readonly requestId: string;
  readonly userCode: string;
  readonly redirectUrl: string;
  readonly language: ItsmeLanguage | null;
  readonly documents: readonly { readonly id: string; readonly digest: Buffer }[];
  readonly description: LocalText | null;
  readonly signerRole: LocalText | null;
  readonly policy: string | null;
  readonly commitmentType: string | null;
}

/** `code` is the answer's `result.min`; `message` its `result.msg`. */
export interface SignFault {
  readonly code: string;
  readonly message: string;
}

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: SignFault };

const sha256Identifier = "http://www.w3.org/2001/04/xmlenc#sha256";

/** Checks a `sign_document` start as the tables of the base document and the swagger demand. */
export function checkSignOrder(contract: ItsmeContract, request: JsonObject): Checked<SignOrder> {
  const optional = asObject(request["optInp"]) ?? {};
  const itsme = asObject(optional["itsme"]) ?? {};
  const partnerFault =
    checkRequestor(contract, itsme["partnerCode"], itsme["serviceCode"]) ??
    checkRedirectUrl(contract, itsme["redirectUrl"]);
  if (partnerFault !== null) return fault(partnerFault, "partner, service or redirect URL");

  const requestId = request["reqID"];
  if (!isText(requestId)) return fault("INCOMPLETE_REQUEST", "reqID is missing");
  const userCode = asObject(itsme["signer"])?.["userCode"];
  if (!isText(userCode) || userCode.length !== 36) return fault("INCOMPLETE_REQUEST", "signer.userCode is missing");
  const language = optional["lang"] === undefined ? null : readLanguage(optional["lang"]);
  if (language === null && optional["lang"] !== undefined) return fault("INVALID_LANGUAGE", "optInp.lang");

  const documents = checkDocuments(contract, asObject(request["inDocs"])?.["docHash"]);
  if (!documents.ok) return documents;
  const description = checkTexts(itsme["description"], "description", maximumDescription, outsideLatin9);
  if (!description.ok) return description;
  const policy = checkPolicy(contract, itsme["signPolicy"]);
  if (!policy.ok) return policy;
  return {
    ok: true,
    value: {
      requestId,
      userCode,
      redirectUrl: String(itsme["redirectUrl"]),
      language,
      documents: documents.value,
      description: description.value,
      ...policy.value,
    },
  };
}

function checkDocuments(contract: ItsmeContract, docHash: unknown): Checked<SignOrder["documents"]> {
  if (!Array.isArray(docHash) || docHash.length === 0) return fault("NO_HASH_PROVIDED", "inDocs.docHash is empty");
  if (docHash.length > maximumHashes) return fault("BATCH_TOO_LARGE", `more than ${maximumHashes} hashes`);
  if (docHash.length > 1 && !contract.batch) return fault("ONLY_SINGLE_HASH_SUPPORTED", "no batch in the contract");
  const documents: { readonly id: string; readonly digest: Buffer }[] = [];
  for (const entry of docHash as readonly unknown[]) {
    const checked = checkDocument(asObject(entry) ?? {});
    if (!checked.ok) return checked;
    if (documents.some((earlier) => earlier.id === checked.value.id)) {
      return fault("INCOMPLETE_REQUEST", "two hashes have the same id");
    }
    documents.push(checked.value);
  }
  return { ok: true, value: documents };
}

function checkDocument(entry: JsonObject): Checked<{ readonly id: string; readonly digest: Buffer }> {
  const id = entry["id"];
  if (!isText(id)) return fault("INCOMPLETE_REQUEST", "a hash has no id");
  const infos: unknown = entry["di"];
  if (!Array.isArray(infos) || infos.length === 0) return fault("NO_DIGEST_INFO_PROVIDED", "di is empty");
  if (infos.length > 1) return fault("ONLY_SINGLE_DIGEST_INFO_SUPPORTED", "di has more than one entry");
  const info = asObject(infos[0]) ?? {};
  if (info["alg"] !== sha256Identifier) return fault("INVALID_DIGEST_INFO", "the digest algorithm is not SHA-256");
  const digest = decodeDigest(info["value"]);
  if (digest === null) return fault("INVALID_DIGEST_INFO", "the digest is not 32 bytes of Base64");
  return { ok: true, value: { id, digest } };
}

/** Base64 or base64url, padded or not: the documents contradict each other, so both are taken. */
function decodeDigest(value: unknown): Buffer | null {
  if (typeof value !== "string" || !/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) return null;
  const bytes = Buffer.from(value, "base64");
  return bytes.length === 32 ? bytes : null;
}

type PolicyPart = Pick<SignOrder, "policy" | "commitmentType" | "signerRole">;

function checkPolicy(contract: ItsmeContract, value: unknown): Checked<PolicyPart> {
  const given = asObject(value);
  if (given === null) return { ok: true, value: { policy: null, commitmentType: null, signerRole: null } };
  const policy = contract.policies.find((candidate) => candidate.ref === given["signPolicyRef"]);
  if (policy === undefined) return fault("INVALID_POLICY", "signPolicyRef is not in the contract");
  if (policy.status !== "ENABLED") return fault("INVALID_POLICY_STATUS", "the policy is disabled");
  const wanted = given["commitmentTypeRef"];
  const commitment = contract.commitmentTypes.find((candidate) => candidate.ref === wanted);
  if (wanted !== undefined && commitment === undefined) {
    return fault("INVALID_POLICY", "commitmentTypeRef is not in the contract");
  }
  const role = checkTexts(given["signerRole"], "signerRole", maximumSignerRole, outsideLatin1);
  if (!role.ok) return role;
  return {
    ok: true,
    value: { policy: policy.ref, commitmentType: commitment?.ref ?? null, signerRole: role.value },
  };
}

/** Free text: all four languages or none, short enough, and writable in the character set. */
function checkTexts(
  value: unknown,
  field: string,
  maximum: number,
  outside: (text: string) => string | null,
): Checked<LocalText | null> {
  if (value === undefined || value === null) return { ok: true, value: null };
  if (!Array.isArray(value)) return fault("INCOMPLETE_REQUEST", `${field} is not a list`);
  const texts: Partial<Record<ItsmeLanguage, string>> = {};
  for (const entry of value as readonly unknown[]) {
    const language = readLanguage(asObject(entry)?.["lang"]);
    const text = asObject(entry)?.["value"];
    if (language === null) return fault("INVALID_LANGUAGE", `${field} has a language that is not supported`);
    if (!isText(text)) return fault("INCOMPLETE_REQUEST", `${field} has no value for ${language}`);
    if (text.length > maximum) return fault("INCOMPLETE_REQUEST", `${field} is longer than ${maximum} characters`);
    const bad = outside(text);
    // Documented: "the signing flow will be stopped and you will receive an error message back"; not which code.
    if (bad !== null) return fault("ERROR", `${field} has a character outside the character set: ${bad}`);
    texts[language] = text;
  }
  const { EN, FR, NL, DE } = texts;
  if (EN === undefined || FR === undefined || NL === undefined || DE === undefined) {
    return fault("INCOMPLETE_REQUEST", `${field} needs all of ${itsmeLanguages.join(", ")}`);
  }
  return { ok: true, value: { EN, FR, NL, DE } };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function fault(code: string, message: string): { readonly ok: false; readonly fault: SignFault } {
  return { ok: false, fault: { code, message } };
}
