import { existsSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

/** Each step takes the content of one version to the next; none is ever changed after a release. */
const MIGRATIONS: readonly ((content: Content) => Content)[] = [
  // 1 → 2: which profile is in use, and what may be known of the secrets.
  (content) => ({ ...content, active: {} }),
];
export const VERSION = MIGRATIONS.length + 1;

type Content = Readonly<Record<string, unknown>>;

const anyVersion = z.looseObject({ version: z.number().int().min(1) });
const thisVersion = z.object({
  version: z.literal(VERSION),
  active: z.record(z.string(), z.string().max(200)),
  profiles: z.array(z.unknown()).max(1_000),
});

export type ProfileFile =
  | {
      readonly kind: "profiles";
      readonly profiles: readonly unknown[];
      /** Name of the profile in use, by provider. */
      readonly active: Readonly<Record<string, string>>;
    }
  | { readonly kind: "damaged" }
  | { readonly kind: "newer" };

/** Entries are not looked at: one that is broken must not take the others away. */
export function readProfileFile(path: string): ProfileFile {
  if (!existsSync(path)) {
    return { kind: "profiles", profiles: [], active: {} };
  }
  try {
    const content = anyVersion.parse(JSON.parse(readFileSync(path, "utf8")));
    if (content.version > VERSION) {
      return { kind: "newer" };
    }
    const { profiles, active } = thisVersion.parse(migrated(content, content.version));
    return { kind: "profiles", profiles, active };
  } catch {
    return { kind: "damaged" };
  }
}

function migrated(content: Content, version: number): Content {
  const newest = MIGRATIONS.slice(version - 1).reduce((older, step) => step(older), content);
  return { ...newest, version: VERSION };
}

/** Where the folder cannot be written it stays where it is, and the first change says that it cannot be saved. */
export function setAside(path: string, now: number): void {
  try {
    renameSync(path, join(dirname(path), `profiles-damaged-${now}.json`));
  } catch {
    // See above.
  }
}
