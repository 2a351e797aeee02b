import { fileURLToPath } from "node:url";
import path from "node:path";

/** The folder that holds package.json. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/** @param {...string} parts */
export function inProject(...parts) {
  return path.join(projectRoot, ...parts);
}

/**
 * The folder that file names on the command line are relative to. npm runs scripts in the project's folder and leaves the
 * caller's own in INIT_CWD. That variable is inherited by everything below, so it counts only when npm started us just now.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} workingFolder
 */
export function callersFolder(env, workingFolder) {
  const startedByNpm = env["npm_lifecycle_script"]?.includes("tools/bootstrap/run.mjs") === true;
  const initial = env["INIT_CWD"];
  return startedByNpm && initial !== undefined && path.resolve(workingFolder) === projectRoot ? initial : workingFolder;
}
