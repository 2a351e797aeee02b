import { resolve } from "node:path";
import { loadPolicy } from "../electron/services/policy/load-policy.ts";
import { policyPlace } from "../electron/storage/policy-file.ts";
import type { PolicyPlace } from "../electron/storage/policy-file.ts";
import { problemLine } from "../electron/storage/policy.ts";
import type { Policy } from "../electron/storage/policy.ts";
import { EXIT } from "./exit-status.ts";

export interface PolicySurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly print: (text: string) => void;
}

/** The policy of this computer, as the desktop program finds it. Run from its source, it can be pointed elsewhere. */
export const ownPolicyPlace = ({ environment, platform }: Omit<PolicySurroundings, "print">): PolicyPlace =>
  policyPlace(platform, environment, !import.meta.filename.endsWith(".ts"));

/** `sealdesk policy check [FILE]`: what a policy lays down, or every error in it. Resolves to the exit status. */
export function policyCheck(file: string | null, surroundings: PolicySurroundings): number {
  const { print } = surroundings;
  const place: PolicyPlace =
    file === null ? ownPolicyPlace(surroundings) : { path: resolve(file), guard: "none", isNamed: true };
  const loaded = loadPolicy(place);
  if (!loaded.ok) {
    print(`${place.path}: not a good policy. Where it is in force, nothing can be signed.`);
    for (const problem of loaded.failure) {
      print(`  ${problemLine(problem)}`);
    }
    return EXIT.notAllGood;
  }
  if (loaded.value === null) {
    print(`There is no policy on this computer (${place.path}): nothing is forbidden.`);
    return EXIT.good;
  }
  print(`${place.path}: a good policy.`);
  for (const sentence of rulesInWords(loaded.value.rules)) {
    print(`  ${sentence}`);
  }
  if (place.guard === "none") {
    print("Whether ordinary users can change the file was not looked at.");
  }
  return EXIT.good;
}

/** One sentence a rule; those that are absent are told, too. */
function rulesInWords({ providers, practice, levels, timestampUrl, trustAnchors, output, updates }: Policy): string[] {
  return [
    `Providers: ${providers === undefined ? "all" : providers.length === 0 ? "none, so nothing can be signed" : `only ${providers.join(", ")}`}.`,
    `Practice mode: ${practice === false ? "forbidden" : "allowed"}.`,
    `Levels: ${levels === undefined ? "all" : `only ${levels.join(", ")}`}.`,
    `Timestamp service: ${timestampUrl === undefined ? "everybody's own choice" : `only ${timestampUrl}`}.`,
    `Trusted authorities: everybody's own${trustAnchors === undefined || trustAnchors.length === 0 ? "" : `, and those in ${trustAnchors.join(", ")}`}.`,
    `Results: ${outputInWords(output)}.`,
    `Updates: ${updates === "off" ? "off" : "no rule"}.`,
  ];
}

function outputInWords(output: Policy["output"]): string {
  if (output?.folder !== undefined) {
    return `only into ${output.folder}`;
  }
  switch (output?.besideOriginal) {
    case true:
      return "only beside the original";
    case false:
      return "never beside the original";
    case undefined:
      return "everybody's own choice";
  }
}
