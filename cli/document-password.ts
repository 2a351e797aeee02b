import { UsageError } from "./exit-status.ts";

/**
 * The password that opens encrypted documents, from the environment variable that the person named. SECURITY: never an
 * argument, which every user of the computer can read in the list of processes.
 */
export function documentPassword(variable: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  const password = variable === undefined ? undefined : environment[variable];
  if (variable !== undefined && password === undefined) {
    throw new UsageError(`--document-password-env ${variable}: there is no such environment variable`);
  }
  return password;
}
