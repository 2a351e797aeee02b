import type { z } from "zod";
import type { MessageKey } from "../../../shared/messages/en.ts";
import type { FieldProblem, FormField, FormValues, ProfileForm, SecretFormat } from "../../../shared/profiles.ts";
import { isSecret, shownFields, usualValue } from "../../../shared/profile-form.ts";
import { jsonProblem, placeIn } from "./json-problems.ts";
import type { ProviderSetup } from "./provider-setup.ts";

type Issue = z.core.$ZodIssue;

/** Fields that have to be filled in and are not. `secrets`: fields whose secret is there, or will be. */
export function missingFields(form: ProfileForm, values: FormValues, secrets: ReadonlySet<string>): FieldProblem[] {
  return shownFields(form, values)
    .filter((field) => field.required && isEmpty(field, values, secrets))
    .map((field) => ({ field: field.name, sentence: missingSentence(field) }));
}

/** What the settings' own schema objects to, as sentences at the fields that it is about; one a field. */
export function issueProblems(setup: ProviderSetup, values: FormValues, issues: readonly Issue[]): FieldProblem[] {
  const fields = shownFields(setup.form, values);
  const problems = new Map<string, FieldProblem>();
  for (const issue of issues) {
    const field = fieldOf(fields, issue.path.join("."));
    const name = field?.name ?? fields[0]?.name ?? "";
    if (!problems.has(name)) {
      problems.set(name, { field: name, ...sentenceFor(setup, field, values, issue) });
    }
  }
  return [...problems.values()];
}

/** Null: it can be kept as it is. */
export function secretProblem(format: SecretFormat, value: string): MessageKey | null {
  switch (format) {
    case "password":
      return value.length > 0 && value.length <= 500 && !/\p{Cc}/u.test(value) ? null : "profile.wrong.password";
    case "header-value":
      // RFC 9110 5.5: visible characters and spaces between them.
      return /^[\x21-\x7E](?:[\x20-\x7E]{0,2000}[\x21-\x7E])?$/u.test(value) ? null : "profile.wrong.header-value";
    case "aes-256":
      return keyBytes(value) === null ? "profile.wrong.aes-256" : null;
  }
}

/** 32 bytes from hexadecimal or Base64; null: they are not. */
export function keyBytes(text: string): Uint8Array | null {
  const plain = text.replaceAll(/\s/gu, "");
  if (/^[0-9a-f]{64}$/iu.test(plain)) {
    return new Uint8Array(Buffer.from(plain, "hex"));
  }
  return /^[A-Za-z0-9+/]{43}=?$/u.test(plain) ? new Uint8Array(Buffer.from(plain, "base64")) : null;
}

function isEmpty(field: FormField, values: FormValues, secrets: ReadonlySet<string>): boolean {
  if (isSecret(field)) {
    return !secrets.has(field.name);
  }
  const value = values[field.name] ?? usualValue(field);
  return typeof value === "string" ? value.trim() === "" : typeof value === "object" && value.every(isBlank);
}

const isBlank = (line: string): boolean => line.trim() === "";

/** The field itself, the one that a part of its value belongs to, or the first one within what is wrong. */
function fieldOf(fields: readonly FormField[], path: string): FormField | undefined {
  return (
    fields.find(({ name }) => name === path) ??
    fields.find(({ name }) => path.startsWith(`${name}.`)) ??
    fields.find(({ name }) => name.startsWith(`${path}.`))
  );
}

function sentenceFor(
  setup: ProviderSetup,
  field: FormField | undefined,
  values: FormValues,
  issue: Issue,
): Omit<FieldProblem, "field"> {
  const special = setup.sentenceOf?.(issue.message);
  if (special !== undefined) {
    return field?.kind === "json"
      ? { sentence: special, params: { place: placeIn(field.name, issue) } }
      : { sentence: special };
  }
  if (field === undefined) {
    return { sentence: "profile.wrong.any" };
  }
  if (field.kind === "json") {
    return jsonProblem(field.name, String(values[field.name] ?? ""), issue);
  }
  // Half of a pair: its other half is there.
  if (isSecret(field) || isEmpty(field, values, new Set())) {
    return { sentence: missingSentence(field) };
  }
  if (field.kind === "text" && issue.code === "too_big" && issue.origin === "string") {
    return { sentence: "profile.too-long", params: { count: field.maximum } };
  }
  return { sentence: wrongSentence(field) };
}

function missingSentence(field: FormField): MessageKey {
  switch (field.kind) {
    case "secret":
      return "profile.missing.secret";
    case "client-certificate":
      return "profile.missing.client-certificate";
    case "certificates":
      return "profile.missing.certificates";
    case "choices":
      return "profile.missing.choices";
    case "text":
    case "lines":
    case "json":
    case "choice":
    case "switch":
      return "profile.missing.text";
  }
}

function wrongSentence(field: FormField): MessageKey {
  switch (field.kind) {
    case "text":
    case "lines":
      return `profile.wrong.${field.format}`;
    case "certificates":
      return "profile.wrong.certificates";
    case "json":
    case "choice":
    case "choices":
    case "switch":
    case "secret":
    case "client-certificate":
      return "profile.wrong.any";
  }
}
