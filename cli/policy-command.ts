import { resolve } from "node:path";
import { loadPolicy } from "../electron/services/policy/load-policy.ts";
import type { PolicyPlace } from "../electron/storage/policy-place.ts";
import { problemLine } from "../electron/storage/policy.ts";
import type { Policy } from "../electron/storage/policy.ts";
import { EXIT } from "./exit-status.ts";
import { ownPolicyPlace } from "./own-policy-place.ts";
import type { PolicyWhere } from "./own-policy-place.ts";

export interface PolicySurroundings extends PolicyWhere {
  readonly print: (text: string) => void;
}

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
function rulesInWords(rules: Policy): string[] {
  const { providers, practice, levels, timestampUrl, output, updates } = rules;
  const own = rules.ownAuthorities === false ? "nobody's own" : "everybody's own";
  return [
    `Providers: ${providers === undefined ? "all" : providers.length === 0 ? "none, so nothing can be signed" : `only ${providers.join(", ")}`}.`,
    `Practice mode: ${practice === false ? "forbidden" : "allowed"}.`,
    `Levels: ${levels === undefined ? "all" : `only ${levels.join(", ")}`}.`,
    `Timestamp service: ${timestampUrl === undefined ? "everybody's own choice" : `only ${timestampUrl}`}.`,
    `Trusted authorities: ${own}${andThose(rules.trustAnchors)}.`,
    `BankID's roots: ${own}${andThose(rules.bankidRoots)}.`,
    `Results: ${outputInWords(output)}.`,
    `Updates: ${updates === "off" ? "off" : "no rule"}.`,
  ];
}

const andThose = (files: readonly string[] = []): string =>
  files.length === 0 ? "" : `, and those in ${files.join(", ")}`;

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
