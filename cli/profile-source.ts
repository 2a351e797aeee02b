import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { fieldsOf, isSecret } from "../shared/profile-form.ts";
import { PROVIDER_IDS } from "../shared/ids.ts";
import { valueAt, withSettingsValue } from "../electron/services/profiles/form-values.ts";
import type { SettingsTree } from "../electron/services/profiles/form-values.ts";
import type { ProviderSetup } from "../electron/services/profiles/provider-setup.ts";
import { readAll } from "../electron/services/profiles/read-all.ts";
import { readAuthorities } from "../electron/services/profiles/read-client-certificate.ts";
import { parseWithLines } from "../electron/storage/json-with-lines.ts";
import { UsageError } from "./exit-status.ts";

const MAXIMUM_BYTES = 1_000_000;

/** As `sealdesk profile export` writes it, or by hand. */
const sourceSchema = z.strictObject({
  provider: z.enum(PROVIDER_IDS).optional(),
  name: z.string().optional(),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.array(z.string()).default([]),
});
export type ProfileSource = Readonly<z.output<typeof sourceSchema>>;

/** Throws `UsageError`, with the line, for what cannot be read. */
export function readProfileSource(path: string): ProfileSource {
  const wrong = (what: string): UsageError => new UsageError(`--from ${path}: ${what}`);
  const text = textOf(path);
  if (text === null) {
    throw wrong("the file cannot be read");
  }
  const json = parseWithLines(text);
  if (!json.ok) {
    throw wrong(`line ${json.failure.line}: no JSON: ${json.failure.what} (column ${json.failure.column})`);
  }
  const { value, lineOf } = json.value;
  const parsed = sourceSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : (issue?.path ?? []);
    const line = lineOf(place);
    throw wrong(`${line === null ? "" : `line ${line}: `}${place.map(String).join(".")}: ${issue?.message ?? "wrong"}`);
  }
  return parsed.data;
}

function textOf(path: string): string | null {
  try {
    return statSync(path).size > MAXIMUM_BYTES ? null : readFileSync(path, "utf8").replace(/^\uFEFF/u, "");
  } catch {
    return null;
  }
}

/**
 * Settings whose certificates are texts: a name of a file, seen from `folder`, stands for what is in it. Throws `UsageError`
 * for what no profile has, and for secrets. SECURITY: a file that is passed on is no place for one, and of a file of
 * certificates nothing but these is taken.
 */
export async function withAuthorities(
  setup: ProviderSetup,
  settings: SettingsTree,
  folder: string,
): Promise<SettingsTree> {
  const secret = fieldsOf(setup.form).find((field) => isSecret(field) && valueAt(settings, field.name) !== undefined);
  if (secret !== undefined) {
    throw new UsageError(
      `${secret.name}: secrets do not stand in this file; --secret-env ${secret.name}=VARIABLE or --secret-file says where it is`,
    );
  }
  const unknown = setup.schema.safeParse(settings).error?.issues.find(({ code }) => code === "unrecognized_keys");
  if (unknown?.code === "unrecognized_keys") {
    throw new UsageError(
      `${[...unknown.path, unknown.keys[0]].map(String).join(".")}: ${setup.provider} has no such setting`,
    );
  }
  let filled = settings;
  for (const { name } of fieldsOf(setup.form).filter(({ kind }) => kind === "certificates")) {
    const entries = valueAt(settings, name);
    if (Array.isArray(entries)) {
      const read = await Promise.all(entries.map((entry) => authoritiesOf(name, String(entry), folder)));
      filled = withSettingsValue(filled, name, read.flat());
    }
  }
  return filled;
}

async function authoritiesOf(field: string, entry: string, folder: string): Promise<readonly string[]> {
  const isText = entry.trimStart().startsWith("-----BEGIN");
  const files = isText ? [new TextEncoder().encode(entry)] : await readAll([resolve(folder, entry)]);
  const found = files?.[0] === undefined ? null : readAuthorities(files[0]);
  if (found === null) {
    throw new UsageError(`${field}: ${isText ? "this is no certificate" : `no certificate can be read from ${entry}`}`);
  }
  return found.map(({ pem }) => pem);
}
