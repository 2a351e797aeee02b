import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { run } from "./child.mjs";
import { withLock } from "./lock.mjs";
import { inProject, projectRoot } from "./project.mjs";
import { PlainStop, say } from "./say.mjs";

/** Everything that ends up in dist/. */
const sources = ["electron", "renderer", "sandbox", "shared", "build/vite.config.ts", "package-lock.json"];
const stampFile = inProject("dist", ".sources");

/**
 * Builds dist/ when a source file changed since the last build.
 * @param {string} node a Node 24
 */
export async function ensureBuilt(node) {
  if (isFresh()) return;
  await withLock(inProject(".tools", "lock-build"), async () => {
    if (!isFresh()) await build(node);
  });
}

/**
 * @param {string} node
 * @param {readonly string[]} [args] more arguments for Vite
 */
export async function build(node, args = []) {
  const fingerprint = fingerprintOf(projectRoot, sources);
  say("building dist/ with Vite");
  const vite = inProject("node_modules", "vite", "bin", "vite.js");
  const config = ["-c", "build/vite.config.ts", "--configLoader", "native"];
  const result = await run(node, [vite, "build", "--app", ...config, "--logLevel", "warn", ...args], {
    cwd: projectRoot,
    capture: true,
  });
  const words = withoutStack(result.output);
  if (words !== "") process.stderr.write(`${words}\n`);
  if (result.code !== 0) throw new PlainStop("The build failed (see above).", result.code);
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, fingerprint);
}

/**
 * Vite's own call stack says nothing to whoever made the mistake in a source file, and its bundler colours even a log.
 * @param {string} output
 */
function withoutStack(output) {
  const plain = process.stderr.isTTY ? output : stripVTControlCharacters(output);
  return plain
    .split(/^\s+at .+file:/mu, 1)
    .join("")
    .trim();
}

function isFresh() {
  try {
    return readFileSync(stampFile, "utf8") === fingerprintOf(projectRoot, sources);
  } catch {
    return false;
  }
}

/**
 * Names, sizes and times of all files: changes with any edit, and costs no reading. Linear in the number of files.
 * @param {string} root
 * @param {readonly string[]} entries files or folders below root; those that do not exist count as empty
 */
export function fingerprintOf(root, entries) {
  const hash = createHash("sha256");
  /** @param {string} entry */
  const add = (entry) => {
    const full = path.join(root, entry);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(full).sort()) add(`${entry}/${name}`);
    } else {
      hash.update(`${entry}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  for (const entry of entries) add(entry);
  return hash.digest("hex");
}
