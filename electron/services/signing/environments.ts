import type { ProviderView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { HttpClientOptions, HttpExchange } from "../../net/http-client.ts";
import type { ProxyResolver } from "../../net/proxy-route.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { Practice } from "../application/practice.ts";
import type { PracticeEnvironment } from "../practice-environment.ts";
import { certificateEnvironment, certificateView } from "./certificate-environments.ts";
import type { CertificateParts } from "./certificate-environments.ts";
import { anchorsOf } from "./practice/practice-anchors.ts";
import { practiceBankId } from "./practice/practice-bankid.ts";
import { practiceFourthline } from "./practice/practice-fourthline.ts";
import { practiceIdnow } from "./practice/practice-idnow.ts";
import { practiceItsme } from "./practice/practice-itsme.ts";
import { SANDBOX_PROFILE } from "./practice/practice-services.ts";
import type { SigningEnvironment, SigningEnvironments } from "./signing-environment.ts";

const ALL_LEVELS = ["B-B", "B-T", "B-LT", "B-LTA"] as const;

/** Providers that can be practised with, each made ready over the sandbox; in the order in which they are offered. */
const PRACTICE: ReadonlyMap<ProviderId, MakePractice> = new Map([
  ["itsme", practiceItsme],
  ["idnow", practiceIdnow],
  ["fourthline", practiceFourthline],
  ["bankid", practiceBankId],
]);

type MakePractice = (sandbox: PracticeEnvironment, network: HttpClientOptions) => Promise<SigningEnvironment>;

export interface Environments extends SigningEnvironments {
  readonly trustAnchors: () => Promise<readonly Certificate[]>;
  readonly providerViews: () => Promise<readonly ProviderView[]>;
}

export interface EnvironmentParts {
  readonly practice: Practice;
  readonly resolveProxy?: ProxyResolver | undefined;
  readonly onExchange?: ((exchange: HttpExchange) => void) | undefined;
  /** Local certificates; without these only remote providers are offered (the command line brings its own certificate). */
  readonly certificates?: Omit<CertificateParts, "network">;
}

/** Providers made ready for use. Until an administrator has set up a profile, every provider is practice. */
export function createEnvironments({
  practice,
  resolveProxy,
  onExchange,
  certificates,
}: EnvironmentParts): Environments {
  const network: HttpClientOptions = {
    ...(resolveProxy === undefined ? {} : { resolveProxy }),
    ...(onExchange === undefined ? {} : { onExchange }),
  };
  const made = new Map<ProviderId, Promise<Result<SigningEnvironment, Failure>>>();

  const practised = async (provider: ProviderId): Promise<Result<SigningEnvironment, Failure>> => {
    const make = PRACTICE.get(provider);
    if (make === undefined) {
      return failed({ code: "provider.not-available", params: { provider } });
    }
    const environment = made.get(provider) ?? over(practice, network, make);
    made.set(provider, environment);
    const outcome = await environment;
    if (!outcome.ok) {
      // A port or a disk may be free again the next time.
      made.delete(provider);
    }
    return outcome;
  };

  const get = async (provider: ProviderId, profile: string | null): Promise<Result<SigningEnvironment, Failure>> => {
    if (provider === "certificate" && certificates !== undefined) {
      return certificateEnvironment({ ...certificates, network }, practice, profile);
    }
    return profile === null || profile === SANDBOX_PROFILE
      ? practised(provider)
      : failed({ code: "provider.not-available", params: { provider } });
  };

  return {
    get,
    trustAnchors: async () => {
      const environment = await practice.environment();
      return environment.ok ? anchorsOf(environment.value) : [];
    },
    providerViews: async () => {
      const environments = await Promise.all([...PRACTICE.keys()].map(practised));
      const remote = environments.flatMap((environment) => (environment.ok ? [viewOf(environment.value)] : []));
      return certificates === undefined ? remote : [...remote, certificateView(certificates.settings())];
    },
  };
}

async function over(
  practice: Practice,
  network: HttpClientOptions,
  make: MakePractice,
): Promise<Result<SigningEnvironment, Failure>> {
  const sandbox = await practice.environment();
  return sandbox.ok ? success(await make(sandbox.value, network)) : sandbox;
}

function viewOf(environment: SigningEnvironment): ProviderView {
  const { descriptor } = environment.provider;
  return {
    id: descriptor.id,
    available: true,
    takes: descriptor.takes,
    maximumDocuments: descriptor.maximumDocuments,
    levels: environment.timestamp === null ? ["B-B"] : ALL_LEVELS,
    languages: descriptor.languages,
    policies: environment.policies,
    commitmentTypes: environment.commitmentTypes,
    drawsMark: descriptor.drawsMark ?? false,
    takesPlace: descriptor.takesPlace ?? true,
    idnow: environment.idnow ?? null,
    bankid: environment.bankid ?? null,
    fourthline: environment.fourthline ?? null,
  };
}
