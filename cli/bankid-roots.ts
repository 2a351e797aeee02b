import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { ownUnder, rulesOf } from "../electron/services/policy/policy-rules.ts";
import { configuredBankIdRoots } from "../electron/services/verifying/bankid-roots.ts";
import type { Certificate } from "../electron/pki/certificate.ts";
import { trustUnderPolicy } from "./trust-under-policy.ts";

/** Whom this command believes about persons with BankID: the roots of the settings, of `--bankid-root` and of the policy. */
export async function readBankIdRoots(
  paths: readonly string[],
  data: string,
  policy: PolicyInForce,
): Promise<readonly Certificate[]> {
  return [
    ...(await rootsOfSettings(data, policy)),
    ...(await trustUnderPolicy(paths, policy, "--bankid-root")),
    ...(policy.kind === "policy" ? configuredBankIdRoots(policy.policy.bankIdRoots) : []),
  ];
}

/** What reads settings takes longer to load than a file to be judged, so it is loaded only when there are roots in them. */
async function rootsOfSettings(data: string, policy: PolicyInForce): Promise<readonly Certificate[]> {
  const text = await readFile(join(data, "settings.json"), "utf8").catch(() => "");
  if (!/"bankidRoots":\s*\[\s*"/u.test(text)) {
    return [];
  }
  const { readSettings } = await import("../electron/storage/settings.ts");
  return configuredBankIdRoots(ownUnder(rulesOf(policy), readSettings(data).bankidRoots));
}
