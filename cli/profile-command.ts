import type { ProviderId } from "../shared/ids.ts";
import { failureWords, words } from "../shared/messages/words.ts";
import { isSecret, shownFields } from "../shared/profile-form.ts";
import type { FormField, ProfileView, TestStep } from "../shared/profiles.ts";
import { TEST_STEP_NAMES } from "../shared/test-step-names.ts";
import type { ProxyResolver } from "../electron/net/proxy-route.ts";
import { exportedProfile } from "../electron/services/profiles/exported-profile.ts";
import { PRACTICE_PROFILE } from "../electron/storage/profiles.ts";
import type { ProfileStore, StoredProfile } from "../electron/storage/profiles.ts";
import { memoryVault } from "../electron/storage/vault/memory-vault.ts";
import { CannotStart, EXIT, UsageError } from "./exit-status.ts";
import { changing, openDesk, profilesOf, sessionSecrets, setupNamed } from "./profile-desk.ts";
import type { ProfileDesk } from "./profile-desk.ts";
import { givenSecrets } from "./secret-sources.ts";
import type { SecretArguments } from "./secret-sources.ts";
import { secretQuestion } from "./terminal-secret.ts";

export interface ProfileSurroundings {
  readonly data: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
  readonly proxies: () => ProxyResolver;
}

export interface ProfileNameArguments {
  readonly provider?: ProviderId;
}

export interface ProfileTestArguments extends ProfileNameArguments, SecretArguments {
  readonly json: boolean;
}

/** `sealdesk profile list`. Opens no keychain: what is listed is no secret. */
export function profileList(json: boolean, surroundings: ProfileSurroundings): number {
  const { print, tell } = surroundings;
  const { list, unreadable } = withDesk(surroundings, ({ view, store }) => ({
    list: view().list,
    unreadable: store.unreadable,
  }));
  for (const { provider, name, environment, active, missing } of list) {
    print(
      json
        ? JSON.stringify({ provider, name, environment, inUse: active, missing })
        : [provider, name, words(`profile.environment.${environment}`), ...notesOf({ active, missing })].join("  "),
    );
  }
  if (unreadable > 0) {
    tell(failureWords({ code: "app.profiles-unreadable", params: { count: unreadable } }).join(" "));
  } else if (list.length === 0) {
    tell("No provider is set up: everything is practice.");
  }
  return EXIT.good;
}

const notesOf = ({ active, missing }: Pick<ProfileView, "active" | "missing">): readonly string[] => [
  ...(active ? ["in use"] : []),
  ...(missing.length === 0 ? [] : [`secrets that are not here: ${missing.join(", ")}`]),
];

/** `sealdesk profile show NAME`: what the form of the window shows. */
export function profileShow(name: string, options: ProfileNameArguments, surroundings: ProfileSurroundings): number {
  const { print } = surroundings;
  return withDesk(surroundings, ({ view, store }) => {
    const stored = chosen(store, name, options);
    const shown = view().list.find((one) => one.provider === stored.provider && one.name === stored.name);
    if (shown === undefined) {
      throw new CannotStart(`the profile ${name} cannot be shown`);
    }
    print(`${shown.provider}, ${shown.name}${shown.active ? " (in use)" : ""}`);
    for (const field of shownFields(setupNamed(shown.provider).form, shown.values)) {
      const value = shownValue(field, shown);
      if (value !== "") {
        print(`  ${words(field.label)} [${field.name}]: ${value}`);
      }
    }
    return EXIT.good;
  });
}

function shownValue(field: FormField, { values, secrets, missing, certificates }: ProfileView): string {
  if (isSecret(field)) {
    const mark = secrets[field.name];
    if (mark === undefined) {
      return "";
    }
    const where = missing.includes(field.name) ? "not on this computer" : "in the vault";
    return mark.kind === "text" || mark.facts.subject === "" ? where : `${factsLine(mark.facts)} (${where})`;
  }
  if (field.kind === "certificates") {
    return (certificates[field.name] ?? []).map(factsLine).join("; ");
  }
  const value = values[field.name] ?? "";
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  if (field.kind === "choice") {
    const option = field.options.find((one) => one.value === value);
    return option === undefined ? String(value) : words(option.label);
  }
  return typeof value === "string" ? value : value.join(", ");
}

const factsLine = ({ subject, issuer, validUntil }: ProfileView["certificates"][string][number]): string =>
  `${subject}, issued by ${issuer}, valid until ${validUntil.slice(0, 10)}`;

/** `sealdesk profile test NAME`: the way to the provider, step by step. Resolves to the exit status. */
export async function profileTest(
  name: string,
  options: ProfileTestArguments,
  surroundings: ProfileSurroundings,
): Promise<number> {
  const store = profilesOf(surroundings.data);
  const stored = chosen(store, name, options);
  const setup = setupNamed(stored.provider);
  const giving = openDesk(surroundings, store, memoryVault());
  const changes = await givenSecrets(setup, options, surroundings.environment, giving.imports, secretQuestion());
  // Checked here, too: a name that the profile has no secret for is a mistake in the call.
  await sessionSecrets(setup, stored, changes, giving.imports);
  try {
    const shown = giving.view().list.find((one) => one.provider === stored.provider && one.name === stored.name);
    const tested = await giving.service.test({
      provider: stored.provider,
      name: stored.name,
      isNew: false,
      values: shown?.values ?? {},
      secrets: changes,
    });
    if (!tested.ok) {
      throw new CannotStart(failureWords(tested.failure).join(" "));
    }
    if (tested.value.kind === "problems") {
      const [problem] = tested.value.problems;
      throw new CannotStart(
        `${problem?.field ?? ""}: ${problem === undefined ? "" : words(problem.sentence, problem.params)}`,
      );
    }
    const { report } = tested.value;
    for (const step of report) {
      surroundings.print(options.json ? JSON.stringify(step) : stepLine(step));
    }
    return report.some(({ state }) => state === "failed") ? EXIT.notAllGood : EXIT.good;
  } finally {
    giving.close();
  }
}

function stepLine({ id, state, note, failure }: TestStep): string {
  const found = [
    ...(note === null ? [] : [words(note.key, note.params)]),
    ...(failure === null ? [] : failureWords(failure)),
  ];
  const says = found.length === 0 ? "" : `. ${found.join(" ")}`;
  return `${words(TEST_STEP_NAMES[id])}: ${words(`probe.state.${state}`)}${says}`;
}

/** `sealdesk profile remove NAME`: the profile and what the vault has for it. */
export async function profileRemove(
  name: string,
  options: ProfileNameArguments,
  surroundings: ProfileSurroundings,
): Promise<number> {
  const store = profilesOf(surroundings.data);
  const { provider, name: exact } = chosen(store, name, options);
  const wasActive = store.active(provider) === exact;
  const desk = openDesk(surroundings, store, memoryVault());
  try {
    const removed = await changing(desk, surroundings, (profiles) => profiles.remove(provider, exact));
    if (!removed.ok) {
      throw new CannotStart(failureWords(removed.failure).join(" "));
    }
  } finally {
    desk.close();
  }
  surroundings.print(`${provider}, ${exact}: deleted.`);
  if (wasActive) {
    surroundings.tell(`It was in use: ${provider} is practice mode now, until another profile is put into use.`);
  }
  return EXIT.good;
}

/** `sealdesk profile export NAME`: for `profile add --from` on other computers. */
export function profileExport(name: string, options: ProfileNameArguments, surroundings: ProfileSurroundings): number {
  const stored = chosen(profilesOf(surroundings.data), name, options);
  surroundings.print(JSON.stringify(exportedProfile(setupNamed(stored.provider), stored), null, 2));
  return EXIT.good;
}

function withDesk<T>(surroundings: ProfileSurroundings, work: (desk: ProfileDesk) => T): T {
  const desk = openDesk(surroundings, profilesOf(surroundings.data), memoryVault());
  try {
    return work(desk);
  } finally {
    desk.close();
  }
}

function chosen(store: ProfileStore, name: string, { provider }: ProfileNameArguments): StoredProfile {
  if (name === PRACTICE_PROFILE) {
    throw new UsageError("sandbox is practice mode, which is no profile: it is made when it starts");
  }
  const found = store
    .list()
    .filter((one) => one.name === name && (provider === undefined || one.provider === provider));
  const [only, ...more] = found;
  if (only === undefined) {
    const known = store.list().map((one) => `${one.name} (${one.provider})`);
    throw new UsageError(`no profile ${name} is set up${known.length === 0 ? "" : `; there are ${known.join(", ")}`}`);
  }
  if (more.length > 0) {
    throw new UsageError(
      `${name} is a profile of ${found.map((one) => one.provider).join(" and ")}; --provider says which`,
    );
  }
  return only;
}
