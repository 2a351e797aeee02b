import type { TrustAnchorView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { sha256Hex } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { isBankIdTestRoot } from "../../evidence/bankid/bankid-kinds.ts";
import { fingerprint, readableCertificates } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { MAXIMUM_AUTHORITIES } from "../../storage/settings.ts";
import type { SettingsStore } from "../../storage/settings.ts";
import type { PolicyInForce } from "../policy/load-policy.ts";
import { fixedSettings } from "../policy/policy-rules.ts";
import { chooseAuthorities } from "../profiles/certificate-imports.ts";
import type { ApplicationPorts } from "../ports.ts";
import { describeCertificate } from "../signing/certificate-choice.ts";
import type { ChangeSettings } from "./change-settings.ts";
import type { HandlersOf } from "./command-handlers.ts";

export interface AuthorityParts {
  readonly ports: Pick<ApplicationPorts, "dialogs">;
  readonly settings: SettingsStore;
  readonly policy: PolicyInForce;
  readonly change: ChangeSettings;
}

/** The two lists of certificates that say whom this program believes. */
type AuthorityList = "trustAnchors" | "bankidRoots";

type AuthorityHandlers = Pick<
  HandlersOf<"settings">,
  "settings.addTrustAnchors" | "settings.removeTrustAnchor" | "settings.addBankIdRoots" | "settings.removeBankIdRoot"
>;

/** Whom signatures are judged against: added from files, shown with their facts, removed one by one. */
export function authorityCommands(parts: AuthorityParts): AuthorityHandlers {
  return {
    "settings.addTrustAnchors": () => add("trustAnchors", parts),
    "settings.removeTrustAnchor": async ({ sha256 }) => remove("trustAnchors", sha256, parts),
    "settings.addBankIdRoots": () => add("bankidRoots", parts),
    "settings.removeBankIdRoot": async ({ sha256 }) => remove("bankidRoots", sha256, parts),
  };
}

async function add(
  list: AuthorityList,
  { ports, settings, policy, change }: AuthorityParts,
): Promise<Result<null, Failure>> {
  if (fixedSettings(policy).includes("authorities")) {
    return failed({ code: "policy.fixed" });
  }
  const paths = await ports.dialogs.chooseAuthorities();
  if (paths.length === 0) {
    return success(null);
  }
  const chosen = await chooseAuthorities(paths);
  if (!chosen.ok) {
    return chosen;
  }
  const added = chosen.value.map(({ pem }) => pem);
  if (list === "bankidRoots" && readableCertificates(added).some(isBankIdTestRoot)) {
    // SECURITY: anybody can have a test BankID in any name.
    return failed({ code: "settings.bankid-test-root" });
  }
  const pems = [...new Set([...settings.current[list], ...added])];
  if (pems.length > MAXIMUM_AUTHORITIES[list]) {
    return failed({ code: "settings.too-many-authorities", params: { count: MAXIMUM_AUTHORITIES[list] } });
  }
  change({ [list]: pems });
  return success(null);
}

function remove(
  list: AuthorityList,
  sha256: string,
  { settings, change }: Pick<AuthorityParts, "settings" | "change">,
): Result<null, Failure> {
  const isOther = (pem: string): boolean => readableCertificates([pem]).every((root) => fingerprint(root) !== sha256);
  change({ [list]: settings.current[list].filter(isOther) });
  return success(null);
}

/** What the window shows. `laidDown`: PEM of those that the administrator has laid down. */
export function authorityViews(pems: readonly string[], laidDown: readonly string[]): readonly TrustAnchorView[] {
  const fixed = new Set(readableCertificates(laidDown).map(fingerprint));
  return distinct(readableCertificates(pems)).map((authority) => ({
    sha256: sha256Hex(fingerprint(authority)),
    facts: describeCertificate(authority),
    isFixed: fixed.has(fingerprint(authority)),
  }));
}

/** Somebody may have added what the administrator lays down, too. */
const distinct = (authorities: readonly Certificate[]): readonly Certificate[] => [
  ...new Map(authorities.map((authority) => [fingerprint(authority), authority] as const)).values(),
];
