import { success } from "../../../../shared/result.ts";
import { createHttpClient } from "../../../net/http-client.ts";
import type { HttpClientOptions } from "../../../net/http-client.ts";
import { bankidHttpOptions, bankidProfileSchema } from "../../../providers/bankid/bankid-profile.ts";
import type { BankIdProfile, BankIdProfileInput } from "../../../providers/bankid/bankid-profile.ts";
import type { SigningProvider } from "../../../providers/provider.ts";
import type { PracticeBankId, PracticeEnvironment } from "../../practice-environment.ts";
import { bankidPart } from "../../profiles/setups/bankid-setup.ts";
import { sealFromPem } from "../evidence/organisation-seal.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { practiceServices } from "./practice-services.ts";

/** The sandbox is on this computer: it may be asked more often, but as BankID itself, not more than once a second. */
const POLLING = { pollInterval: 1_000 };

/** Practice has no vault: its password is shown to everybody. */
const PRACTICE_SECRET = "practice";

export function practiceBankId(sandbox: PracticeEnvironment, network: HttpClientOptions): Promise<SigningEnvironment> {
  const { bankid } = sandbox;
  const profile = practiceBankIdProfile(bankid, "phenixid");
  const http = createHttpClient({ ...network, ...bankidHttpOptions(profile) });
  const seal = sealFromPem(sandbox.seal);
  const part = bankidPart({
    profile,
    http,
    secrets: { password: () => Promise.resolve(success(bankid.phenixId.password)) },
    recipient: new URL(bankid.phenixId.baseUrl).host,
    sealedBy: seal.ok ? seal.value.organisation : null,
    seal: () => Promise.resolve(seal),
    settings: POLLING,
  });
  return Promise.resolve({
    ...practiceServices(sandbox, network),
    ...part,
    provider: openingPracticeApp(part.provider, bankid.appUrl),
  });
}

/** The profile that an administrator would write for the practice servers, for each way to reach them. */
export function practiceBankIdProfile(
  { extraCa, phenixId, phenixIdMutual, rootPem, rpApi }: PracticeBankId,
  way: "phenixid" | "phenixid-certificate" | "rp-api",
): BankIdProfile {
  const connections: Readonly<Record<typeof way, BankIdProfileInput["connection"]>> = {
    phenixid: {
      kind: "phenixid",
      baseUrl: phenixId.baseUrl,
      tenant: phenixId.tenant,
      basic: { user: phenixId.user, password: PRACTICE_SECRET },
    },
    "phenixid-certificate": { kind: "phenixid", ...phenixIdMutual, clientCertificate: PRACTICE_SECRET },
    "rp-api": { kind: "rp-api", ...rpApi, clientCertificate: PRACTICE_SECRET },
  };
  return bankidProfileSchema.parse({
    environment: "sandbox",
    connection: connections[way],
    roots: [rootPem],
    language: "en",
    extraCa: [...extraCa],
  });
}

/** Nobody has a practice app installed: links for BankID's app on this computer open the page that plays it. */
export function openingPracticeApp(provider: SigningProvider, appUrl: string): SigningProvider {
  return {
    ...provider,
    async advance(state, input, context) {
      const step = await provider.advance(state, input, context);
      if (step.kind !== "wait" || step.interaction.openLink === undefined) {
        return step;
      }
      const app = new URL(appUrl);
      app.search = new URL(step.interaction.openLink).search;
      return { ...step, interaction: { ...step.interaction, openLink: app.href } };
    },
  };
}
