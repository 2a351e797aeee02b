import { z } from "zod";
import type { HttpClientOptions } from "../../net/http-client.ts";
import type { FourthlineDetails } from "../../../shared/order-details.ts";
import type { LentSecret } from "../lent-secret.ts";
import { httpOptionsOf, origin, reachFields, secretId } from "../profile-fields.ts";
import { endpointTableSchema } from "./endpoint-table.ts";

const MEGABYTE = 1_048_576;
const line = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .regex(/^\P{Cc}+$/u);

export const ONE_WORKFLOW_WANTED = "at least one";
export const DIGITS_IN_ORDER = "minimum is above maximum";

export const FLOWS = ["completed", "pending"] as const satisfies readonly FourthlineDetails["flow"][];

/**
 * What Fourthline has set up for this organisation, and how it is reached. No secret: the client secret and a relay's secret
 * stay in the vault, named here by their ids.
 */
export const fourthlineProfileSchema = z.strictObject({
  ...reachFields,
  /** "https://api.fourthline.com"; the paths stand in the table. */
  baseUrl: origin,
  clientId: line(200),
  /** Vault id of the client secret. SECURITY: it opens every case of the organisation (sheet section 7). */
  clientSecret: secretId,
  /** Names of the workflows for signatures only, as agreed with Fourthline: after an identification, and during one. */
  workflowNames: z
    .strictObject({ completed: line(200).optional(), pending: line(200).optional() })
    .refine((names) => FLOWS.some((flow) => names[flow] !== undefined), ONE_WORKFLOW_WANTED)
    .prefault({}),
  /** Paths and field names where they differ from the assumed ones. */
  table: endpointTableSchema.prefault({}),
  /** Of one document; Fourthline publishes no limit (sheet section 5). */
  maximumBytes: z
    .number()
    .int()
    .min(1)
    .default(10 * MEGABYTE),
  maximumDocuments: z.number().int().min(1).max(100).default(10),
  /** Wrong passcodes until the signing ends. */
  passcodeAttempts: z.number().int().min(1).max(20).default(3),
  /** What a passcode may have where the details do not say. */
  passcodeDigits: z
    .strictObject({ minimum: z.number().int().min(1).max(12), maximum: z.number().int().min(1).max(12) })
    .refine(({ minimum, maximum }) => minimum <= maximum, DIGITS_IN_ORDER)
    .default({ minimum: 4, maximum: 8 }),
  /** Whether the signing may have gone to InfoCert, which makes a contract that the signer has to get. */
  infocertFallback: z.boolean().default(true),
});
export type FourthlineProfile = z.output<typeof fourthlineProfileSchema>;
export type FourthlineProfileInput = z.input<typeof fourthlineProfileSchema>;

/** What the profile has a workflow for. */
export const flowsOf = ({ workflowNames }: FourthlineProfile): readonly FourthlineDetails["flow"][] =>
  FLOWS.filter((flow) => workflowNames[flow] !== undefined);

export interface FourthlineSecrets {
  readonly clientSecret: LentSecret;
}

/** How to open the HTTP client for a profile. In the sandbox its own CA is the only one trusted. */
export function fourthlineHttpOptions(
  profile: Pick<FourthlineProfile, "environment" | "extraCa" | "proxy" | "relayHeader">,
  lent: { readonly relaySecret?: string } = {},
): HttpClientOptions {
  return httpOptionsOf(profile, lent.relaySecret);
}
