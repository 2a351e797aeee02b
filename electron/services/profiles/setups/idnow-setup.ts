import { failed } from "../../../../shared/result.ts";
import type { ProfileForm } from "../../../../shared/profiles.ts";
import type { HttpClient } from "../../../net/http-client.ts";
import { createIdnowProvider } from "../../../providers/idnow/create-idnow-provider.ts";
import type { IdnowSettings } from "../../../providers/idnow/flow/settings.ts";
import { idnowProfileSchema } from "../../../providers/idnow/idnow-profile.ts";
import type { IdnowProfile, IdnowSecrets } from "../../../providers/idnow/idnow-profile.ts";
import { probeIdnow } from "../../../providers/idnow/probe-idnow.ts";
import { defineSetup } from "../provider-setup.ts";
import type { ProviderPart } from "../provider-setup.ts";
import type { SecretLender } from "../secret-lender.ts";
import { ENVIRONMENT_FIELD, NETWORK_SECTION, wayOf } from "./common-fields.ts";

const form: ProfileForm = {
  provider: "idnow",
  sections: [
    {
      title: "profile.section.letter",
      fields: [
        ENVIRONMENT_FIELD,
        {
          name: "baseUrl",
          label: "profile.idnow.base-url",
          help: "profile.idnow.base-url.help",
          required: true,
          kind: "text",
          format: "https",
          maximum: 255,
          placeholder: "https://customer.identity.tm/api/2.10/",
        },
        {
          name: "user",
          label: "profile.idnow.user",
          help: "profile.idnow.user.help",
          required: true,
          kind: "text",
          format: "user",
          maximum: 200,
        },
        {
          name: "password",
          label: "profile.idnow.password",
          help: "profile.idnow.password.help",
          required: true,
          kind: "secret",
          format: "password",
        },
        {
          name: "pageOrigins",
          label: "profile.page-origins",
          help: "profile.idnow.page-origins.help",
          required: true,
          kind: "lines",
          format: "origin",
          maximum: 20,
        },
        {
          name: "redirectUrl",
          label: "profile.idnow.redirect-url",
          help: "profile.idnow.redirect-url.help",
          required: true,
          kind: "text",
          format: "https",
          maximum: 100,
        },
      ],
    },
    {
      title: "profile.section.contract",
      fields: [
        {
          name: "trustService",
          label: "profile.idnow.trust-service",
          help: "profile.idnow.trust-service.help",
          required: true,
          kind: "choice",
          options: [
            { value: "namirial", label: "profile.idnow.trust-service.namirial" },
            { value: "sign-me", label: "profile.idnow.trust-service.sign-me" },
            { value: "d-trust", label: "profile.idnow.trust-service.d-trust" },
          ],
          usual: "namirial",
        },
        {
          name: "signatureTypes",
          label: "profile.idnow.signature-types",
          help: "profile.idnow.signature-types.help",
          required: true,
          kind: "choices",
          options: [
            { value: "QES", label: "profile.idnow.signature-types.QES" },
            { value: "AES", label: "profile.idnow.signature-types.AES" },
            { value: "BES", label: "profile.idnow.signature-types.BES" },
          ],
          usual: ["QES"],
        },
        {
          name: "customerSideSigning",
          label: "profile.idnow.customer-side",
          help: "profile.idnow.customer-side.help",
          required: false,
          kind: "switch",
          usual: false,
        },
        {
          name: "country",
          label: "profile.idnow.country",
          help: "profile.idnow.country.help",
          required: false,
          kind: "text",
          format: "country",
          maximum: 2,
          placeholder: "DE",
        },
      ],
    },
    {
      title: "profile.section.further",
      folded: true,
      fields: [
        {
          name: "sends",
          label: "profile.idnow.sends",
          help: "profile.idnow.sends.help",
          required: true,
          kind: "choice",
          options: [
            { value: "document", label: "profile.idnow.sends.document" },
            { value: "hash", label: "profile.idnow.sends.hash" },
          ],
          usual: "document",
        },
        {
          name: "cryptKey",
          label: "profile.idnow.crypt-key",
          help: "profile.idnow.crypt-key.help",
          required: false,
          kind: "secret",
          format: "aes-256",
        },
        {
          name: "smsText",
          label: "profile.idnow.sms-text",
          help: "profile.idnow.sms-text.help",
          required: false,
          kind: "text",
          format: "tan-text",
          maximum: 500,
        },
        {
          name: "routeTag",
          label: "profile.idnow.route-tag",
          help: "profile.idnow.route-tag.help",
          required: false,
          kind: "text",
          format: "any",
          maximum: 250,
        },
        {
          name: "codeAttempts",
          label: "profile.idnow.code-attempts",
          help: "profile.idnow.code-attempts.help",
          required: false,
          kind: "text",
          format: "number",
          maximum: 2,
        },
      ],
    },
    NETWORK_SECTION,
  ],
};

export const idnowSetup = defineSetup({
  provider: "idnow",
  schema: idnowProfileSchema,
  form,
  open: (settings) => {
    const way = wayOf(settings, settings.baseUrl);
    const profile = { ...settings, baseUrl: way.address };
    return {
      ...way,
      clientCertificate: null,
      makeProvider: ({ http, secrets }) =>
        Promise.resolve(
          idnowPart({
            profile,
            http,
            secrets: secretsOf(profile, secrets),
            recipient: new URL(settings.baseUrl).host,
            robots: profile.environment !== "production",
          }),
        ),
      probe: ({ http, secrets }, probed, signal) =>
        probeIdnow(profile, http, secretsOf(profile, secrets), probed, signal),
    };
  },
});

function secretsOf({ password, cryptKey }: IdnowProfile, secrets: SecretLender): IdnowSecrets {
  return {
    password: () => secrets.text(password),
    cryptKey: async () =>
      cryptKey === undefined ? failed({ code: "provider.no-credentials" }) : secrets.bytes(cryptKey),
  };
}

/** IDnow over one profile. `robots`: the account is for tests, where a robot can play the person. */
export function idnowPart({
  profile,
  http,
  secrets,
  recipient,
  robots,
  settings = {},
}: {
  readonly profile: IdnowProfile;
  readonly http: HttpClient;
  readonly secrets: IdnowSecrets;
  readonly recipient: string;
  readonly robots: boolean;
  readonly settings?: Partial<IdnowSettings>;
}): ProviderPart {
  return {
    provider: createIdnowProvider({ profile, http, secrets, settings }),
    recipient,
    label: "IDnow",
    policies: [],
    defaultPolicy: null,
    commitmentTypes: [],
    idnow: {
      signatureTypes: profile.signatureTypes,
      codeEntries: profile.customerSideSigning ? ["page", "here"] : ["page"],
      keepsIdentification: profile.trustService === "namirial",
      robots,
    },
  };
}
