import { dirname } from "node:path";
import type { ProviderId } from "../shared/ids.ts";
import { failureWords, words } from "../shared/messages/words.ts";
import { isSecret, shownFields } from "../shared/profile-form.ts";
import type { EnvironmentKind, FieldProblem, FormField, SecretChange } from "../shared/profiles.ts";
import { valuesOf } from "../electron/services/profiles/form-values.ts";
import type { LaterSecret, ProfileDraft } from "../electron/services/profiles/profile-draft.ts";
import { storedIds } from "../electron/services/profiles/profile-secrets.ts";
import type { ProviderSetup } from "../electron/services/profiles/provider-setup.ts";
import { memoryVault } from "../electron/storage/vault/memory-vault.ts";
import { CannotStart, EXIT, UsageError } from "./exit-status.ts";
import type { ProfileSurroundings } from "./profile-command.ts";
import { changing, openDesk, profilesOf, setupNamed } from "./profile-desk.ts";
import type { ProfileDesk } from "./profile-desk.ts";
import { readProfileSource, withAuthorities } from "./profile-source.ts";
import { givenSecrets } from "./secret-sources.ts";
import type { AskSecret, SecretArguments } from "./secret-sources.ts";
import { secretQuestion } from "./terminal-secret.ts";

export interface ProfileAddArguments extends SecretArguments {
  readonly provider?: ProviderId;
  readonly name?: string;
  readonly environment?: EnvironmentKind;
  readonly from: string;
  readonly replace: boolean;
  readonly withoutSecrets: boolean;
}

/** `sealdesk profile add`: the same checks as in the window, and nothing is kept while there is a problem. */
export async function profileAdd(options: ProfileAddArguments, surroundings: ProfileSurroundings): Promise<number> {
  const { data, environment, print, tell } = surroundings;
  const store = profilesOf(data);
  const source = readProfileSource(options.from);
  const provider = options.provider ?? source.provider;
  const name = options.name ?? source.name;
  if (provider === undefined || name === undefined) {
    throw new UsageError(
      `${provider === undefined ? "--provider" : "--name"} is missing, and ${options.from} does not say it`,
    );
  }
  const setup = setupNamed(provider);
  const chosen = options.environment === undefined ? {} : { environment: options.environment };
  const settings = await withAuthorities(setup, { ...source.settings, ...chosen }, dirname(options.from));
  const before = store.get(provider, name);
  if (before !== null && !options.replace) {
    throw new UsageError(`${provider} has a profile ${name} already; --replace changes it`);
  }
  const desk = openDesk(surroundings, store, memoryVault());
  try {
    const askSecret = secretQuestion();
    const given = await givenSecrets(setup, options, environment, desk.imports, askSecret);
    const values = valuesOf(setup.form, settings);
    refuseStray([...Object.keys(given), ...source.secrets], setup, values);
    const wanted = wantedSecrets(setup, values, source.secrets).filter(
      (field) => given[field.name] === undefined && storedIds(setup, before)[field.name] === undefined,
    );
    const secrets = {
      ...given,
      ...(options.withoutSecrets ? later(wanted) : await asked(wanted, askSecret)),
    };
    await refuseToForget(desk, secrets);
    const draft: ProfileDraft = { provider, name, isNew: before === null, values, secrets, below: settings };
    const saved = await changing(desk, surroundings, (profiles) => profiles.save(draft));
    if (!saved.ok) {
      throw new CannotStart(failureWords(saved.failure).join(" "));
    }
    if (saved.value.problems.length > 0) {
      tell(`${options.from}: nothing was saved.`);
      saved.value.problems.forEach((problem) => tell(`  ${problemLine(setup, problem)}`));
      return EXIT.notAllGood;
    }
    const kind = desk.service.environmentOf(provider, name);
    print(`${provider}, ${name}: saved. ${words(`profile.environment.${kind}`)}.`);
    if (before === null && store.active(provider) === name) {
      print(`It is in use now: ${provider} is no practice mode any more.`);
    }
    const absent = desk.view().list.find((one) => one.provider === provider && one.name === name)?.missing ?? [];
    if (absent.length > 0) {
      tell(`Secrets that are not here yet: ${absent.join(", ")}. Without them nothing can be signed with it.`);
    }
    return EXIT.good;
  } finally {
    desk.close();
  }
}

/** Fields whose secrets this profile has to have: those that the form insists on, and those that the file names. */
function wantedSecrets(
  setup: ProviderSetup,
  values: ProfileDraft["values"],
  named: readonly string[],
): readonly FormField[] {
  return shownFields(setup.form, values)
    .filter(isSecret)
    .filter(({ name, required }) => required || named.includes(name));
}

/** A secret that this profile has no place for would be passed over, and nobody would notice. */
function refuseStray(names: readonly string[], setup: ProviderSetup, values: ProfileDraft["values"]): void {
  const known = shownFields(setup.form, values)
    .filter(isSecret)
    .map(({ name }) => name);
  const stray = names.find((name) => !known.includes(name));
  if (stray !== undefined) {
    throw new UsageError(`${stray}: such a profile has no secret of this name; it may have ${known.join(", ")}`);
  }
}

const later = (fields: readonly FormField[]): Readonly<Record<string, LaterSecret>> =>
  Object.fromEntries(fields.map(({ name }) => [name, { kind: "later" }]));

/** Passwords are asked for at the terminal. A certificate is a file, and has to be named. */
async function asked(
  fields: readonly FormField[],
  askSecret: AskSecret,
): Promise<Readonly<Record<string, SecretChange>>> {
  const missing = fields.filter(({ kind }) => askSecret === null || kind !== "secret");
  if (missing.length > 0) {
    const options = missing.map(
      ({ name, kind }) => `${kind === "secret" ? "--secret-env" : "--secret-file"} ${name}=…`,
    );
    throw new UsageError(`secrets are missing: ${options.join(", ")}, or --without-secrets`);
  }
  const answers: Record<string, SecretChange> = {};
  for (const { name, label } of fields) {
    const value = (await askSecret?.(`${words(label)} [${name}]:`)) ?? null;
    if (value === null) {
      throw new UsageError("nothing was saved");
    }
    answers[name] = { kind: "text", value };
  }
  return answers;
}

/** What the vault could keep no longer than this command lasts is not taken at all. */
async function refuseToForget(desk: ProfileDesk, secrets: ProfileDraft["secrets"]): Promise<void> {
  const keeps = Object.values(secrets).some(({ kind }) => kind === "text" || kind === "imported");
  if (keeps && !(await desk.keepsSecrets())) {
    throw new CannotStart(
      "there is no keychain that can be used here, so secrets cannot be kept. With --without-secrets the profile is kept without them, and sealdesk sign takes them from --secret-env and --secret-file.",
    );
  }
}

function problemLine(setup: ProviderSetup, { field, sentence, params }: FieldProblem): string {
  const label = setup.form.sections.flatMap(({ fields }) => fields).find(({ name }) => name === field)?.label;
  return `${field}${label === undefined ? "" : ` (${words(label)})`}: ${words(sentence, params)}`;
}
