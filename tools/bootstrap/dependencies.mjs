import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { run } from "./child.mjs";
import { withLock } from "./lock.mjs";
import { findNpm } from "./npm-program.mjs";
import { inProject } from "./project.mjs";
import { PlainStop, say } from "./say.mjs";

const stampFile = inProject("node_modules", ".sealdesk-lock-hash");

/**
 * Runs `npm ci` when node_modules is missing or was made from another lock file. Nothing else ever changes node_modules.
 * @param {string} node a Node 24: under an older one npm skips packages whose `engines` ask for more
 */
export async function ensureDependencies(node) {
  if (isUpToDate()) return;
  await withLock(inProject(".tools", "lock-dependencies"), async () => {
    if (isUpToDate()) return;
    const npm = findNpm(process.env, process.execPath);
    if (npm === undefined) throw new PlainStop("npm was not found. Start this with npm, for example `npm start`.");
    say("installing the packages of package-lock.json into node_modules (npm ci, no install scripts)");
    const result = await run(node, [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: inProject(),
      capture: true,
    });
    if (result.code !== 0) {
      throw new PlainStop(
        `${result.output.trim()}\nnpm ci failed (see above). Check the network and npm's registry setting, and run the command again.`,
      );
    }
    mkdirSync(inProject("node_modules"), { recursive: true });
    writeFileSync(stampFile, wantedHash());
  });
}

function isUpToDate() {
  try {
    return readFileSync(stampFile, "utf8") === wantedHash();
  } catch {
    return false;
  }
}

/** npm ci depends on the lock file, and on the platform when the folder is shared between systems. */
function wantedHash() {
  const hash = createHash("sha256").update(readFileSync(inProject("package-lock.json")));
  return hash.update(`${process.platform}-${process.arch}`).digest("hex");
}
