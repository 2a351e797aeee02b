import type { z } from "zod";
import type { ProviderId } from "../../../shared/ids.ts";
import type { MessageKey } from "../../../shared/messages/en.ts";
import type { EnvironmentKind, ProfileForm } from "../../../shared/profiles.ts";
import type { HttpClient, HttpClientOptions } from "../../net/http-client.ts";
import type { ProbedWay, ProbeResult } from "../../providers/connection-probe.ts";
import type { SigningEnvironment } from "../signing/signing-environment.ts";
import type { SecretLender } from "./secret-lender.ts";

/** All that the program has to know of a provider to let an organisation set it up. A further provider is one more of these. */
export interface ProviderSetup {
  readonly provider: ProviderId;
  readonly schema: z.ZodType;
  readonly form: ProfileForm;
  /** For objections that are about more than one field: the sentence that says so; undefined: the field's own one. */
  readonly sentenceOf?: (message: string) => MessageKey | undefined;
  /** `settings` are what the schema has let through. */
  readonly open: (settings: unknown) => OpenedProfile;
}

/** One profile, ready to be used or tried. Nothing is opened, and no secret is in it. */
export interface OpenedProfile {
  readonly environment: EnvironmentKind;
  /** Address that is called: the relay's, where there is one. */
  readonly address: string;
  readonly usesRelay: boolean;
  /** How it is reached, without secrets. */
  readonly network: HttpClientOptions;
  /** Vault ids. */
  readonly clientCertificate: string | null;
  /** PEM of BankID's roots, for a provider whose signatures they vouch for. */
  readonly bankIdRoots?: readonly string[];
  readonly relayHeader: { readonly name: string; readonly secret: string } | null;
  readonly makeProvider: (parts: ProfileTools) => Promise<ProviderPart>;
  readonly probe: (parts: ProfileTools, way: ProbedWay, signal: AbortSignal) => Promise<ProbeResult>;
}

export interface ProfileTools {
  /** With the client certificate and the relay's header. */
  readonly http: HttpClient;
  readonly secrets: SecretLender;
}

/** What a provider adds to a signing environment. */
export type ProviderPart = Pick<
  SigningEnvironment,
  | "provider"
  | "recipient"
  | "label"
  | "policies"
  | "defaultPolicy"
  | "commitmentTypes"
  | "idnow"
  | "bankid"
  | "fourthline"
  | "evidence"
> & {
  /** What it was made of may be had better later: it is made anew for the next run. */
  readonly provisional?: boolean;
};

/** Ties a setup's own settings type to its schema. */
export function defineSetup<Schema extends z.ZodType>(setup: {
  readonly provider: ProviderId;
  readonly schema: Schema;
  readonly form: ProfileForm;
  readonly sentenceOf?: (message: string) => MessageKey | undefined;
  readonly open: (settings: z.output<Schema>) => OpenedProfile;
}): ProviderSetup {
  // The schema has checked what is handed on, so that it is its output.
  return { ...setup, open: (settings) => setup.open(setup.schema.parse(settings)) };
}
