// node build/complete-lock.ts: adds to package-lock.json the platform packages that npm left out.
//
// npm writes a lock file from what the registry gave it. A registry that mirrors only some platforms makes npm drop the
// optional packages of the others without a word, and `npm ci` then refuses the file on every platform. The entries added
// here carry no integrity value, because nobody here has seen those files; everything else comes from the parent package.
import { readFileSync, writeFileSync } from "node:fs";

interface LockEntry {
  readonly version?: string;
  readonly optional?: true;
  readonly dev?: true;
  readonly devOptional?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  packages: Record<string, LockEntry>;
}

/**
 * The entries that optional dependencies ask for and the lock file lacks, by their place in node_modules.
 * @throws when one is not a platform package with an exact version: that would be a guess
 */
export function missingEntries(lock: Readonly<Lock>): Readonly<Record<string, LockEntry>> {
  const missing: Record<string, LockEntry> = {};
  for (const [parent, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`;
      if (lock.packages[place] !== undefined || lock.packages[`${parent}/${place}`] !== undefined) continue;
      const platform = platformOf(name);
      if (platform === undefined || !/^\d+\.\d+\.\d+$/u.test(version)) {
        throw new Error(`${parent} asks for ${name}@${version}, which is not in the lock file and no platform package`);
      }
      missing[place] = { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true };
    }
  }
  return missing;
}

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors: ReadonlyMap<string, string> = new Map(
  ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"].map((name) => [name, name]),
);

/** What a name such as `@oxlint/binding-linux-x64-musl` says about where the package belongs. */
function platformOf(name: string): Pick<LockEntry, "os" | "cpu" | "libc"> | undefined {
  const parts = name.split(/[/-]/u);
  const at = parts.findIndex((part) => systems.includes(part));
  const [system, processor, abi] = parts.slice(at);
  const cpu = processor === undefined ? undefined : processors.get(processor);
  if (at === -1 || system === undefined || cpu === undefined) return undefined;
  const libc = system !== "linux" || abi === undefined ? undefined : abi.startsWith("musl") ? "musl" : "glibc";
  return { os: [system], cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) };
}

if (import.meta.main) {
  const file = new URL("../package-lock.json", import.meta.url);
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  const added = missingEntries(lock);
  const sorted = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  process.stdout.write(`added ${Object.keys(added).length} entries\n`);
}
