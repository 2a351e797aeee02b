import type { FormField, ProfileForm } from "../../../../shared/profiles.ts";
import { CLIENT_CERTIFICATE_HELP, ENVIRONMENT_FIELD, NETWORK_SECTION } from "./common-fields.ts";

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

/** What has to be copied from PhenixID's administrator, or from the bank's letter. */
export const BANKID_FORM: ProfileForm = {
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
