import { dirname, resolve } from "node:path";
import type { FixedSetting } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import type { PadesLevel } from "../../../shared/verification.ts";
import { readableCertificates } from "../../pki/certificate.ts";
import type { Policy } from "../../storage/policy.ts";
import type { Settings } from "../../storage/settings.ts";
import type { PolicyInForce } from "./load-policy.ts";
import { isPracticeAuthority } from "./practice-root.ts";

export const rulesOf = (policy: PolicyInForce): Policy | null =>
  policy.kind === "policy" ? policy.policy.rules : null;

/**
 * SECURITY: asked where signing begins, in the process that signs; what the window offers is a courtesy. Whatever a
 * policy might forbid that nobody understands, is forbidden.
 */
export function refusesProvider(
  policy: PolicyInForce,
  { provider, practice }: { readonly provider: ProviderId; readonly practice: boolean },
): Failure | null {
  if (policy.kind === "malformed") {
    return { code: "policy.malformed" };
  }
  const rules = rulesOf(policy);
  if (rules?.providers?.includes(provider) === false) {
    return { code: "policy.provider" };
  }
  return practice && rules?.practice === false ? { code: "policy.practice" } : null;
}

export function refusesLevel(policy: PolicyInForce, level: PadesLevel): Failure | null {
  if (policy.kind === "malformed") {
    return { code: "policy.malformed" };
  }
  const allowed = rulesOf(policy)?.levels;
  return allowed?.includes(level) === false
    ? { code: "policy.level", params: { level, allowed: allowed.join(", ") } }
    : null;
}

/** Whether a result may lie where it is about to. */
export function refusesOutput(policy: PolicyInForce, outputPath: string, sourcePath: string): Failure | null {
  if (policy.kind === "malformed") {
    return { code: "policy.malformed" };
  }
  const output = rulesOf(policy)?.output;
  const folder = resolve(dirname(outputPath));
  const isBeside = folder === resolve(dirname(sourcePath));
  const isWrong =
    (output?.folder !== undefined && folder !== resolve(output.folder)) ||
    (output?.besideOriginal !== undefined && output.besideOriginal !== isBeside);
  return isWrong ? { code: "policy.output" } : null;
}

/** Settings that the policy takes out of the person's hands. */
export function fixedSettings(policy: PolicyInForce): readonly FixedSetting[] {
  const rules = rulesOf(policy);
  const isFolderFixed = rules?.output?.folder !== undefined || rules?.output?.besideOriginal === true;
  return [
    ...(rules?.timestampUrl === undefined ? [] : (["timestampUrl"] as const)),
    ...(isFolderFixed ? (["outputFolder"] as const) : []),
    ...(rules?.ownAuthorities === false ? (["authorities"] as const) : []),
  ];
}

/** The person's settings as they hold under the policy. What is stored stays as it was. */
export function underPolicy(settings: Settings, policy: PolicyInForce): Settings {
  if (policy.kind !== "policy") {
    return settings;
  }
  const { rules, anchors, bankIdRoots } = policy.policy;
  const { timestampUrl = settings.timestampUrl, output } = rules;
  const outputFolder = output?.besideOriginal === true ? null : (output?.folder ?? settings.outputFolder);
  return {
    ...settings,
    timestampUrl,
    outputFolder,
    trustAnchors: [...ownUnder(rules, settings.trustAnchors), ...anchors],
    bankidRoots: [...ownUnder(rules, settings.bankidRoots), ...bankIdRoots],
  };
}

/** What is left of the authorities (PEM) that people have added themselves. */
export function ownUnder(rules: Policy | null, pems: readonly string[]): readonly string[] {
  if (rules?.ownAuthorities === false) {
    return [];
  }
  return rules?.practice === false
    ? pems.filter((pem) => !readableCertificates([pem]).some(isPracticeAuthority))
    : pems;
}
