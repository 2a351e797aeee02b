import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { ProviderId } from "../../shared/ids.ts";
import { replaceFile } from "./replace-file.ts";

/** The practice profile is made when the sandbox starts, and is never stored. */
export const PRACTICE_PROFILE = "sandbox";

const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._ -]{0,59}$/u)
  .refine((name) => name !== PRACTICE_PROFILE, "this name is kept for practice mode");
const entrySchema = z.strictObject({
  name: nameSchema,
  provider: z.enum(["itsme", "certificate", "idnow", "bankid", "fourthline"]),
  settings: z.record(z.string(), z.unknown()),
});
const fileSchema = z.object({ version: z.literal(1), profiles: z.array(z.unknown()).max(1_000) });

/** How an organisation reaches one environment of one provider. No secrets: those stand in the vault. */
export interface StoredProfile<Settings = unknown> {
  /** What the command line takes (`--profile`); unique for its provider. */
  readonly name: string;
  readonly provider: ProviderId;
  readonly settings: Settings;
}

/** What each provider's settings must look like; a provider without a schema cannot have a profile. */
export type ProfileSchemas = Readonly<Partial<Record<ProviderId, z.ZodType>>>;

export interface ProfileStore {
  list(): readonly StoredProfile[];
  get(provider: ProviderId, name: string): StoredProfile | null;
  /**
   * Adds a profile or replaces the one of the same provider and name.
   *
   * @returns The paths of the fields that are wrong ("partnerCode"), empty when it was stored.
   */
  put(profile: StoredProfile): readonly string[];
  remove(provider: ProviderId, name: string): void;
  /** Entries that could not be understood; they stay in the file and are not offered. */
  readonly unreadable: number;
}

/**
 * Profiles in one readable JSON file. A broken entry, or one of a newer version, does not take the others away and is
 * kept as it is. A file that is no JSON at all is left alone and nothing is stored over it: `put` throws then.
 */
export function openProfiles(path: string, schemas: ProfileSchemas): ProfileStore {
  const raw = readEntries(path);
  let profiles = (raw ?? []).map((entry) => validate(entry, schemas)).filter((entry) => entry !== null);
  const foreign = (raw ?? []).filter((entry) => validate(entry, schemas) === null);

  const save = (next: readonly StoredProfile[]): void => {
    if (raw === null) {
      throw new Error("the profile file is damaged and is not written over");
    }
    replaceFile(path, `${JSON.stringify({ version: 1, profiles: [...next, ...foreign] }, null, 2)}\n`);
    profiles = [...next];
  };
  const others = (provider: ProviderId, name: string) =>
    profiles.filter((profile) => profile.provider !== provider || profile.name !== name);

  return {
    unreadable: raw === null ? 1 : foreign.length,
    list: () => profiles,
    get: (provider, name) => profiles.find((profile) => profile.provider === provider && profile.name === name) ?? null,
    put(profile) {
      const problems = problemsOf(profile, schemas);
      if (problems.length === 0) {
        save([...others(profile.provider, profile.name), profile]);
      }
      return problems;
    },
    remove(provider, name) {
      save(others(provider, name));
    },
  };
}

function problemsOf(profile: StoredProfile, schemas: ProfileSchemas): readonly string[] {
  const entry = entrySchema.safeParse(profile);
  if (!entry.success) {
    return pathsOf(entry.error);
  }
  const settings = schemas[profile.provider]?.safeParse(profile.settings);
  if (settings === undefined) {
    return ["provider"];
  }
  return settings.success ? [] : pathsOf(settings.error);
}

function pathsOf(error: z.ZodError): readonly string[] {
  return [...new Set(error.issues.map(({ path }) => path.join(".")))];
}

function validate(entry: unknown, schemas: ProfileSchemas): StoredProfile | null {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    return null;
  }
  const settings = schemas[parsed.data.provider]?.safeParse(parsed.data.settings);
  return settings?.success === true ? { ...parsed.data, settings: settings.data } : null;
}

/** Null: the file is there but is not a list of profiles. */
function readEntries(path: string): readonly unknown[] | null {
  if (!existsSync(path)) {
    return [];
  }
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, "utf8"))).profiles;
  } catch {
    return null;
  }
}
