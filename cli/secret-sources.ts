import { readFile } from "node:fs/promises";
import { fieldsOf, isSecret } from "../shared/profile-form.ts";
import type { FormField, SecretChange } from "../shared/profiles.ts";
import { failureWords, words } from "../shared/messages/words.ts";
import type { CertificateImports } from "../electron/services/profiles/certificate-imports.ts";
import { secretProblem } from "../electron/services/profiles/form-problems.ts";
import type { ProviderSetup } from "../electron/services/profiles/provider-setup.ts";
import { readAll } from "../electron/services/profiles/read-all.ts";
import { UsageError } from "./exit-status.ts";

/**
 * Where secrets of a profile come from, as the command line gives it. SECURITY: names of variables and files only; an
 * argument can be read by every program of the computer, and stays in the shell's history.
 */
export interface SecretArguments {
  /** FIELD=VARIABLE. */
  readonly secretEnv: readonly string[];
  /** FIELD=FILE; a certificate and its key may be two files: FIELD=FILE twice. */
  readonly secretFile: readonly string[];
  /** FIELD=VARIABLE, with the password of the certificate's file. */
  readonly secretPasswordEnv: readonly string[];
}

/** Asks at the terminal without showing what is typed; null when nobody is there. */
export type AskSecret = ((question: string) => Promise<string | null>) | null;

interface Source {
  readonly kind: "variable" | "file";
  readonly name: string;
}

export const hasSecretArguments = ({ secretEnv, secretFile, secretPasswordEnv }: SecretArguments): boolean =>
  secretEnv.length + secretFile.length + secretPasswordEnv.length > 0;

/** The secrets that were given, by field, ready to be put into a profile. Throws `UsageError` for what cannot be used. */
export async function givenSecrets(
  setup: ProviderSetup,
  given: SecretArguments,
  environment: NodeJS.ProcessEnv,
  imports: CertificateImports,
  askSecret: AskSecret,
): Promise<Readonly<Record<string, SecretChange>>> {
  const sources = new Map<string, Source[]>();
  for (const [option, list, kind] of [
    ["--secret-env", given.secretEnv, "variable"],
    ["--secret-file", given.secretFile, "file"],
  ] as const) {
    for (const text of list) {
      const [field, name] = assignment(option, text);
      sources.set(field, [...(sources.get(field) ?? []), { kind, name }]);
    }
  }
  const passwords = new Map(given.secretPasswordEnv.map((text) => assignment("--secret-password-env", text)));
  for (const field of passwords.keys()) {
    if (!sources.has(field)) {
      throw new UsageError(`--secret-password-env ${field}: no certificate is given for it`);
    }
  }
  const changes: Record<string, SecretChange> = {};
  for (const [name, from] of sources) {
    const field = secretField(setup, name);
    const variable = passwords.get(name);
    changes[name] =
      field.kind === "secret"
        ? await textSecret(field, from, environment)
        : await certificateSecret(field, from, environment, imports, {
            password: variable === undefined ? null : variableOf(variable, environment),
            askSecret,
          });
  }
  return changes;
}

/** Names of the fields that hold secrets, as the options take them. */
export const secretNames = ({ form }: ProviderSetup): readonly string[] => [
  ...new Set(
    fieldsOf(form)
      .filter(isSecret)
      .map(({ name }) => name),
  ),
];

function assignment(option: string, text: string): readonly [string, string] {
  const at = text.indexOf("=");
  const [field, name] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || name === "") {
    // SECURITY: what was given is not repeated: somebody may have written the secret itself.
    throw new UsageError(`${option}: expected FIELD=${option === "--secret-file" ? "FILE" : "VARIABLE"}`);
  }
  return [field, name];
}

function secretField(
  setup: ProviderSetup,
  name: string,
): FormField & { readonly kind: "secret" | "client-certificate" } {
  const field = fieldsOf(setup.form).find((one) => one.name === name && isSecret(one));
  if (field === undefined || (field.kind !== "secret" && field.kind !== "client-certificate")) {
    throw new UsageError(
      `${setup.provider} has no secret of this name; those that it has are ${secretNames(setup).join(", ")}`,
    );
  }
  return field;
}

async function textSecret(
  field: FormField & { readonly kind: "secret" },
  [source, ...more]: readonly Source[],
  environment: NodeJS.ProcessEnv,
): Promise<SecretChange> {
  if (source === undefined || more.length > 0) {
    throw new UsageError(`${field.name}: one source is enough for this secret`);
  }
  const value =
    source.kind === "variable" ? variableOf(source.name, environment) : withoutLineEnd(await textOf(source.name));
  const problem = secretProblem(field.format, value);
  if (problem !== null) {
    throw new UsageError(`${field.name}: ${words(problem)}`);
  }
  return { kind: "text", value };
}

async function certificateSecret(
  field: FormField & { readonly kind: "client-certificate" },
  sources: readonly Source[],
  environment: NodeJS.ProcessEnv,
  imports: CertificateImports,
  { password, askSecret }: { readonly password: string | null; readonly askSecret: AskSecret },
): Promise<SecretChange> {
  const contents: Uint8Array[] = [];
  for (const { kind, name } of sources) {
    const files =
      kind === "variable" ? [new TextEncoder().encode(variableOf(name, environment))] : await readAll([name]);
    if (files === null) {
      throw new UsageError(`${field.name}: ${name} cannot be read`);
    }
    contents.push(...files);
  }
  let answer = imports.take(contents, sources[0]?.name ?? "", field.purpose);
  if (answer.ok && answer.value.kind === "password") {
    const typed = password ?? (await askSecret?.(`${field.name}: password of ${answer.value.name}:`)) ?? null;
    if (typed === null) {
      throw new UsageError(
        `${field.name}: the certificate has a password; --secret-password-env ${field.name}=VARIABLE names where it is`,
      );
    }
    answer = imports.unlock(answer.value.file, typed);
  }
  if (!answer.ok) {
    throw new UsageError(`${field.name}: ${failureWords(answer.failure).join(" ")}`);
  }
  if (answer.value.kind === "password") {
    const { problem } = answer.value;
    throw new UsageError(`${field.name}: ${problem === null ? "" : failureWords(problem).join(" ")}`);
  }
  return { kind: "imported", id: answer.value.certificate.id };
}

function variableOf(name: string, environment: NodeJS.ProcessEnv): string {
  const value = environment[name];
  if (value === undefined || value === "") {
    throw new UsageError(`the environment variable ${name} is empty or not set`);
  }
  return value;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
}

/** Editors and `echo` put one at the end of a file. */
const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/u, "");
