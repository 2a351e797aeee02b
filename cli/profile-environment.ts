import { randomUUID } from "node:crypto";
import type { ProviderId } from "../shared/ids.ts";
import type { Failure } from "../shared/failure.ts";
import { failureWords, words } from "../shared/messages/words.ts";
import type { EnvironmentKind } from "../shared/profiles.ts";
import { NetworkWatch } from "../electron/services/application/network-watch.ts";
import { Practice } from "../electron/services/application/practice.ts";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { underPolicy } from "../electron/services/policy/policy-rules.ts";
import { CertificateImports } from "../electron/services/profiles/certificate-imports.ts";
import { clientFacts, storedIds } from "../electron/services/profiles/profile-secrets.ts";
import type { ProviderSetup } from "../electron/services/profiles/provider-setup.ts";
import { createEnvironments } from "../electron/services/signing/environments.ts";
import { ownAnchors } from "../electron/services/signing/own-anchors.ts";
import { environmentKind } from "../electron/services/signing/signing-environment.ts";
import type { SigningEnvironment, SigningEnvironments } from "../electron/services/signing/signing-environment.ts";
import type { StoredProfile } from "../electron/storage/profiles.ts";
import { readSettings } from "../electron/storage/settings.ts";
import { connectedPractice } from "./connected-practice.ts";
import { proxiesOf } from "./environment-proxies.ts";
import { CannotStart, UsageError } from "./exit-status.ts";
import { openDesk, profileNamed, profilesOf, sessionSecrets, setupNamed } from "./profile-desk.ts";
import type { SignArguments, SignSurroundings } from "./run-sign.ts";
import { givenSecrets } from "./secret-sources.ts";
import type { Opened } from "./sign-parts.ts";
import { secretQuestion } from "./terminal-secret.ts";
import { trustUnderPolicy } from "./trust-under-policy.ts";

export interface OpenedProfileEnvironment extends Opened<SigningEnvironment> {
  /** Other profiles, for what earlier commands left undone. */
  readonly others: SigningEnvironments["get"];
}

const DAY = 86_400_000;
const WARNING_DAYS = 30;

/** A provider as the organisation has set it up in the desktop program, or with `sealdesk profile add`. */
export async function openProfileEnvironment(
  provider: ProviderId,
  options: SignArguments,
  { data, environment, tell }: SignSurroundings,
  policy: PolicyInForce,
): Promise<OpenedProfileEnvironment> {
  const store = profilesOf(data);
  const name = options.profile ?? store.active(provider);
  if (name === null) {
    throw new UsageError(
      `no ${provider} profile is in use; --profile NAME names one, --profile sandbox is practice mode`,
    );
  }
  const setup = setupNamed(provider);
  const stored = profileNamed(store, provider, name);
  const proxies = proxiesOf(environment);
  const parts = { data, proxies: () => proxies, tell };
  const imports = new CertificateImports(randomUUID);
  const changes = await givenSecrets(setup, options, environment, imports, secretQuestion());
  const session = await sessionSecrets(setup, stored, changes, imports);
  const desk = openDesk(parts, store, session);
  const { autoApprove, phone } = options;
  let connected: ReturnType<typeof connectedPractice> | null = null;
  const startPractice = () => (connected ??= connectedPractice(data, { autoApprove, phone: phone ?? null }));
  const practice = new Practice({ startPractice }, () => undefined);
  const close = async (): Promise<void> => {
    await practice.close();
    desk.close();
  };
  try {
    const kind = desk.service.environmentOf(provider, name);
    if (autoApprove && kind !== "sandbox") {
      throw new UsageError("--auto-approve is for practice mode only");
    }
    if (kind === "sandbox") {
      // First, for its own word on what is wrong; then as the one that is closed in the end.
      await startPractice();
      await practice.environment();
    }
    const anchors = await trustUnderPolicy(options.trust, policy);
    const settings = underPolicy(readSettings(data), policy);
    const watch = new NetworkWatch(() => tell(words(watch.notices.length > 0 ? "network.waiting" : "network.back")));
    const environments = createEnvironments({
      practice,
      resolveProxy: proxies,
      profiles: desk.service,
      ownAnchors: () => [...ownAnchors(settings), ...anchors],
      timestampUrl: () => options.tsa ?? settings.timestampUrl,
      onExchange: (exchange) => watch.heard(exchange),
    });
    const made = await environments.get(provider, name);
    if (!made.ok) {
      throw new CannotStart(
        `profile ${name}: ${failureWords(made.failure).join(" ")}${hint(made.failure, setup, stored)}`,
      );
    }
    tell(whereItLeads(made.value));
    tellExpiry(stored, Date.now(), tell);
    return { value: made.value, others: (other, profile) => environments.get(other, profile), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a command can do where the window would have the person unlock or fill in. */
function hint({ code }: Failure, setup: ProviderSetup, stored: StoredProfile): string {
  const isAboutSecrets = /^(?:app\.keychain-|vault\.|profile\.secret-missing$)/u.test(code);
  const options = Object.keys(storedIds(setup, stored)).map((name) => `--secret-env ${name}=VARIABLE`);
  return isAboutSecrets ? ` For this command alone they can be given: ${options.join(" ")} (or --secret-file).` : "";
}

/** SECURITY: said before anything is ordered. What is approved in production counts, and nobody may learn it afterwards. */
function whereItLeads(environment: SigningEnvironment): string {
  const { provider, profile, recipient } = environment;
  const way = `${provider.descriptor.id}, profile ${profile} (${recipient})`;
  const sentences: Readonly<Record<EnvironmentKind, string>> = {
    sandbox: `Practice mode: ${way}. This signature is not legally binding.`,
    test: `TEST environment: ${way}. This signature is not legally binding.`,
    production: `PRODUCTION: ${way}. What is approved now is a real signature.`,
  };
  return sentences[environmentKind(environment)];
}

function tellExpiry(stored: StoredProfile, now: number, tell: (text: string) => void): void {
  const until = clientFacts(setupNamed(stored.provider), stored.marks)?.validUntil;
  const left = until === undefined ? Number.NaN : Date.parse(until) - now;
  if (until !== undefined && left < WARNING_DAYS * DAY) {
    tell(`The client certificate of this profile ${left < 0 ? "expired" : "expires"} on ${until.slice(0, 10)}.`);
  }
}
