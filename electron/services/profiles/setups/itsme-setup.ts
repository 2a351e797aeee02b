import type { PolicyView } from "../../../../shared/app-state.ts";
import { createItsmeProvider } from "../../../providers/itsme/create-itsme-provider.ts";
import { defaultPolicy } from "../../../providers/itsme/discovery.ts";
import type { ItsmeChoice } from "../../../providers/itsme/discovery.ts";
import { itsmeProfileSchema } from "../../../providers/itsme/itsme-profile.ts";
import type { ItsmeProfile } from "../../../providers/itsme/itsme-profile.ts";
import type { ItsmeSettings } from "../../../providers/itsme/settings.ts";
import { probeItsme } from "../../../providers/itsme/probe-itsme.ts";
import type { HttpClient } from "../../../net/http-client.ts";
import type { ProfileForm } from "../../../../shared/profiles.ts";
import { defineSetup } from "../provider-setup.ts";
import type { ProviderPart } from "../provider-setup.ts";
import { CLIENT_CERTIFICATE_HELP, ENVIRONMENT_FIELD, NETWORK_SECTION, wayOf } from "./common-fields.ts";

const form: ProfileForm = {
  provider: "itsme",
  sections: [
    {
      title: "profile.section.letter",
      fields: [
        ENVIRONMENT_FIELD,
        {
          name: "baseUrl",
          label: "profile.itsme.base-url",
          help: "profile.itsme.base-url.help",
          required: true,
          kind: "text",
          format: "https",
          maximum: 255,
          placeholder: "https://b2b.itsme.be",
        },
        {
          name: "partnerCode",
          label: "profile.itsme.partner-code",
          help: "profile.itsme.partner-code.help",
          required: true,
          kind: "text",
          format: "code",
          maximum: 10,
        },
        {
          name: "serviceCode",
          label: "profile.itsme.service-code",
          help: "profile.itsme.service-code.help",
          required: true,
          kind: "text",
          format: "code",
          maximum: 45,
        },
        {
          name: "redirectUrl",
          label: "profile.itsme.redirect-url",
          help: "profile.itsme.redirect-url.help",
          required: true,
          kind: "text",
          format: "https",
          maximum: 255,
        },
        {
          name: "pageOrigins",
          label: "profile.page-origins",
          help: "profile.itsme.page-origins.help",
          required: true,
          kind: "lines",
          format: "origin",
          maximum: 20,
          placeholder: "https://merchant.itsme.be",
        },
        {
          name: "clientCertificate",
          label: "profile.client-certificate",
          help: CLIENT_CERTIFICATE_HELP,
          // A relay may hold it instead.
          required: false,
          kind: "client-certificate",
          purpose: "client",
        },
      ],
    },
    {
      title: "profile.section.further",
      folded: true,
      fields: [
        {
          name: "defaultPolicy",
          label: "profile.itsme.policy",
          help: "profile.itsme.policy.help",
          required: false,
          kind: "text",
          format: "any",
          maximum: 100,
        },
        {
          name: "partnerCodeHeader",
          label: "profile.itsme.partner-header",
          help: "profile.itsme.partner-header.help",
          required: false,
          kind: "text",
          format: "code",
          maximum: 100,
        },
      ],
    },
    NETWORK_SECTION,
  ],
};

export const itsmeSetup = defineSetup({
  provider: "itsme",
  schema: itsmeProfileSchema,
  form,
  open: (settings) => {
    const way = wayOf(settings, settings.baseUrl);
    const profile = { ...settings, baseUrl: way.address };
    return {
      ...way,
      clientCertificate: settings.clientCertificate ?? null,
      makeProvider: ({ http }) => itsmePart({ profile, http, recipient: new URL(settings.baseUrl).host }),
      probe: ({ http }, probed, signal) => probeItsme(profile, http, probed, signal),
    };
  },
});

/** Nobody waits longer for the list of policies: the bundled one stands in, and the next run asks again. */
const DISCOVERY_LIMIT = 5_000;

/** itsme over one profile, with the policies and commitment types that it offers now. */
export async function itsmePart({
  profile,
  http,
  recipient,
  settings = {},
}: {
  readonly profile: ItsmeProfile;
  readonly http: HttpClient;
  readonly recipient: string;
  readonly settings?: Partial<ItsmeSettings>;
}): Promise<ProviderPart> {
  const provider = createItsmeProvider({ profile, http, settings });
  const discovery = await provider.discover(AbortSignal.timeout(DISCOVERY_LIMIT));
  return {
    provider,
    recipient,
    label: "itsme",
    policies: discovery.policies.map((policy) => policyView(policy, policy.url)),
    defaultPolicy: profile.defaultPolicy ?? defaultPolicy(discovery),
    commitmentTypes: discovery.commitmentTypes.map((type) => policyView(type, null)),
    provisional: discovery.source === "bundled",
  };
}

function policyView(choice: ItsmeChoice, url: string | null): PolicyView {
  return { reference: choice.reference, text: choice.texts.EN ?? choice.reference, url };
}
