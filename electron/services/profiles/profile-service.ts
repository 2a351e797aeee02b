import type { CertificateFacts } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import type { SaveAnswer, TestAnswer } from "../../../shared/ipc.ts";
import type { EnvironmentKind, FieldProblem, ProfilesView, TestReport } from "../../../shared/profiles.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { PRACTICE_PROFILE } from "../../storage/profiles.ts";
import type { ProfileStore, StoredProfile } from "../../storage/profiles.ts";
import { memoryVault } from "../../storage/vault/memory-vault.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";
import type { CertificateImports } from "./certificate-imports.ts";
import { issueProblems } from "./form-problems.ts";
import type { SettingsTree } from "./form-values.ts";
import { draftProblems, prepareDraft } from "./profile-draft.ts";
import type { ProfileDraft } from "./profile-draft.ts";
import { clientFacts, secretIdsOf, storedIds } from "./profile-secrets.ts";
import { profilesView } from "./profile-views.ts";
import type { OpenedProfile, ProviderSetup } from "./provider-setup.ts";
import { secretLender } from "./secret-lender.ts";
import type { SecretLender } from "./secret-lender.ts";

/** Vault ids of profiles' secrets begin so; nobody else's do. */
const SECRET_PREFIX = "profile/";

export interface ProfileServiceParts {
  readonly store: ProfileStore;
  readonly setups: readonly ProviderSetup[];
  /** Settles when the keychain has answered. */
  readonly vault: Promise<SecretVault>;
  /** False: what is left over in the vault is another program's to remove. Absent: it is this one's. */
  readonly tidies?: boolean;
  readonly imports: CertificateImports;
  readonly newId: () => string;
  /** A run that is not finished needs this profile. */
  readonly isInUse: (provider: ProviderId, name: string) => boolean;
  /** Looks at the connection of a profile that need not be saved. */
  readonly test: (
    opened: OpenedProfile,
    secrets: SecretLender,
    /** Of the client certificate; null: there is none. */
    certificate: CertificateFacts | null,
  ) => Promise<TestReport>;
  readonly onChange: () => void;
}

/** Profiles: made, changed, put into use, tried. SECURITY: secrets go in here and never out to whoever asks for a view. */
export class ProfileService {
  readonly #parts: ProfileServiceParts;
  #vault: SecretVault | null = null;
  #revision = 0;
  /** Of the list as it was when it was told last. */
  #stamp: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ProfileServiceParts) {
    this.#parts = parts;
    this.#stamp = parts.store.stamp;
    void this.#inTurn(() => this.#begin());
  }

  /** The keychain has answered: what the vault has is known, and what is left over in it. */
  async #begin(): Promise<void> {
    // A vault that cannot be opened is told by whoever needs a secret of it.
    this.#vault = await this.#parts.vault.catch(() => null);
    if (this.#vault !== null) {
      if (this.#parts.tidies !== false) {
        await this.#tidy(this.#vault);
      }
      this.#changed();
    }
  }

  /** Another number after each change: whatever was made of a profile before is out of date. */
  get revision(): string {
    return `${this.#revision} ${this.#parts.store.stamp}`;
  }

  /** Tells when another program (the command line) has changed the list. */
  lookAgain(): void {
    if (this.#parts.store.stamp !== this.#stamp) {
      this.#changed();
    }
  }

  /** What the vault has, or whether it can be opened, is not what it was. */
  vaultChanged(): void {
    this.#changed();
  }

  view(): ProfilesView {
    return profilesView(this.#parts.store, this.#parts.setups, this.#vault);
  }

  /** PEM of BankID's roots, as a profile for production that is in use names them. */
  bankIdRoots(): readonly string[] {
    const name = this.active("bankid");
    const opened = name === null ? null : this.open("bankid", name);
    return opened?.ok === true && opened.value.environment === "production" ? (opened.value.bankIdRoots ?? []) : [];
  }

  /** Name of the profile in use; null: practice. */
  active(provider: ProviderId): string | null {
    return this.#parts.store.active(provider);
  }

  /** Where the profile in use leads, or the one named; a profile that cannot be read counts as real. */
  environmentOf(provider: ProviderId, name: string | null = this.active(provider)): EnvironmentKind {
    if (name === null || name === PRACTICE_PROFILE) {
      return "sandbox";
    }
    const opened = this.open(provider, name);
    return opened.ok ? opened.value.environment : "production";
  }

  open(provider: ProviderId, name: string): Result<OpenedProfile, Failure> {
    const setup = this.#setup(provider);
    const stored = this.#parts.store.get(provider, name);
    return setup === undefined || stored === null
      ? failed({ code: "profile.not-found", params: { name, provider } })
      : success(setup.open(stored.settings));
  }

  /** Fails when a secret of the profile is missing or cannot be opened now. */
  async checkSecrets(provider: ProviderId, name: string): Promise<Failure | null> {
    const stored = this.#parts.store.get(provider, name);
    const lender = this.lender();
    for (const id of Object.values(this.#secretIds(provider, stored))) {
      const lent = await lender.bytes(id);
      if (!lent.ok) {
        return lent.failure.code === "provider.no-credentials"
          ? { code: "profile.secret-missing", params: { name, provider } }
          : lent.failure;
      }
      lent.value.fill(0);
    }
    return null;
  }

  lender(): SecretLender {
    return secretLender(this.#parts.vault);
  }

  /** Nothing is kept while there is a problem. The first profile of a provider is put into use at once. */
  save(draft: ProfileDraft): Promise<Result<SaveAnswer, Failure>> {
    return this.#inTurn(() => this.#save(draft));
  }

  async #save(draft: ProfileDraft): Promise<Result<SaveAnswer, Failure>> {
    const setup = this.#setup(draft.provider);
    if (setup === undefined) {
      return failed({ code: "app.internal" });
    }
    const before = this.#parts.store.get(draft.provider, draft.name);
    const problems = this.#problems(setup, draft, before);
    if (problems.length > 0) {
      return success({ problems, secrets: "stored" });
    }
    const vault = await this.#parts.vault;
    const prepared = prepareDraft(setup, draft, before, {
      prefix: `${SECRET_PREFIX}${draft.provider}/${draft.name}`,
      ...this.#parts,
    });
    const issues = setup.schema.safeParse(prepared.settings).error?.issues ?? [];
    if (issues.length > 0) {
      prepared.wipe();
      return success({ problems: issueProblems(setup, draft.values, issues), secrets: "stored" });
    }
    const { provider, name } = draft;
    let kept: SaveAnswer["secrets"];
    try {
      kept = await prepared.putInto(vault);
      const refused = this.#parts.store.put({ provider, name, settings: prepared.settings, marks: prepared.marks });
      if (refused.length > 0) {
        await removeAll(vault, prepared.added);
        return success({ problems: issueProblems(setup, draft.values, refused), secrets: "stored" });
      }
    } catch {
      await removeAll(vault, prepared.added);
      return failed({ code: "profile.cannot-save" });
    }
    // From here on the profile names the new secrets: whatever fails now, they stay.
    const old = this.#unused(Object.values(this.#secretIds(provider, before)), prepared.settings, setup);
    try {
      if (draft.isNew && this.active(provider) === null) {
        this.#parts.store.setActive(provider, name);
      }
    } catch {
      this.#changed();
      return failed({ code: "profile.cannot-save" });
    }
    // What cannot be removed now is left over, and the program's next start tidies it away.
    await removeAll(vault, old).catch(() => undefined);
    for (const change of Object.values(draft.secrets)) {
      if (change.kind === "imported") {
        this.#parts.imports.forget(change.id);
      }
    }
    this.#changed();
    return success({ problems: [], secrets: kept });
  }

  /** Looks at the connection with what the form has now; nothing is kept. */
  async test(draft: ProfileDraft): Promise<Result<TestAnswer, Failure>> {
    const setup = this.#setup(draft.provider);
    if (setup === undefined) {
      return failed({ code: "app.internal" });
    }
    const before = this.#parts.store.get(draft.provider, draft.name);
    const problems = this.#problems(setup, draft, before);
    const prepared = prepareDraft(setup, draft, before, { prefix: "draft", ...this.#parts });
    const parsed = setup.schema.safeParse(prepared.settings);
    if (problems.length > 0 || !parsed.success) {
      prepared.wipe();
      const all = problems.length > 0 ? problems : issueProblems(setup, draft.values, parsed.error?.issues ?? []);
      return success({ kind: "problems", problems: all });
    }
    const stored = await this.#parts.vault;
    const own = memoryVault();
    await prepared.putInto(own);
    const use: SecretVault["use"] = (id, borrow) => (own.has(id) ? own : stored).use(id, borrow);
    try {
      const report = await this.#parts.test(
        setup.open(parsed.data),
        secretLender(Promise.resolve({ use })),
        clientFacts(setup, prepared.marks),
      );
      return success({ kind: "tested", report });
    } finally {
      await removeAll(own, own.ids());
    }
  }

  remove(provider: ProviderId, name: string): Promise<Result<null, Failure>> {
    return this.#inTurn(() => this.#remove(provider, name));
  }

  async #remove(provider: ProviderId, name: string): Promise<Result<null, Failure>> {
    if (this.#parts.isInUse(provider, name)) {
      return failed({ code: "profile.in-use", params: { name } });
    }
    const ids = Object.values(this.#secretIds(provider, this.#parts.store.get(provider, name)));
    try {
      this.#parts.store.remove(provider, name);
    } catch {
      return failed({ code: "profile.cannot-save" });
    }
    await removeAll(await this.#parts.vault, ids);
    this.#changed();
    return success(null);
  }

  /** Null: back to practice. */
  use(provider: ProviderId, name: string | null): Result<null, Failure> {
    if (name !== null && this.#parts.store.get(provider, name) === null) {
      return failed({ code: "profile.not-found", params: { name, provider } });
    }
    try {
      this.#parts.store.setActive(provider, name);
    } catch {
      return failed({ code: "profile.cannot-save" });
    }
    this.#changed();
    return success(null);
  }

  /** One after the other: a secret is in the vault before its profile names it, and whoever tidies then must not take it away. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #setup(provider: ProviderId): ProviderSetup | undefined {
    return this.#parts.setups.find((setup) => setup.provider === provider);
  }

  #problems(setup: ProviderSetup, draft: ProfileDraft, before: StoredProfile | null): readonly FieldProblem[] {
    const isTaken = draft.isNew && this.#isTaken(draft.provider, draft.name);
    return draftProblems(setup, draft, before, { isTaken, imports: this.#parts.imports });
  }

  #changed(): void {
    this.#revision += 1;
    this.#stamp = this.#parts.store.stamp;
    this.#parts.onChange();
  }

  /** Names that differ in case alone would be the same word to people. */
  #isTaken(provider: ProviderId, name: string): boolean {
    return this.#parts.store
      .list()
      .some((other) => other.provider === provider && other.name.toLowerCase() === name.toLowerCase());
  }

  /** Vault ids by field. */
  #secretIds(provider: ProviderId, stored: StoredProfile | null): Readonly<Record<string, string>> {
    const setup = this.#setup(provider);
    return setup === undefined ? {} : storedIds(setup, stored);
  }

  #unused(old: readonly string[], settings: SettingsTree, setup: ProviderSetup): readonly string[] {
    const used = new Set(Object.values(secretIdsOf(setup, settings)));
    return old.filter((id) => !used.has(id));
  }

  /** What a crash between vault and file has left over. Entries that cannot be understood keep what they name. */
  async #tidy(vault: SecretVault): Promise<void> {
    const { store } = this.#parts;
    if (store.wasReset || store.isNewer) {
      return;
    }
    const used = new Set(store.list().flatMap((stored) => Object.values(this.#secretIds(stored.provider, stored))));
    const isLeft = (id: string): boolean =>
      id.startsWith(SECRET_PREFIX) && !used.has(id) && !store.foreignText.includes(JSON.stringify(id));
    await removeAll(vault, vault.ids().filter(isLeft));
  }
}

async function removeAll(vault: Pick<SecretVault, "remove">, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await vault.remove(id);
  }
}
