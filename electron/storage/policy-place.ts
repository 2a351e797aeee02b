import { posix, win32 } from "node:path";
import type { FileGuard } from "./guarded-file.ts";

export interface PolicyPlace {
  readonly path: string;
  /** Holds for the files that the policy names as well. */
  readonly guard: FileGuard;
  /** Whether there has to be one: somebody named it. */
  readonly isNamed: boolean;
}

/**
 * Where the policy of this computer lies. Nothing that is below a person's own folders: it holds for everybody.
 *
 * SECURITY: only a program that is run from its source can be pointed elsewhere. In a packaged one, whoever can set an
 * environment variable could leave the policy behind.
 */
export function policyPlace(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): PolicyPlace {
  const other = environment["SEALDESK_POLICY"];
  if (!isPackaged && other !== undefined && other !== "") {
    return { path: other, guard: platform === "win32" ? "none" : "others", isNamed: true };
  }
  if (platform === "win32") {
    const folder = environment["ProgramData"] ?? String.raw`C:\ProgramData`;
    // Who may write there is said by access lists, which are the administrator's to set (docs/policy.md).
    return { path: win32.join(folder, "Sealdesk", "policy.json"), guard: "none", isNamed: false };
  }
  const folder = platform === "darwin" ? "/Library/Application Support/Sealdesk" : "/etc/sealdesk";
  return { path: posix.join(folder, "policy.json"), guard: "root", isNamed: false };
}
