import type { Failure } from "../../../shared/failure.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import type {
  BankIdChoices,
  CertificateFacts,
  FourthlineChoices,
  IdnowChoices,
  PolicyView,
} from "../../../shared/app-state.ts";
import type { EnvironmentKind } from "../../../shared/profiles.ts";
import type { Result } from "../../../shared/result.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { EvidenceEnvironment } from "./evidence/evidence-environment.ts";
import type { Extend } from "../extending/create-extension.ts";
import type { SigningProvider } from "../../providers/provider.ts";

/** A provider made ready for one profile: client, trust and timestamp service. */
export interface SigningEnvironment {
  readonly profile: string;
  readonly practice: boolean;
  /** Where it leads; absent: to the sandbox when it is practice, else it is real. */
  readonly environment?: EnvironmentKind;
  readonly provider: SigningProvider;
  /** Host that the digests go to, as shown to the person. */
  readonly recipient: string;
  /** Name of the provider in the visible mark; null for a local certificate. */
  readonly label: string | null;
  readonly policies: readonly PolicyView[];
  /** Reference of the policy that is used when the person chooses none; it is shown on the confirmation sheet. */
  readonly defaultPolicy: string | null;
  readonly commitmentTypes: readonly PolicyView[];
  /** What can be chosen for an order to IDnow; absent for other providers. */
  readonly idnow?: IdnowChoices;
  /** What can be chosen for an order to BankID; absent for other providers. */
  readonly bankid?: BankIdChoices;
  /** The same for Fourthline. */
  readonly fourthline?: FourthlineChoices;
  readonly trustAnchors: readonly Certificate[];
  /** Of a local certificate, when it is known before it is opened. */
  readonly certificate?: CertificateFacts | null;
  /** Host of the timestamp service, as shown to the person. */
  readonly timestampHost?: string | null;
  /** Called when the run is over, however it ended: whatever the person typed for it is forgotten. */
  readonly release?: () => void;
  /** Asks for an RFC 3161 token over the signature value. Null: no timestamp service is configured. */
  readonly timestamp:
    | ((signatureValue: Uint8Array, signal: AbortSignal) => Promise<Result<Uint8Array, Failure>>)
    | null;
  /** Only where the provider hands over evidence: whom it is believed from, and the organisation's seal. */
  readonly evidence?: EvidenceEnvironment;
  /** Raises a staged file to B-LT or B-LTA. Null: no timestamp service is configured. */
  readonly extend: Extend | null;
}

export interface SigningEnvironments {
  /** `profile` null: the one in use now (none: practice, the sandbox). */
  readonly get: (provider: ProviderId, profile: string | null) => Promise<Result<SigningEnvironment, Failure>>;
}

export const environmentKind = ({ environment, practice }: SigningEnvironment): EnvironmentKind =>
  environment ?? (practice ? "sandbox" : "production");

/** What is made there binds nobody, and has to say so. */
export const isBinding = (environment: SigningEnvironment): boolean => environmentKind(environment) === "production";
