import { existsSync } from "node:fs";
import path from "node:path";

/**
 * Where npm's own JavaScript lies, so that any Node can run it without a shell or an npm.cmd between.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} nodePath the Node that runs now; its installation usually carries npm
 * @param {(file: string) => boolean} [exists]
 * @returns {string | undefined}
 */
export function findNpm(env, nodePath, exists = existsSync) {
  const fromEnvironment = env["npm_execpath"];
  // npm_execpath names yarn or pnpm when those started us; only npm understands our arguments.
  if (fromEnvironment !== undefined && path.basename(fromEnvironment) === "npm-cli.js" && exists(fromEnvironment)) {
    return fromEnvironment;
  }
  const cli = path.join("node_modules", "npm", "bin", "npm-cli.js");
  const folder = path.dirname(nodePath);
  const candidates = [
    path.join(folder, cli), // Windows installer
    path.join(folder, "..", "lib", cli), // official archives, nvm, Homebrew
    path.join("/usr/share", "nodejs", "npm", "bin", "npm-cli.js"), // Debian's package
    path.join("/usr/local/lib", cli),
  ];
  return candidates.find((candidate) => exists(candidate));
}
