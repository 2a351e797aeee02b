import type { FormField, FormSection } from "../../../../shared/profiles.ts";
import type { HttpClientOptions } from "../../../net/http-client.ts";
import { httpOptionsOf } from "../../../providers/profile-fields.ts";
import type { OpenedProfile } from "../provider-setup.ts";

/** First of all: nothing else says as much about what will come of it. */
export const ENVIRONMENT_FIELD: FormField = {
  name: "environment",
  label: "profile.environment",
  help: "profile.environment.help",
  required: true,
  kind: "choice",
  options: [
    { value: "test", label: "profile.environment.test" },
    { value: "production", label: "profile.environment.production" },
    { value: "sandbox", label: "profile.environment.sandbox" },
  ],
  usual: "test",
};

export const CLIENT_CERTIFICATE_HELP = "profile.client-certificate.help";

/** How the organisation's own network has to be passed; most need nothing of it. */
export const NETWORK_SECTION: FormSection = {
  title: "profile.section.network",
  folded: true,
  fields: [
    {
      name: "extraCa",
      label: "profile.extra-ca",
      help: "profile.extra-ca.help",
      required: false,
      kind: "certificates",
    },
    {
      name: "relayUrl",
      label: "profile.relay-url",
      help: "profile.relay-url.help",
      required: false,
      kind: "text",
      format: "https",
      maximum: 255,
      placeholder: "https://relay.example.org",
    },
    {
      name: "relayHeader.name",
      label: "profile.relay-header",
      help: "profile.relay-header.help",
      required: false,
      kind: "text",
      format: "header",
      maximum: 100,
      placeholder: "X-Relay-Key",
    },
    {
      name: "relayHeader.secret",
      label: "profile.relay-secret",
      help: "profile.relay-secret.help",
      required: false,
      kind: "secret",
      format: "header-value",
    },
    {
      name: "proxy",
      label: "profile.proxy",
      help: "profile.proxy.help",
      required: false,
      kind: "text",
      format: "proxy",
      maximum: 255,
      placeholder: "http://proxy.example.org:3128",
    },
  ],
};

interface Reach {
  readonly environment: OpenedProfile["environment"];
  readonly relayUrl?: string | undefined;
  readonly relayHeader?: { readonly name: string; readonly secret: string } | undefined;
  readonly extraCa?: readonly string[] | undefined;
  readonly proxy?: string | undefined;
}

type Way = Pick<OpenedProfile, "environment" | "address" | "usesRelay" | "network" | "relayHeader">;

/** What `NETWORK_SECTION` decides. */
export function wayOf(profile: Reach, baseUrl: string): Way {
  const network: HttpClientOptions = httpOptionsOf(profile, undefined);
  return {
    environment: profile.environment,
    address: profile.relayUrl ?? baseUrl,
    usesRelay: profile.relayUrl !== undefined || profile.relayHeader !== undefined,
    network,
    relayHeader: profile.relayHeader ?? null,
  };
}
