import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import { fieldFault } from "./order-fields.ts";

/** What is wrong with IdentData.Additional, or null. */
export function additionalFault(body: JsonObject): string | null {
  const given = asObject(body["IdentData"])?.["Additional"] ?? null;
  if (given === null) return null;
  const entries = Object.entries(asObject(given) ?? {});
  const maximum = body["Product"] === 8 ? 2 : 10;
  if (entries.length > maximum) return `IdentData.Additional has more than ${maximum} items`;
  for (const [key, value] of entries) {
    const path = `IdentData.Additional.${key}`;
    if (key.length > 50) return `${path} is longer than 50 characters`;
    const item = asObject(value);
    if (item === null) return `${path} is not an object`;
    const fault = fieldFault(
      item,
      {
        Type: { type: "integer", required: true },
        Label: { type: "text", maximum: 100, required: true },
        Value: { type: "text", maximum: 150 },
      },
      path,
    );
    if (fault !== null) return fault;
    if (![1, 2, 3, 4].includes(Number(item["Type"]))) return `${path}.Type is unknown`;
  }
  return null;
}

/** What is wrong with lists of texts and with texts that need a placeholder, or null. */
export function textsFault(body: JsonObject): string | null {
  for (const name of ["eSignTanSmsText", "verificationSmsText"]) {
    const text = body[name];
    if (typeof text === "string" && !text.includes("[TAN]")) return `${name} has no [TAN]`;
  }
  const options = asObject(body["eSignOptions"])?.["AdditionalCheckboxes"] ?? null;
  return (
    listFault(options, 300, "eSignOptions.AdditionalCheckboxes") ??
    listFault(body["LegitimationDocument"] ?? null, 50, "LegitimationDocument") ??
    purposeFault(body["Purpose"] ?? null)
  );
}

/** The text in the first language there is, preferably English or German. */
export function purposeOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  const texts = asObject(value);
  const chosen = texts?.["en"] ?? texts?.["de"] ?? Object.values(texts ?? {})[0];
  return typeof chosen === "string" ? chosen : null;
}

function listFault(value: unknown, maximum: number, path: string): string | null {
  if (value === null) return null;
  if (!Array.isArray(value)) return `${path} is not an array`;
  for (const entry of value as readonly unknown[]) {
    if (typeof entry !== "string") return `${path} holds something that is not a string`;
    if (entry.length > maximum) return `${path} holds a text longer than ${maximum} characters`;
  }
  return null;
}

function purposeFault(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === "string") return value.length > 150 ? "Purpose is longer than 150 characters" : null;
  const texts = asObject(value);
  if (texts === null) return "Purpose is neither a string nor an object";
  for (const [language, text] of Object.entries(texts)) {
    if (!/^[A-Za-z]{2}$/.test(language)) return `Purpose.${language} is no language`;
    if (typeof text !== "string" || text.length > 150) return `Purpose.${language} is longer than 150 characters`;
  }
  return null;
}
