import type { MessageKey } from "../../../../shared/messages/en.ts";
import type { FormField, ProfileForm } from "../../../../shared/profiles.ts";
import { acceptedPolicies, bankidProfileSchema, readRoots } from "../../../providers/bankid/bankid-profile.ts";
import type { BankIdProfile, BankIdSecrets } from "../../../providers/bankid/bankid-profile.ts";
import { createBankIdProvider } from "../../../providers/bankid/create-bankid-provider.ts";
import { probeBankId } from "../../../providers/bankid/probe-bankid.ts";
import type { Failure } from "../../../../shared/failure.ts";
import { success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { sealFromPem } from "../../signing/evidence/organisation-seal.ts";
import type { OrganisationSeal } from "../../signing/evidence/organisation-seal.ts";
import { sealPem } from "../read-client-certificate.ts";
import { defineSetup } from "../provider-setup.ts";
import type { SecretLender } from "../secret-lender.ts";
import { CLIENT_CERTIFICATE_HELP, ENVIRONMENT_FIELD, NETWORK_SECTION, wayOf } from "./common-fields.ts";

const onPhenixId = { field: "connection.kind", is: ["phenixid"] } as const;
const onRpApi = { field: "connection.kind", is: ["rp-api"] } as const;

const clientCertificate = {
  name: "connection.clientCertificate",
  label: "profile.client-certificate",
  kind: "client-certificate",
  purpose: "client",
} as const;

const connectionFields: readonly FormField[] = [
  {
    name: "connection.baseUrl",
    label: "profile.bankid.base-url",
    help: "profile.bankid.base-url.help",
    required: true,
    kind: "text",
    format: "https",
    maximum: 255,
    placeholder: "https://sign.example.org",
  },
  {
    name: "connection.tenant",
    label: "profile.bankid.tenant",
    help: "profile.bankid.tenant.help",
    required: true,
    when: onPhenixId,
    kind: "text",
    format: "code",
    maximum: 200,
  },
  {
    name: "connection.basic.user",
    label: "profile.bankid.user",
    help: "profile.bankid.user.help",
    required: false,
    when: onPhenixId,
    kind: "text",
    format: "user",
    maximum: 200,
  },
  {
    name: "connection.basic.password",
    label: "profile.bankid.password",
    help: "profile.bankid.password.help",
    required: false,
    when: onPhenixId,
    kind: "secret",
    format: "password",
  },
  { ...clientCertificate, help: CLIENT_CERTIFICATE_HELP, required: false, when: onPhenixId },
  { ...clientCertificate, help: "profile.bankid.rp-certificate.help", required: true, when: onRpApi },
  {
    name: "connection.endUserIp",
    label: "profile.bankid.end-user-ip",
    help: "profile.bankid.end-user-ip.help",
    required: true,
    when: onRpApi,
    kind: "text",
    format: "ip",
    maximum: 45,
  },
];

const form: ProfileForm = {
  provider: "bankid",
  sections: [
    {
      title: "profile.section.letter",
      fields: [
        ENVIRONMENT_FIELD,
        {
          name: "connection.kind",
          label: "profile.bankid.kind",
          help: "profile.bankid.kind.help",
          required: true,
          kind: "choice",
          options: [
            { value: "phenixid", label: "profile.bankid.kind.phenixid" },
            { value: "rp-api", label: "profile.bankid.kind.rp-api" },
          ],
          usual: "phenixid",
        },
        ...connectionFields,
        {
          name: "seal",
          label: "profile.bankid.seal",
          help: "profile.bankid.seal.help",
          required: false,
          kind: "client-certificate",
          purpose: "seal",
        },
        {
          name: "roots",
          label: "profile.bankid.roots",
          help: "profile.bankid.roots.help",
          required: true,
          kind: "certificates",
        },
      ],
    },
    {
      title: "profile.section.further",
      folded: true,
      fields: [
        {
          name: "language",
          label: "profile.bankid.language",
          help: "profile.bankid.language.help",
          required: true,
          kind: "choice",
          options: [
            { value: "sv", label: "profile.bankid.language.sv" },
            { value: "en", label: "profile.bankid.language.en" },
          ],
          usual: "sv",
        },
        {
          name: "pinCode",
          label: "profile.bankid.pin-code",
          help: "profile.bankid.pin-code.help",
          required: false,
          kind: "switch",
          usual: false,
        },
        {
          name: "mrtd",
          label: "profile.bankid.mrtd",
          help: "profile.bankid.mrtd.help",
          required: false,
          kind: "switch",
          usual: false,
        },
        {
          name: "risk",
          label: "profile.bankid.risk",
          help: "profile.bankid.risk.help",
          required: false,
          kind: "choice",
          options: [
            { value: "", label: "profile.bankid.risk.any" },
            { value: "MODERATE", label: "profile.bankid.risk.MODERATE" },
            { value: "LOW", label: "profile.bankid.risk.LOW" },
          ],
          usual: "",
        },
        {
          name: "policies",
          label: "profile.bankid.policies",
          help: "profile.bankid.policies.help",
          required: false,
          kind: "lines",
          format: "oid",
          maximum: 20,
        },
        {
          name: "connection.encode",
          label: "profile.bankid.encode",
          help: "profile.bankid.encode.help",
          required: true,
          when: onPhenixId,
          kind: "choice",
          options: [
            { value: "plain", label: "profile.bankid.encode.plain" },
            { value: "base64", label: "profile.bankid.encode.base64" },
          ],
          usual: "plain",
        },
      ],
    },
    NETWORK_SECTION,
  ],
};

const SENTENCES: Readonly<Record<string, MessageKey>> = {
  "BankID's test root is not for production": "profile.wrong.test-root",
  "kinds of test BankIDs are not for production": "profile.wrong.test-policy",
};

export const bankidSetup = defineSetup({
  provider: "bankid",
  schema: bankidProfileSchema,
  form,
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
        return {
          provider: createBankIdProvider({ profile, http, secrets: secretsOf(profile, secrets) }),
          recipient: new URL(connection.baseUrl).host,
          label: "BankID",
          policies: [],
          defaultPolicy: null,
          commitmentTypes: [],
          bankid: {
            language: settings.language,
            format: settings.format,
            sealedBy: seal.ok ? (seal.value?.organisation ?? null) : null,
          },
          evidence: {
            trust: { roots: readRoots(settings.roots) ?? [], policies: acceptedPolicies(settings) },
            seal: () => lentSeal(settings, secrets),
          },
        };
      },
      probe: ({ http, secrets }, probed, signal) =>
        probeBankId(profile, http, secretsOf(profile, secrets), probed, signal),
    };
  },
});

function secretsOf({ connection }: BankIdProfile, secrets: SecretLender): BankIdSecrets {
  return {
    password: async () => {
      const id = connection.kind === "phenixid" ? connection.basic?.password : undefined;
      const lent = id === undefined ? null : await secrets.text(id);
      return lent?.ok === true ? lent.value : null;
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
