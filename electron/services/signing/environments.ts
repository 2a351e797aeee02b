import type { PolicyView, ProviderView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { createHttpClient } from "../../net/http-client.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import type { ProxyResolver } from "../../net/proxy-route.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { defaultPolicy } from "../../providers/itsme/discovery.ts";
import type { ItsmeChoice } from "../../providers/itsme/discovery.ts";
import { createItsmeProvider } from "../../providers/itsme/create-itsme-provider.ts";
import { itsmeHttpOptions } from "../../providers/itsme/itsme-profile.ts";
import type { Practice } from "../application/practice.ts";
import { createExtension } from "../extending/create-extension.ts";
import { anchorsOf } from "./practice-anchors.ts";
import { certificateEnvironment, certificateView } from "./certificate-environments.ts";
import type { CertificateParts } from "./certificate-environments.ts";
import type { SigningEnvironment, SigningEnvironments } from "./signing-environment.ts";
import { timestamper } from "./timestamper.ts";

/** Name of the practice profile, as the command line takes it. */
export const SANDBOX_PROFILE = "sandbox";

const ALL_LEVELS = ["B-B", "B-T", "B-LT", "B-LTA"] as const;

/** The sandbox is on this computer: asking it often costs nobody anything, and practice goes on without pauses. */
const PRACTICE_POLLING = { firstPoll: 400, pollInterval: 800 };

export interface Environments extends SigningEnvironments {
  readonly trustAnchors: () => Promise<readonly Certificate[]>;
  readonly providerViews: () => Promise<readonly ProviderView[]>;
}

export interface EnvironmentParts {
  readonly practice: Practice;
  readonly resolveProxy?: ProxyResolver | undefined;
  /** Local certificates; without these only itsme is offered (the command line brings its own certificate). */
  readonly certificates?: Omit<CertificateParts, "network">;
}

/** Providers made ready for use. Until an administrator has set up a profile, itsme is practice. */
export function createEnvironments({ practice, resolveProxy, certificates }: EnvironmentParts): Environments {
  const network: HttpClientOptions = resolveProxy === undefined ? {} : { resolveProxy };
  let itsme: Promise<Result<SigningEnvironment, Failure>> | null = null;

  const get = async (provider: ProviderId, profile: string | null): Promise<Result<SigningEnvironment, Failure>> => {
    if (provider === "certificate" && certificates !== undefined) {
      return certificateEnvironment({ ...certificates, network }, practice, profile);
    }
    if (provider !== "itsme" || (profile !== null && profile !== SANDBOX_PROFILE)) {
      return failed({ code: "provider.not-available", params: { provider } });
    }
    itsme ??= practiceItsme(practice, network);
    const made = await itsme;
    if (!made.ok) {
      itsme = null;
    }
    return made;
  };

  return {
    get,
    trustAnchors: async () => {
      const environment = await practice.environment();
      return environment.ok ? anchorsOf(environment.value) : [];
    },
    providerViews: async () => {
      const environment = await get("itsme", SANDBOX_PROFILE);
      const remote = environment.ok ? [viewOf(environment.value)] : [];
      return certificates === undefined ? remote : [...remote, certificateView(certificates.settings())];
    },
  };
}

async function practiceItsme(
  practice: Practice,
  network: HttpClientOptions,
): Promise<Result<SigningEnvironment, Failure>> {
  const environment = await practice.environment();
  if (!environment.ok) {
    return environment;
  }
  const sandbox = environment.value;
  const clientCertificate = { certificatePem: sandbox.clientCertificatePem, keyPem: sandbox.clientKeyPem };
  const http = createHttpClient({ ...network, ...itsmeHttpOptions(sandbox.itsme, { clientCertificate }) });
  const provider = createItsmeProvider({ profile: sandbox.itsme, http, settings: PRACTICE_POLLING });
  const discovery = await provider.discover();
  const services = createHttpClient(network);
  return success({
    profile: SANDBOX_PROFILE,
    practice: true,
    provider,
    recipient: new URL(sandbox.itsme.baseUrl).host,
    label: "itsme",
    policies: discovery.policies.map((policy) => policyView(policy, policy.url)),
    defaultPolicy: defaultPolicy(discovery),
    commitmentTypes: discovery.commitmentTypes.map((type) => policyView(type, null)),
    trustAnchors: anchorsOf(sandbox),
    timestampHost: new URL(sandbox.timestampUrl).host,
    timestamp: timestamper(services, sandbox.timestampUrl, anchorsOf(sandbox)),
    extend: createExtension({
      transport: services,
      timestampUrl: sandbox.timestampUrl,
      anchors: anchorsOf(sandbox),
      timestampAnchors: anchorsOf(sandbox),
      now: () => new Date(),
    }),
  });
}

function policyView(choice: ItsmeChoice, url: string | null): PolicyView {
  return { reference: choice.reference, text: choice.texts.EN ?? choice.reference, url };
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
    idnow: null,
  };
}
