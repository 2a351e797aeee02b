import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ProviderId } from "../shared/ids.ts";
import type { ProfilesView, SecretChange } from "../shared/profiles.ts";
import type { ProxyResolver } from "../electron/net/proxy-route.ts";
import { openProgramVault } from "../electron/services/application/program-vault.ts";
import { auditedProfiles } from "../electron/services/profiles/audited-profiles.ts";
import type { AuditedProfiles } from "../electron/services/profiles/audited-profiles.ts";
import { CertificateImports } from "../electron/services/profiles/certificate-imports.ts";
import { secretOf } from "../electron/services/profiles/profile-draft.ts";
import { storedIds } from "../electron/services/profiles/profile-secrets.ts";
import { ProfileService } from "../electron/services/profiles/profile-service.ts";
import { profilesView } from "../electron/services/profiles/profile-views.ts";
import type { ProviderSetup } from "../electron/services/profiles/provider-setup.ts";
import { PROFILE_SCHEMAS, SETUPS, setupOf } from "../electron/services/profiles/setups.ts";
import { testConnection } from "../electron/services/profiles/test-connection.ts";
import { fieldsOf } from "../shared/profile-form.ts";
import { readProfileFile } from "../electron/storage/profile-file.ts";
import { openProfiles } from "../electron/storage/profiles.ts";
import type { ProfileStore, StoredProfile } from "../electron/storage/profiles.ts";
import { unfinishedInFile } from "../electron/storage/unfinished-in-file.ts";
import { keychainKeyStore } from "../electron/storage/vault/keychain-key-store.ts";
import { memoryVault } from "../electron/storage/vault/memory-vault.ts";
import type { SealedRecords } from "../electron/storage/vault/sealed-records.ts";
import type { SecretVault } from "../electron/storage/vault/secret-vault.ts";
import { vaultFile } from "../electron/storage/vault/vault-file.ts";
import { CannotStart, UsageError } from "./exit-status.ts";
import { ownAuditTrail } from "./own-audit-trail.ts";

/** Looking at a connection: somebody sits in front of it and waits. */
const TEST_TIME_LIMIT = 60_000;
/** After this long the person is told that the keychain wants something. */
const KEYCHAIN_PATIENCE = 3_000;
/** After this long nobody will unlock it any more. */
const KEYCHAIN_TIME_LIMIT = 60_000;

/** The profiles of the desktop program, for the time of one command. */
export interface ProfileDesk {
  readonly store: ProfileStore;
  readonly service: ProfileService;
  /** As the window has it; says which secrets are there without opening the keychain. */
  readonly view: () => ProfilesView;
  readonly imports: CertificateImports;
  /** Whether secrets that are saved now outlive this command. */
  readonly keepsSecrets: () => Promise<boolean>;
  readonly close: () => void;
}

export interface DeskParts {
  readonly data: string;
  readonly proxies: () => ProxyResolver;
  readonly tell: (text: string) => void;
}

/** The list of profiles. Throws `CannotStart` when it cannot be relied on: nobody may sign with what is half known. */
export function profilesOf(data: string): ProfileStore {
  const path = join(data, "profiles.json");
  const { kind } = readProfileFile(path);
  if (kind === "damaged") {
    // Left where it is: the window sets it aside, and says so.
    throw new CannotStart(
      "the list of profiles (profiles.json) is damaged; put a backup in its place, or start Sealdesk",
    );
  }
  if (kind === "newer") {
    throw new CannotStart("the list of profiles (profiles.json) is of a newer version of Sealdesk");
  }
  return openProfiles(path, PROFILE_SCHEMAS);
}

/** Throws `UsageError`, with the names that there are, when there is no such profile. */
export function profileNamed(store: ProfileStore, provider: ProviderId, name: string): StoredProfile {
  const found = store.get(provider, name);
  if (found !== null) {
    return found;
  }
  const known = store
    .list()
    .filter((profile) => profile.provider === provider)
    .map((profile) => profile.name);
  const others = known.length === 0 ? "none is" : `set up: ${known.join(", ")}`;
  const damaged = store.unreadable === 0 ? "" : `; ${store.unreadable} entries of the list cannot be understood`;
  throw new UsageError(`no profile ${name} of ${provider} is set up (${others}${damaged}); sandbox is practice mode`);
}

/** `session`: secrets that this command was given, by vault id; they hide those of the vault and are kept nowhere. */
export function openDesk({ data, proxies, tell }: DeskParts, store: ProfileStore, session: SecretVault): ProfileDesk {
  const opened = lazily(() =>
    openProgramVault({ keyStore: keychainKeyStore("Sealdesk", "vault key"), paths: { data } }),
  );
  const imports = new CertificateImports(randomUUID);
  const records = recordsIn(data);
  const vault = overVault(session, records, () => answered(opened().vault, tell));
  const service = new ProfileService({
    store,
    setups: SETUPS,
    vault: Promise.resolve(vault),
    // What a crash left over is removed by the desktop program.
    tidies: false,
    imports,
    newId: randomUUID,
    isInUse: (provider, name) =>
      ["sealdesk.db", "command-line.db"].some((file) => unfinishedInFile(join(data, file), provider, name)),
    test: (profile, secrets, certificate) =>
      testConnection({
        opened: profile,
        secrets,
        certificate,
        resolveProxy: proxies(),
        now: Date.now,
        signal: AbortSignal.timeout(TEST_TIME_LIMIT),
      }),
    onChange: () => undefined,
  });
  return {
    store,
    service,
    view: () => profilesView(store, SETUPS, vault),
    imports,
    keepsSecrets: async () => (await answered(opened().vault, tell)).state() === "available",
    close: () => {
      opened.done()?.close();
      records.close();
    },
  };
}

/** A change of the profiles, with its entries in the audit trail. */
export async function changing<T>(
  { service }: ProfileDesk,
  { data, tell }: Pick<DeskParts, "data" | "tell">,
  work: (profiles: AuditedProfiles) => Promise<T>,
): Promise<T> {
  const audit = ownAuditTrail(data, tell);
  try {
    return await work(auditedProfiles(service, audit));
  } finally {
    await audit?.close();
  }
}

/**
 * Given secrets first, then the vault, which is opened only when it is needed: a keychain that asks for its password when
 * nothing in it is wanted would be a riddle, and on a server there is none.
 */
function overVault(session: SecretVault, records: Records, open: () => Promise<SecretVault>): SecretVault {
  return {
    state: () => "available",
    problem: () => null,
    standing: (id) => (session.has(id) ? "session" : records.ids().includes(id) ? "stored" : "none"),
    has: (id) => session.has(id) || records.ids().includes(id),
    ids: () => [...new Set([...session.ids(), ...records.ids()])],
    put: async (id, secret) => (await open()).put(id, secret),
    use: async (id, borrow) => (session.has(id) ? session : await open()).use(id, borrow),
    remove: async (id) => records.remove(id),
  };
}

interface Records {
  readonly ids: () => readonly string[];
  readonly remove: (id: string) => void;
  readonly close: () => void;
}

/** What can be known of the vault, and thrown away, without its key. */
function recordsIn(data: string): Records {
  const path = join(data, "vault.db");
  const file = vaultFile(path, Date.now);
  const records = (): SealedRecords | null => (existsSync(path) ? file.records() : null);
  let hasRemoved = false;
  return {
    ids: () => records()?.ids() ?? [],
    remove: (id) => {
      records()?.remove(id);
      hasRemoved = true;
    },
    close: () => {
      if (hasRemoved) {
        scrub(records());
      }
      file.close();
    },
  };
}

/** Once for each command. What was removed is overwritten already; this takes it out of the file's log, too. */
function scrub(records: SealedRecords | null): void {
  try {
    records?.scrub();
  } catch {
    // A disk that is full, somebody who reads: the change itself is done.
  }
}

/** The keychain's answer, for which somebody may have to unlock it. */
async function answered(vault: Promise<SecretVault>, tell: (text: string) => void): Promise<SecretVault> {
  const patience = setTimeout(() => tell("Waiting for the keychain: it may want its password."), KEYCHAIN_PATIENCE);
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new CannotStart("the keychain did not answer")), KEYCHAIN_TIME_LIMIT);
  try {
    return await Promise.race([vault, limit.promise]);
  } finally {
    clearTimeout(patience);
    clearTimeout(timer);
  }
}

interface Lazy<T> {
  (): T;
  /** What was made; null: nobody wanted it. */
  readonly done: () => T | null;
}

function lazily<T>(make: () => T): Lazy<T> {
  let made: { readonly value: T } | null = null;
  const get = (): T => {
    made ??= { value: make() };
    return made.value;
  };
  return Object.assign(get, { done: () => made?.value ?? null });
}

/** Secrets for the time of one command, under the ids that the profile has for them. */
export async function sessionSecrets(
  setup: ProviderSetup,
  stored: StoredProfile,
  changes: Readonly<Record<string, SecretChange>>,
  imports: CertificateImports,
): Promise<SecretVault> {
  const ids = storedIds(setup, stored);
  const vault = memoryVault();
  for (const [name, change] of Object.entries(changes)) {
    const field = fieldsOf(setup.form).find((one) => one.name === name);
    const id = ids[name];
    if (field === undefined || id === undefined) {
      throw new UsageError(
        `${name}: the profile ${stored.name} has no such secret; it has ${Object.keys(ids).join(", ")}`,
      );
    }
    const secret = secretOf(field, change, imports);
    if (secret !== null) {
      await vault.put(id, secret.bytes);
      secret.bytes.fill(0);
    }
  }
  return vault;
}

/** Throws `UsageError` for a provider that cannot be set up. */
export function setupNamed(provider: ProviderId): ProviderSetup {
  const setup = setupOf(provider);
  if (setup === undefined) {
    throw new UsageError(`${provider} has no profiles`);
  }
  return setup;
}
