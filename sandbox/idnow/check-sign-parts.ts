import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { AccountOptions } from "./account-options.ts";
import { checkStamps } from "./check-stamps.ts";
import type { Checked } from "./checked.ts";
import { documentPlace } from "./document-place.ts";
import { fixedPlace } from "./fixed-place.ts";
import { fieldFault, signHashRules, signParameterRules, signPdfRules } from "./order-fields.ts";
import type { ESignDocument, ESignHash, SignaturePlace } from "./order-request.ts";

/** eSignPDF: one object or an array of them. */
export function checkDocuments(
  value: unknown,
  account: Pick<AccountOptions, "trustService">,
): Checked<readonly ESignDocument[]> {
  const documents: ESignDocument[] = [];
  for (const [index, entry] of listOf(value).entries()) {
    const path = `eSignPDF[${index}]`;
    const checked = checkDocument(asObject(entry), path, index, account);
    if (!checked.ok) return checked;
    documents.push(checked.value);
  }
  return { ok: true, value: documents };
}

/** eSignHash: one object or an array of them. */
export function checkHashes(value: unknown): Checked<readonly ESignHash[]> {
  const hashes: ESignHash[] = [];
  for (const [index, entry] of listOf(value).entries()) {
    const path = `eSignHash[${index}]`;
    const object = asObject(entry);
    if (object === null) return no(`${path} is not an object`);
    const fault = fieldFault(object, signHashRules, path);
    if (fault !== null) return no(fault);
    const digest = base64(String(object["Hash"]));
    // The documents name no algorithm; SHA-256 is what its trust services sign.
    if (digest?.length !== 32) return no(`${path}.Hash is not a SHA-256 in Base64`);
    hashes.push({ filename: nameOf(object, `hash-${index + 1}`), digest });
  }
  return { ok: true, value: hashes };
}

/** MultiSignOptions.SignParameters: one object or an array of them. */
export function checkSignParameters(value: unknown): Checked<ReadonlyMap<string, SignaturePlace>> {
  const places = new Map<string, SignaturePlace>();
  for (const [index, entry] of listOf(value).entries()) {
    const path = `MultiSignOptions.SignParameters[${index}]`;
    const object = asObject(entry);
    if (object === null) return no(`${path} is not an object`);
    const fault = fieldFault(object, signParameterRules, path) ?? exclusionFault(object, path);
    if (fault !== null) return no(fault);
    places.set(String(object["Filename"]), fixedPlace(object));
  }
  return { ok: true, value: places };
}

function checkDocument(
  object: JsonObject | null,
  path: string,
  index: number,
  account: Pick<AccountOptions, "trustService">,
): Checked<ESignDocument> {
  if (object === null) return no(`${path} is not an object`);
  const fault = fieldFault(object, signPdfRules, path) ?? exclusionFault(object, path);
  if (fault !== null) return no(fault);
  const bytes = base64(String(object["Data"]));
  if (bytes === null || bytes.length === 0) return no(`${path}.Data is not Base64`);
  const place = documentPlace(bytes, object);
  if (!place.ok) return no(`${path}: ${place.fault}`);
  const stamps = checkStamps(object["Stamping"], bytes, `${path}.Stamping`, account);
  if (!stamps.ok) return stamps;
  const filename = nameOf(object, `document-${index + 1}.pdf`);
  return { ok: true, value: { filename, bytes, place: place.value, stamps: stamps.value } };
}

function exclusionFault(object: JsonObject, path: string): string | null {
  const has = (name: string): boolean => (object[name] ?? null) !== null;
  const position = has("SignaturePosX") || has("SignaturePosY");
  const named = has("SignatureFieldName");
  if (named && (position || has("SignatureTag"))) return `${path}: position and field name exclude each other`;
  if (position && has("SignatureTag")) return `${path}: position and tag exclude each other`;
  if (!position && !has("SignatureTag") && (has("SignatureWidth") || has("SignatureHeight")) && named) {
    return `${path}: a size needs a position`;
  }
  return null;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function nameOf(object: JsonObject, otherwise: string): string {
  const name = object["Filename"];
  return typeof name === "string" && name !== "" ? name : otherwise;
}

function base64(text: string): Uint8Array | null {
  const compact = text.replaceAll(/\s/g, "");
  return compact !== "" && compact.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(compact)
    ? new Uint8Array(Buffer.from(compact, "base64"))
    : null;
}

function no(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}
