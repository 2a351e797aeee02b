import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import Conf from "conf";
import { z } from "zod";
import { PROVIDER_IDS } from "../../shared/ids.ts";

export const certificateSettingSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("practice") }),
  z.object({
    kind: z.literal("file"),
    path: z.string(),
    /** What was read when the file was opened last, and which file that was. */
    known: z
      .object({ fingerprint: z.string(), subject: z.string(), issuer: z.string(), validUntil: z.string() })
      .nullable()
      .default(null),
  }),
  z.object({
    kind: z.literal("token"),
    /** Path of the PKCS#11 module. */
    module: z.string(),
    label: z.string(),
    /** Serial number, or the label where there is none. */
    token: z.string(),
    /** CKA_ID in hexadecimal or label; null: the only one for signing, seen only with the PIN. */
    certificate: z.string().nullable(),
    pin: z.enum(["asked", "reader", "none"]),
    facts: z.object({ subject: z.string(), issuer: z.string(), validUntil: z.string() }).nullable(),
  }),
]);

/** How many certificates each list holds. */
export const MAXIMUM_AUTHORITIES = { trustAnchors: 200, bankidRoots: 20 } as const;

const settingsSchema = z.object({
  theme: z.enum(["system", "light", "dark"]).default("system"),
  provider: z.enum(PROVIDER_IDS).default("itsme"),
  level: z.enum(["B-B", "B-T", "B-LT", "B-LTA"]).default("B-T"),
  /** Absolute path, or null for "beside each original". */
  outputFolder: z.string().nullable().default(null),
  /** What is signed with on this computer. SECURITY: never a password or PIN. */
  certificate: certificateSettingSchema.nullable().default(null),
  /** Address of an RFC 3161 service, for everything but practice. */
  timestampUrl: z.string().nullable().default(null),
  /** PEM, one certificate each: whom signatures are judged against. */
  trustAnchors: z.array(z.string().max(20_000)).max(MAXIMUM_AUTHORITIES.trustAnchors).default([]),
  /** PEM of BankID's root certificates, which persons who signed with BankID are judged against. */
  bankidRoots: z.array(z.string().max(20_000)).max(MAXIMUM_AUTHORITIES.bankidRoots).default([]),
});

export type Settings = Readonly<z.output<typeof settingsSchema>>;
export type CertificateSetting = z.output<typeof certificateSettingSchema>;

/** Settings in a JSON file, written atomically. A file that cannot be read is set aside and told, never deleted. */
export class SettingsStore {
  readonly #store: Conf;
  #current: Settings;
  /** The file was damaged and has been set aside. */
  readonly wasReset: boolean;

  constructor(folder: string, now: () => number) {
    const path = join(folder, "settings.json");
    const loaded = loadSettings(path);
    this.wasReset = loaded === null;
    if (loaded === null) {
      setAside(path, join(folder, `settings-damaged-${now()}.json`));
    }
    this.#current = loaded ?? settingsSchema.parse({});
    this.#store = new Conf({
      cwd: folder,
      configName: "settings",
      projectName: "sealdesk",
      accessPropertiesByDotNotation: false,
    });
  }

  get current(): Settings {
    return this.#current;
  }

  change(part: Partial<Settings>): Settings {
    this.#current = settingsSchema.parse({ ...this.#current, ...part });
    // Unknown keys (of a newer version) stay in the file.
    this.#store.store = { ...this.#store.store, ...this.#current };
    return this.#current;
  }
}

/** Where the folder cannot be written, the program starts all the same, with what it knows. */
function setAside(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch {
    // It stays where it is; the first change says that it cannot be saved.
  }
}

/** What the settings of this folder say, for who only reads them; a file that cannot be read says nothing. */
export const readSettings = (folder: string): Settings =>
  loadSettings(join(folder, "settings.json")) ?? settingsSchema.parse({});

/** Null: the file is there but cannot be understood. */
function loadSettings(path: string): Settings | null {
  if (!existsSync(path)) {
    return settingsSchema.parse({});
  }
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}
