import { statSync } from "node:fs";
import { z } from "zod";
import { PROVIDER_IDS } from "../../shared/ids.ts";
import type { ProviderId } from "../../shared/ids.ts";
import { PROFILE_NAME } from "../../shared/profiles.ts";
import type { SecretMark } from "../../shared/profiles.ts";
import { exclusively } from "./exclusively.ts";
import { readProfileFile, setAside, VERSION } from "./profile-file.ts";
import type { ProfileFile } from "./profile-file.ts";
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
  /** Another text after each change of the file, whoever made it: this program, another window, the command line. */
  readonly stamp: string;
  /** Every text that stands in entries that could not be understood: ids of secrets may be among them. */
  readonly foreignText: string;
  /** Entries that could not be understood; they stay in the file and are not offered. */
  readonly unreadable: number;
  /** The file was damaged and has been set aside. */
  readonly wasReset: boolean;
  /** The file is of a newer version of the program and is left alone: nothing can be changed. */
  readonly isNewer: boolean;
}

interface Known {
  readonly profiles: readonly StoredProfile[];
  readonly foreign: readonly unknown[];
  readonly active: Readonly<Record<string, string>>;
  readonly kind: ProfileFile["kind"];
}

/**
 * Profiles in one readable JSON file, written atomically. A broken entry, or one of a newer version, does not take the
 * others away and is kept as it is. A file that is no list of profiles at all is set aside, not deleted. Other programs (the
 * command line beside the window) may change it: it is looked at before each answer, and read again under a lock before
 * each change, so that none writes over another's.
 */
export function openProfiles(path: string, schemas: ProfileSchemas, now: () => number = Date.now): ProfileStore {
  const read = (): Known => knownIn(readProfileFile(path), schemas);
  let stamp = stampOf(path);
  let known = read();
  const wasReset = known.kind === "damaged";
  if (wasReset) {
    setAside(path, now());
    stamp = stampOf(path);
  }
  const current = (): Known => {
    const newest = stampOf(path);
    if (newest !== stamp) {
      stamp = newest;
      const found = read();
      // What somebody broke by hand while the program runs: what was known before holds until the next start.
      known = found.kind === "damaged" ? known : found;
    }
    return known;
  };

  const change = (make: (before: Known) => Pick<Known, "profiles" | "active">): void =>
    exclusively(`${path}.lock`, () => {
      const before = current();
      if (before.kind === "newer") {
        throw new Error("the profile file is of a newer version and is not written over");
      }
      if (readProfileFile(path).kind === "damaged") {
        setAside(path, now());
      }
      const { profiles, active } = make(before);
      const content = { version: VERSION, active, profiles: [...profiles, ...before.foreign] };
      replaceFile(path, `${JSON.stringify(content, null, 2)}\n`);
      known = { ...before, profiles, active };
      stamp = stampOf(path);
    });
  const others = ({ profiles }: Known, provider: ProviderId, name: string) =>
    profiles.filter((profile) => profile.provider !== provider || profile.name !== name);
  const withActive = ({ active }: Known, provider: ProviderId, name: string | null): Known["active"] => {
    const rest = Object.fromEntries(Object.entries(active).filter(([key]) => key !== provider));
    return name === null ? rest : { ...rest, [provider]: name };
  };

  return {
    get unreadable() {
      return current().foreign.length;
    },
    get foreignText() {
      return JSON.stringify(current().foreign);
    },
    wasReset,
    get isNewer() {
      return current().kind === "newer";
    },
    get stamp() {
      current();
      return stamp;
    },
    list: () => current().profiles,
    get: (provider, name) =>
      current().profiles.find((profile) => profile.provider === provider && profile.name === name) ?? null,
    put(profile) {
      const before = current();
      const isFull = others(before, profile.provider, profile.name).length + before.foreign.length >= MAXIMUM_PROFILES;
      const problems = isFull ? [issue("name", "too many profiles")] : problemsOf(profile, schemas);
      if (problems.length === 0) {
        change((latest) => ({
          profiles: [...others(latest, profile.provider, profile.name), profile],
          active: latest.active,
        }));
      }
      return problems;
    },
    remove(provider, name) {
      change((before) => ({
        profiles: others(before, provider, name),
        active: before.active[provider] === name ? withActive(before, provider, null) : before.active,
      }));
    },
    active: (provider) => current().active[provider] ?? null,
    setActive(provider, name) {
      change((before) => ({ profiles: before.profiles, active: withActive(before, provider, name) }));
    },
  };
}

function knownIn(read: ProfileFile, schemas: ProfileSchemas): Known {
  if (read.kind !== "profiles") {
    return { kind: read.kind, profiles: [], foreign: [], active: {} };
  }
  return {
    kind: "profiles",
    profiles: read.profiles.map((entry) => validate(entry, schemas)).filter((entry) => entry !== null),
    foreign: read.profiles.filter((entry) => validate(entry, schemas) === null),
    active: read.active,
  };
}

/** Each version of the file is a file of its own (`replaceFile`), and tells by these facts. "": there is none. */
function stampOf(path: string): string {
  const facts = statSync(path, { bigint: true, throwIfNoEntry: false });
  return facts === undefined ? "" : `${facts.ino} ${facts.mtimeNs} ${facts.size}`;
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
