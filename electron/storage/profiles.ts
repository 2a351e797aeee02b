import { z } from "zod";
import { PROVIDER_IDS } from "../../shared/ids.ts";
import type { ProviderId } from "../../shared/ids.ts";
import { PROFILE_NAME } from "../../shared/profiles.ts";
import type { SecretMark } from "../../shared/profiles.ts";
import { readProfileFile, setAside, VERSION } from "./profile-file.ts";
import { replaceFile } from "./replace-file.ts";

/** The practice profile is made when the sandbox starts, and is never stored. */
export const PRACTICE_PROFILE = "sandbox";

const MAXIMUM_PROFILES = 1_000;

const nameSchema = z
  .string()
  .regex(PROFILE_NAME)
  .refine((name) => name !== PRACTICE_PROFILE, "this name is kept for practice mode");
const factsSchema = z.strictObject({ subject: z.string(), issuer: z.string(), validUntil: z.string() });
const markSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text") }),
  z.strictObject({ kind: z.literal("client-certificate"), facts: factsSchema }),
]);
const entrySchema = z.strictObject({
  name: nameSchema,
  provider: z.enum(PROVIDER_IDS),
  settings: z.record(z.string(), z.unknown()),
  marks: z.record(z.string(), markSchema).default({}),
});

/** How an organisation reaches one environment of one provider. No secrets: those stand in the vault. */
export interface StoredProfile<Settings = unknown> {
  /** What the command line takes (`--profile`); unique for its provider. */
  readonly name: string;
  readonly provider: ProviderId;
  readonly settings: Settings;
  /** By field: what may be known of the secrets that the settings name by their ids. */
  readonly marks: Readonly<Record<string, SecretMark>>;
}

/** What each provider's settings must look like; a provider without a schema cannot have a profile. */
export type ProfileSchemas = Readonly<Partial<Record<ProviderId, z.ZodType>>>;

export interface ProfileStore {
  list(): readonly StoredProfile[];
  get(provider: ProviderId, name: string): StoredProfile | null;
  /**
   * Adds a profile or replaces the one of the same provider and name. Throws when the file cannot be written.
   *
   * @returns What is wrong, by the paths of the fields ("partnerCode"); empty when it was stored.
   */
  put(profile: StoredProfile): readonly z.core.$ZodIssue[];
  /** Also takes it out of use. Throws when the file cannot be written. */
  remove(provider: ProviderId, name: string): void;
  /** Name of the profile in use; null: none, so practice. It may name one that cannot be understood. */
  active(provider: ProviderId): string | null;
  setActive(provider: ProviderId, name: string | null): void;
  /** Every text that stands in entries that could not be understood: ids of secrets may be among them. */
  readonly foreignText: string;
  /** Entries that could not be understood; they stay in the file and are not offered. */
  readonly unreadable: number;
  /** The file was damaged and has been set aside. */
  readonly wasReset: boolean;
  /** The file is of a newer version of the program and is left alone: nothing can be changed. */
  readonly isNewer: boolean;
}

/**
 * Profiles in one readable JSON file, written atomically. A broken entry, or one of a newer version, does not take the
 * others away and is kept as it is. A file that is no list of profiles at all is set aside, not deleted.
 */
export function openProfiles(path: string, schemas: ProfileSchemas, now: () => number = Date.now): ProfileStore {
  const read = readProfileFile(path);
  if (read.kind === "damaged") {
    setAside(path, now());
  }
  const raw = read.kind === "profiles" ? read.profiles : [];
  const understood = raw.map((entry) => validate(entry, schemas));
  let profiles = understood.filter((entry) => entry !== null);
  const foreign = raw.filter((_, index) => understood[index] === null);
  let inUse: Readonly<Record<string, string>> = read.kind === "profiles" ? read.active : {};

  const save = (next: readonly StoredProfile[], active: Readonly<Record<string, string>>): void => {
    if (read.kind === "newer") {
      throw new Error("the profile file is of a newer version and is not written over");
    }
    const content = { version: VERSION, active, profiles: [...next, ...foreign] };
    replaceFile(path, `${JSON.stringify(content, null, 2)}\n`);
    profiles = [...next];
    inUse = active;
  };
  const others = (provider: ProviderId, name: string) =>
    profiles.filter((profile) => profile.provider !== provider || profile.name !== name);
  const withActive = (provider: ProviderId, name: string | null): Readonly<Record<string, string>> => {
    const rest = Object.fromEntries(Object.entries(inUse).filter(([key]) => key !== provider));
    return name === null ? rest : { ...rest, [provider]: name };
  };

  return {
    unreadable: foreign.length,
    foreignText: JSON.stringify(foreign),
    wasReset: read.kind === "damaged",
    isNewer: read.kind === "newer",
    list: () => profiles,
    get: (provider, name) => profiles.find((profile) => profile.provider === provider && profile.name === name) ?? null,
    put(profile) {
      const kept = others(profile.provider, profile.name);
      const isFull = kept.length + foreign.length >= MAXIMUM_PROFILES;
      const problems = isFull ? [issue("name", "too many profiles")] : problemsOf(profile, schemas);
      if (problems.length === 0) {
        save([...kept, profile], inUse);
      }
      return problems;
    },
    remove(provider, name) {
      save(others(provider, name), inUse[provider] === name ? withActive(provider, null) : inUse);
    },
    active: (provider) => inUse[provider] ?? null,
    setActive(provider, name) {
      save(profiles, withActive(provider, name));
    },
  };
}

function problemsOf(profile: StoredProfile, schemas: ProfileSchemas): readonly z.core.$ZodIssue[] {
  const entry = entrySchema.safeParse(profile);
  if (!entry.success) {
    return entry.error.issues;
  }
  const settings = schemas[profile.provider]?.safeParse(profile.settings);
  if (settings === undefined) {
    return [issue("provider", "no profiles for this provider")];
  }
  return settings.success ? [] : settings.error.issues;
}

function issue(field: string, message: string): z.core.$ZodIssue {
  return { code: "custom", path: [field], message, input: undefined };
}

function validate(entry: unknown, schemas: ProfileSchemas): StoredProfile | null {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    return null;
  }
  const settings = schemas[parsed.data.provider]?.safeParse(parsed.data.settings);
  return settings?.success === true ? { ...parsed.data, settings: settings.data } : null;
}
