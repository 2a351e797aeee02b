import { fieldsOf, isSecret, shownFields, usualValue } from "../../../shared/profile-form.ts";
import type { FormField, FormValues, ProfileForm } from "../../../shared/profiles.ts";

/** Settings of a provider as JSON; fields are found in it by their names, which are paths. */
export type SettingsTree = Readonly<Record<string, unknown>>;

type Value = FormValues[string];

/** What the window shows of settings. SECURITY: secrets are not part of it, not even their ids. */
export function valuesOf(form: ProfileForm, settings: SettingsTree): FormValues {
  const visible = fieldsOf(form).filter((field) => !isSecret(field));
  return Object.fromEntries(visible.map((field) => [field.name, shownValue(field, valueAt(settings, field.name))]));
}

function shownValue(field: FormField, value: unknown): Value {
  if (field.kind === "json") {
    return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value, null, 2);
  }
  if (typeof value === "number") {
    return isInMegabytes(field) ? megabytes(value) : String(value);
  }
  if (Array.isArray(value)) {
    return value.map(String);
  }
  return typeof value === "string" || typeof value === "boolean" ? value : usualValue(field);
}

/**
 * Settings with the form's values in place of the old ones. What the form does not know stays, so that a profile made by
 * hand or by a newer version loses nothing. SECURITY: only the form's own names are read from `values`.
 *
 * @param secrets vault ids by field; a field without one has no secret
 */
export function settingsOf(
  form: ProfileForm,
  before: SettingsTree,
  values: FormValues,
  secrets: Readonly<Record<string, string>>,
): SettingsTree {
  const shown = new Set(shownFields(form, values));
  const hidden = fieldsOf(form).filter((field) => !shown.has(field));
  const emptied = hidden.reduce((tree, { name }) => withValue(tree, name.split("."), undefined), before);
  return [...shown].reduce((tree, field) => {
    const value = isSecret(field) ? secrets[field.name] : storedValue(field, values[field.name] ?? usualValue(field));
    return withValue(tree, field.name.split("."), value);
  }, emptied);
}

/** Undefined: there is no value. */
function storedValue(field: FormField, value: Value): unknown {
  switch (field.kind) {
    case "text": {
      const text = trimmed(value);
      return text === "" ? undefined : isInMegabytes(field) ? bytesOf(text) : isNumber(field) ? numberOf(text) : text;
    }
    case "json": {
      const text = trimmed(value);
      return text === "" ? undefined : jsonOf(text);
    }
    case "lines": {
      const lines = listOf(value)
        .map((line) => line.trim())
        .filter((line) => line !== "");
      return lines.length === 0 ? undefined : lines;
    }
    case "certificates":
    case "choices": {
      const list = listOf(value);
      return list.length === 0 ? undefined : list;
    }
    case "choice":
      return trimmed(value) === "" ? undefined : value;
    case "switch":
      return value === true;
    case "secret":
    case "client-certificate":
      return undefined;
  }
}

const MEGABYTE = 1_048_576;
const NUMBERS: ReadonlySet<string> = new Set(["number", "count", "digits"]);
const isNumber = (field: FormField): boolean => field.kind === "text" && NUMBERS.has(field.format);
const isInMegabytes = (field: FormField): boolean => field.kind === "text" && field.format === "megabytes";

/** A text that is no number stays one, and is refused as what it is. */
const numberOf = (text: string): number | string => (/^\d{1,9}$/u.test(text) ? Number(text) : text);
/** Exact: 2^-20 has 20 decimals. */
const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(20).replace(/\.?0+$/u, "");
const bytesOf = (text: string): number | string =>
  /^\d{1,6}(?:\.\d{1,20})?$/u.test(text) ? Math.round(Number(text) * MEGABYTE) : text;
const trimmed = (value: Value): string => (typeof value === "string" ? value.trim() : "");
const listOf = (value: Value): readonly string[] => (typeof value === "object" ? value : []);

/** What is no JSON stays a text, and is refused as what it is. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function valueAt(settings: SettingsTree, name: string): unknown {
  return name.split(".").reduce<unknown>((node, key) => (isTree(node) ? node[key] : undefined), settings);
}

/** The same settings with another value. */
export const withSettingsValue = (settings: SettingsTree, name: string, value: unknown): SettingsTree =>
  withValue(settings, name.split("."), value);

/** The same settings without one value; the very same object when there is none. */
export const withoutValue = (settings: SettingsTree, name: string): SettingsTree =>
  valueAt(settings, name) === undefined ? settings : withValue(settings, name.split("."), undefined);

/** Objects that have nothing in them any more are gone with their last value. */
function withValue(tree: SettingsTree, [key = "", ...rest]: readonly string[], value: unknown): SettingsTree {
  const others = Object.fromEntries(Object.entries(tree).filter(([name]) => name !== key));
  const old = tree[key];
  const next = rest.length === 0 ? value : withValue(isTree(old) ? old : {}, rest, value);
  const isGone = next === undefined || (rest.length > 0 && isTree(next) && Object.keys(next).length === 0);
  return isGone ? others : { ...others, [key]: next };
}

const isTree = (value: unknown): value is SettingsTree =>
  typeof value === "object" && value !== null && !Array.isArray(value);
