import type { ProviderView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { HttpClientOptions, HttpExchange } from "../../net/http-client.ts";
import type { ProxyResolver } from "../../net/proxy-route.ts";
import { fingerprint } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { PRACTICE_PROFILE } from "../../storage/profiles.ts";
import type { Practice } from "../application/practice.ts";
import type { PracticeEnvironment } from "../practice-environment.ts";
import type { ProfileService } from "../profiles/profile-service.ts";
import { certificateEnvironment, certificateView } from "./certificate-environments.ts";
import type { CertificateParts } from "./certificate-environments.ts";
import { anchorsOf } from "./practice/practice-anchors.ts";
import { openingPracticeApp, practiceBankId } from "./practice/practice-bankid.ts";
import { practiceFourthline } from "./practice/practice-fourthline.ts";
import { practiceIdnow } from "./practice/practice-idnow.ts";
import { practiceItsme } from "./practice/practice-itsme.ts";
import { practiceServices } from "./practice/practice-services.ts";
import { profileEnvironment } from "./profile-environment.ts";
import { brokenView, providerView } from "./provider-views.ts";
import type { SigningEnvironment, SigningEnvironments } from "./signing-environment.ts";
import { timestampServices } from "./timestamp-services.ts";

type Made = Result<SigningEnvironment, Failure>;
type MakePractice = (sandbox: PracticeEnvironment, network: HttpClientOptions) => Promise<SigningEnvironment>;

/** Providers that can be practised with, each made ready over the sandbox. */
const PRACTICE: ReadonlyMap<ProviderId, MakePractice> = new Map([
  ["itsme", practiceItsme],
  ["idnow", practiceIdnow],
  ["fourthline", practiceFourthline],
  ["bankid", practiceBankId],
]);

/** The order in which they are offered. */
const REMOTE: readonly ProviderId[] = ["itsme", "idnow", "bankid", "fourthline"];

export interface Environments extends SigningEnvironments {
  /** Whom opened documents are judged against. */
  readonly trustAnchors: () => Promise<readonly Certificate[]>;
  readonly providerViews: () => Promise<readonly ProviderView[]>;
}

export interface EnvironmentParts {
  readonly practice: Practice;
  readonly resolveProxy?: ProxyResolver | undefined;
  readonly onExchange?: ((exchange: HttpExchange) => void) | undefined;
  /** Local certificates; without these only remote providers are offered (the command line brings its own certificate). */
  readonly certificates?: Omit<CertificateParts, "network" | "trustAnchors">;
  /** Absent: everything is practice. */
  readonly profiles?: ProfileService;
  /** Roots that the settings name; absent: none. */
  readonly ownAnchors?: () => readonly Certificate[];
  /** Address of the timestamp service that the settings name; null: none. */
  readonly timestampUrl?: () => string | null;
  /** Whether signatures under the practice root count as good: only while somebody practises. */
  readonly trustsPractice?: () => boolean;
}

/** Providers made ready for use: through the profile in use, or with the practice providers as long as there is none. */
export function createEnvironments(parts: EnvironmentParts): Environments {
  const { practice, resolveProxy, onExchange, certificates, profiles } = parts;
  const ownAnchors = parts.ownAnchors ?? (() => []);
  const trustsPractice = parts.trustsPractice ?? (() => true);
  const network: HttpClientOptions = {
    ...(resolveProxy === undefined ? {} : { resolveProxy }),
    ...(onExchange === undefined ? {} : { onExchange }),
  };
  const made = new Map<string, Promise<Made>>();

  const trustAnchors = async (): Promise<readonly Certificate[]> => {
    const environment = trustsPractice() ? await practice.environment() : null;
    return [...ownAnchors(), ...(environment?.ok === true ? anchorsOf(environment.value) : [])];
  };

  /** Kept until it fails: a port, a disk or a keychain may be there again the next time. */
  const remembered = async (key: string, make: () => Promise<Made>): Promise<Made> => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    const outcome = await known;
    if (!outcome.ok) {
      made.delete(key);
    }
    return outcome;
  };

  const practised = async (provider: ProviderId): Promise<Made> => {
    const make = PRACTICE.get(provider);
    return make === undefined
      ? failed({ code: "provider.not-available", params: { provider } })
      : remembered(`practice ${provider}`, () => over(practice, network, make));
  };

  const throughProfile = async (service: ProfileService, provider: ProviderId, name: string): Promise<Made> => {
    const missing = await service.checkSecrets(provider, name);
    const opened = service.open(provider, name);
    if (!opened.ok || missing !== null) {
      return opened.ok ? failed(missing ?? { code: "app.internal" }) : opened;
    }
    const url = parts.timestampUrl?.() ?? null;
    const anchors = ownAnchors();
    // A change of anything that it is made of makes it anew.
    const key = JSON.stringify([provider, name, service.revision, url, anchors.map(fingerprint)]);
    return remembered(key, async () => {
      const sandbox = opened.value.environment === "sandbox" ? await practice.environment() : null;
      if (sandbox?.ok === false) {
        return sandbox;
      }
      const services =
        sandbox === null
          ? timestampServices({ url, trustAnchors: anchors, timestampAnchors: "none", network })
          : practiceServices(sandbox.value, network);
      const { environment, provisional } = await profileEnvironment({
        name,
        opened: opened.value,
        secrets: service.lender(),
        network,
        services,
      });
      if (provisional) {
        made.delete(key);
      }
      return success(inPractice(environment, sandbox?.value ?? null));
    });
  };

  const get = async (provider: ProviderId, profile: string | null): Promise<Made> => {
    if (provider === "certificate" && certificates !== undefined) {
      return certificateEnvironment({ ...certificates, network, trustAnchors }, practice, profile);
    }
    const name = profile ?? profiles?.active(provider) ?? PRACTICE_PROFILE;
    if (name === PRACTICE_PROFILE) {
      return practised(provider);
    }
    return profiles === undefined
      ? failed({ code: "provider.not-available", params: { provider } })
      : throughProfile(profiles, provider, name);
  };

  const viewOf = async (provider: ProviderId): Promise<readonly ProviderView[]> => {
    const name = profiles?.active(provider) ?? null;
    if (name === null && !PRACTICE.has(provider)) {
      return [];
    }
    const environment = await get(provider, null);
    if (environment.ok) {
      return [providerView(environment.value)];
    }
    // Practice that cannot start is told by the practice bar.
    return name === null || profiles === undefined
      ? []
      : [brokenView(provider, name, profiles.environmentOf(provider, name), environment.failure)];
  };

  return {
    get,
    trustAnchors,
    providerViews: async () => {
      const remote = (await Promise.all(REMOTE.map(viewOf))).flat();
      return certificates === undefined ? remote : [...remote, certificateView(certificates.settings())];
    },
  };
}

/** The app on this computer is a page of the sandbox as long as the sandbox plays BankID. */
function inPractice(environment: SigningEnvironment, sandbox: PracticeEnvironment | null): SigningEnvironment {
  return sandbox === null || environment.provider.descriptor.id !== "bankid"
    ? environment
    : { ...environment, provider: openingPracticeApp(environment.provider, sandbox.bankid.appUrl) };
}

async function over(practice: Practice, network: HttpClientOptions, make: MakePractice): Promise<Made> {
  const sandbox = await practice.environment();
  return sandbox.ok ? success(await make(sandbox.value, network)) : sandbox;
}
