import type { MessageKey } from "../../../../shared/messages/en.ts";
import type { HttpClient } from "../../../net/http-client.ts";
import { acceptedPolicies, bankidProfileSchema, readRoots } from "../../../providers/bankid/bankid-profile.ts";
import type { BankIdProfile, BankIdSecrets } from "../../../providers/bankid/bankid-profile.ts";
import type { BankIdSettings } from "../../../providers/bankid/flow/settings.ts";
import { createBankIdProvider } from "../../../providers/bankid/create-bankid-provider.ts";
import { probeBankId } from "../../../providers/bankid/probe-bankid.ts";
import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { EvidenceEnvironment } from "../../signing/evidence/evidence-environment.ts";
import { sealFromPem } from "../../signing/evidence/organisation-seal.ts";
import type { OrganisationSeal } from "../../signing/evidence/organisation-seal.ts";
import { sealPem } from "../read-client-certificate.ts";
import { defineSetup } from "../provider-setup.ts";
import type { ProviderPart } from "../provider-setup.ts";
import type { SecretLender } from "../secret-lender.ts";
import { BANKID_FORM } from "./bankid-form.ts";
import { wayOf } from "./common-fields.ts";

const SENTENCES: Readonly<Record<string, MessageKey>> = {
  "BankID's test root is not for production": "profile.wrong.test-root",
  "kinds of test BankIDs are not for production": "profile.wrong.test-policy",
};

export const bankidSetup = defineSetup({
  provider: "bankid",
  schema: bankidProfileSchema,
  form: BANKID_FORM,
  sentenceOf: (message) => SENTENCES[message],
  open: (settings) => {
    const { connection } = settings;
    const way = wayOf(settings, connection.baseUrl);
    const profile = { ...settings, connection: { ...connection, baseUrl: way.address } };
    return {
      ...way,
      clientCertificate: connection.clientCertificate ?? null,
      bankIdRoots: settings.roots,
      makeProvider: async ({ http, secrets }) => {
        const seal = await lentSeal(settings, secrets);
        return bankidPart({
          profile,
          http,
          secrets: secretsOf(profile, secrets),
          recipient: new URL(connection.baseUrl).host,
          sealedBy: seal.ok ? (seal.value?.organisation ?? null) : null,
          seal: () => lentSeal(settings, secrets),
        });
      },
      probe: ({ http, secrets }, probed, signal) =>
        probeBankId(profile, http, secretsOf(profile, secrets), probed, signal),
    };
  },
});

/** BankID over one profile. `sealedBy`: the organisation whose seal stands over the evidence; null: none. */
export function bankidPart({
  profile,
  http,
  secrets,
  recipient,
  sealedBy,
  seal,
  settings = {},
}: {
  readonly profile: BankIdProfile;
  readonly http: HttpClient;
  readonly secrets: BankIdSecrets;
  readonly recipient: string;
  readonly sealedBy: string | null;
  readonly seal: EvidenceEnvironment["seal"];
  readonly settings?: Partial<BankIdSettings>;
}): ProviderPart {
  const { language, format, roots } = profile;
  return {
    provider: createBankIdProvider({ profile, http, secrets, settings }),
    recipient,
    label: "BankID",
    policies: [],
    defaultPolicy: null,
    commitmentTypes: [],
    bankid: { language, format, sealedBy },
    evidence: { trust: { roots: readRoots(roots) ?? [], policies: acceptedPolicies(profile) }, seal },
  };
}

function secretsOf({ connection }: BankIdProfile, secrets: SecretLender): BankIdSecrets {
  return {
    password: async () => {
      const id = connection.kind === "phenixid" ? connection.basic?.password : undefined;
      return id === undefined ? failed({ code: "provider.no-credentials" }) : secrets.text(id);
    },
  };
}

/** Null: the organisation has none. */
async function lentSeal(
  { seal }: BankIdProfile,
  secrets: SecretLender,
): Promise<Result<OrganisationSeal | null, Failure>> {
  if (seal === undefined) {
    return success(null);
  }
  const identity = await secrets.identity(seal);
  return identity.ok ? sealFromPem(sealPem(identity.value)) : identity;
}
