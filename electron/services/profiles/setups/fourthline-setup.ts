import type { MessageKey } from "../../../../shared/messages/en.ts";
import type { FormField, ProfileForm } from "../../../../shared/profiles.ts";
import type { HttpClient } from "../../../net/http-client.ts";
import { createFourthlineProvider } from "../../../providers/fourthline/create-fourthline-provider.ts";
import {
  DOCUMENT_WANTED,
  NAME_WANTED,
  PATH_OF_NAMES_WANTED,
  PATH_WANTED,
  PLAIN_WANTED,
  WORKFLOW_WANTED,
} from "../../../providers/fourthline/endpoint-table.ts";
import {
  DIGITS_IN_ORDER,
  flowsOf,
  fourthlineProfileSchema,
  ONE_WORKFLOW_WANTED,
} from "../../../providers/fourthline/fourthline-profile.ts";
import type { FourthlineProfile, FourthlineSecrets } from "../../../providers/fourthline/fourthline-profile.ts";
import { probeFourthline } from "../../../providers/fourthline/probe-fourthline.ts";
import { defineSetup } from "../provider-setup.ts";
import type { ProviderPart } from "../provider-setup.ts";
import type { SecretLender } from "../secret-lender.ts";
import { ENVIRONMENT_FIELD, NETWORK_SECTION, wayOf } from "./common-fields.ts";

const letterFields: readonly FormField[] = [
  ENVIRONMENT_FIELD,
  {
    name: "baseUrl",
    label: "profile.fourthline.base-url",
    help: "profile.fourthline.base-url.help",
    required: true,
    kind: "text",
    format: "site",
    maximum: 255,
    placeholder: "https://api.ext-sandbox.fourthline.com",
  },
  {
    name: "clientId",
    label: "profile.fourthline.client-id",
    help: "profile.fourthline.client-id.help",
    required: true,
    kind: "text",
    format: "code",
    maximum: 200,
  },
  {
    name: "clientSecret",
    label: "profile.fourthline.client-secret",
    help: "profile.fourthline.client-secret.help",
    required: true,
    kind: "secret",
    format: "password",
  },
];

const contractFields: readonly FormField[] = [
  {
    name: "workflowNames.completed",
    label: "profile.fourthline.workflow-completed",
    help: "profile.fourthline.workflow-completed.help",
    required: false,
    kind: "text",
    format: "code",
    maximum: 200,
  },
  {
    name: "workflowNames.pending",
    label: "profile.fourthline.workflow-pending",
    help: "profile.fourthline.workflow-pending.help",
    required: false,
    kind: "text",
    format: "code",
    maximum: 200,
  },
  {
    name: "infocertFallback",
    label: "profile.fourthline.infocert",
    help: "profile.fourthline.infocert.help",
    required: false,
    kind: "switch",
    usual: true,
  },
];

const furtherFields: readonly FormField[] = [
  {
    name: "table",
    label: "profile.fourthline.table",
    help: "profile.fourthline.table.help",
    required: false,
    kind: "json",
    maximum: 20_000,
    placeholder: '{ "endpoints": { "status": { "path": "/v2/qes/{signatureId}" } } }',
  },
  {
    name: "maximumBytes",
    label: "profile.fourthline.maximum-bytes",
    help: "profile.fourthline.maximum-bytes.help",
    required: false,
    kind: "text",
    format: "megabytes",
    maximum: 30,
    placeholder: "10",
  },
  {
    name: "maximumDocuments",
    label: "profile.fourthline.maximum-documents",
    help: "profile.fourthline.maximum-documents.help",
    required: false,
    kind: "text",
    format: "count",
    maximum: 3,
    placeholder: "10",
  },
  {
    name: "passcodeAttempts",
    label: "profile.fourthline.passcode-attempts",
    help: "profile.fourthline.passcode-attempts.help",
    required: false,
    kind: "text",
    format: "number",
    maximum: 2,
    placeholder: "3",
  },
  {
    name: "passcodeDigits.minimum",
    label: "profile.fourthline.passcode-minimum",
    help: "profile.fourthline.passcode-minimum.help",
    required: false,
    kind: "text",
    format: "digits",
    maximum: 2,
    placeholder: "4",
  },
  {
    name: "passcodeDigits.maximum",
    label: "profile.fourthline.passcode-maximum",
    help: "profile.fourthline.passcode-maximum.help",
    required: false,
    kind: "text",
    format: "digits",
    maximum: 2,
    placeholder: "8",
  },
];

const form: ProfileForm = {
  provider: "fourthline",
  sections: [
    { title: "profile.section.letter", fields: letterFields },
    { title: "profile.section.contract", fields: contractFields },
    { title: "profile.section.further", folded: true, fields: furtherFields },
    NETWORK_SECTION,
  ],
};

const SENTENCES: Readonly<Record<string, MessageKey>> = {
  [ONE_WORKFLOW_WANTED]: "profile.wrong.one-workflow",
  [DIGITS_IN_ORDER]: "profile.wrong.digits-order",
  [PATH_WANTED]: "profile.wrong.table-path",
  [PLAIN_WANTED]: "profile.wrong.table-plain-path",
  [WORKFLOW_WANTED]: "profile.wrong.table-workflow-path",
  [DOCUMENT_WANTED]: "profile.wrong.table-document-path",
  [NAME_WANTED]: "profile.wrong.table-name",
  [PATH_OF_NAMES_WANTED]: "profile.wrong.table-names",
};

export const fourthlineSetup = defineSetup({
  provider: "fourthline",
  schema: fourthlineProfileSchema,
  form,
  sentenceOf: (message) => SENTENCES[message],
  open: (settings) => {
    const way = wayOf(settings, settings.baseUrl);
    // The table's paths begin with a slash.
    const profile = { ...settings, baseUrl: way.address.replace(/\/+$/u, "") };
    return {
      ...way,
      clientCertificate: null,
      makeProvider: ({ http, secrets }) =>
        Promise.resolve(
          fourthlinePart({
            profile,
            http,
            secrets: secretsOf(profile, secrets),
            recipient: new URL(settings.baseUrl).host,
          }),
        ),
      probe: ({ http, secrets }, probed, signal) =>
        probeFourthline({ profile, http, secrets: secretsOf(profile, secrets), now: Date.now }, probed, signal),
    };
  },
});

const secretsOf = ({ clientSecret }: FourthlineProfile, secrets: SecretLender): FourthlineSecrets => ({
  clientSecret: () => secrets.text(clientSecret),
});

/** The sandbox is on this computer: asking it often costs nobody anything, and practice goes on without pauses. */
const SANDBOX_PACE = {
  pollInterval: 500,
  quietInterval: 1_500,
  verificationInterval: 2_000,
  firstPause: 400,
  settleTime: 5_000,
  errorGrace: 20_000,
  resendPause: 5_000,
};

/** Fourthline over one profile. */
export function fourthlinePart({
  profile,
  http,
  secrets,
  recipient,
}: {
  readonly profile: FourthlineProfile;
  readonly http: HttpClient;
  readonly secrets: FourthlineSecrets;
  readonly recipient: string;
}): ProviderPart {
  const settings = profile.environment === "sandbox" ? SANDBOX_PACE : {};
  return {
    provider: createFourthlineProvider({ profile, http, secrets, settings }),
    recipient,
    label: "Fourthline",
    policies: [],
    defaultPolicy: null,
    commitmentTypes: [],
    fourthline: { flows: flowsOf(profile) },
  };
}
