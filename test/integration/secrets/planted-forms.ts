import { fieldsOf, isSecret, shownFields, usualValue } from "../../../shared/profile-form.ts";
import type { CommandArgument } from "../../../shared/ipc.ts";
import type { FormField, FormValues, ProfileForm, SecretChange, TextFormat } from "../../../shared/profiles.ts";
import { SETUPS } from "../../../electron/services/profiles/setups.ts";

export type Draft = CommandArgument<"profiles.save">;
export type Variant = FormValues;

/** Complete by type: a new kind of text in a form gets a value here, or this does not compile. */
const TEXTS: Readonly<Record<TextFormat, string>> = {
  https: "https://localhost:1",
  origin: "https://localhost:1",
  header: "X-Planted-Key",
  user: "acme",
  code: "ACMECODE",
  country: "DE",
  number: "3",
  count: "10",
  digits: "6",
  megabytes: "10",
  site: "https://localhost:1",
  ip: "192.0.2.1",
  oid: "1.2.752.78.1.5",
  proxy: "",
  "tan-text": "Your code: {TAN}",
  any: "words",
};

export const forms = (): readonly ProfileForm[] => SETUPS.map(({ form }) => form);

/** All secret fields of all forms, as "provider field". */
export const secretFields = (): readonly string[] =>
  forms().flatMap((form) =>
    fieldsOf(form)
      .filter(isSecret)
      .map(({ name }) => `${form.provider} ${name}`),
  );

/** Every combination of the choices that decide whether a secret is asked for. */
export function variantsOf(form: ProfileForm): readonly Variant[] {
  const fields = fieldsOf(form);
  const deciding = new Set(fields.filter(isSecret).flatMap(({ when }) => (when === undefined ? [] : [when.field])));
  let variants: readonly Variant[] = [{}];
  for (const field of fields.filter(({ name }) => deciding.has(name))) {
    const options =
      field.kind === "choice" ? field.options.map(({ value }) => value) : field.kind === "switch" ? [true, false] : [];
    variants = variants.flatMap((variant) => options.map((option) => ({ ...variant, [field.name]: option })));
  }
  return variants;
}

/** A form filled in: what is usual, a sample where something has to be written, and this for each secret in sight. */
export function filledIn(
  form: ProfileForm,
  variant: Variant,
  name: string,
  {
    values = {},
    secret,
    certificate,
  }: {
    readonly values?: FormValues;
    readonly secret: (field: FormField) => SecretChange;
    readonly certificate: string;
  },
): Draft {
  const usual = Object.fromEntries(
    fieldsOf(form)
      .filter((field) => !isSecret(field))
      .map((field) => [field.name, sampleOf(field, certificate)] as const),
  );
  const all: FormValues = { ...usual, environment: "test", ...variant, ...values };
  const shown = shownFields(form, all);
  return {
    provider: form.provider,
    name,
    isNew: true,
    values: Object.fromEntries(
      shown.filter((field) => !isSecret(field)).map((field) => [field.name, copyOf(all[field.name])]),
    ),
    secrets: Object.fromEntries(shown.filter(isSecret).map((field) => [field.name, secret(field)] as const)),
  };
}

function copyOf(value: FormValues[string] | undefined): string | boolean | string[] {
  return value === undefined ? "" : typeof value === "object" ? [...value] : value;
}

/** Not required one by one, but something goes with each: a secret, or that there is at least one of several. */
const WANTED = new Set(["relayHeader.name", "relayUrl", "connection.basic.user", "workflowNames.completed"]);

function sampleOf(field: FormField, certificate: string): FormValues[string] {
  const isWanted = field.required || WANTED.has(field.name);
  switch (field.kind) {
    case "text":
      return isWanted ? TEXTS[field.format] : "";
    case "lines":
      return isWanted ? [TEXTS[field.format]] : [];
    case "certificates":
      return field.required ? [certificate] : [];
    case "json":
    case "choice":
    case "choices":
    case "switch":
    case "secret":
    case "client-certificate":
      return usualValue(field);
  }
}
