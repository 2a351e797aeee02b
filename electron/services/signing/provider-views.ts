import type { ProviderView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import type { EnvironmentKind } from "../../../shared/profiles.ts";
import { PRACTICE_PROFILE } from "../../storage/profiles.ts";
import { environmentKind } from "./signing-environment.ts";
import type { SigningEnvironment } from "./signing-environment.ts";

const ALL_LEVELS = ["B-B", "B-T", "B-LT", "B-LTA"] as const;

/** Nothing can be chosen beside the provider itself. */
export const NO_CHOICES = {
  languages: [],
  policies: [],
  commitmentTypes: [],
  drawsMark: false,
  takesPlace: true,
  idnow: null,
  bankid: null,
  fourthline: null,
} as const satisfies Partial<ProviderView>;

/** What the window may know of a provider that is ready. */
export function providerView(environment: SigningEnvironment): ProviderView {
  const { descriptor } = environment.provider;
  return {
    id: descriptor.id,
    available: true,
    takes: descriptor.takes,
    maximumDocuments: descriptor.maximumDocuments,
    levels: environment.timestamp === null ? ["B-B"] : ALL_LEVELS,
    languages: descriptor.languages,
    policies: environment.policies,
    commitmentTypes: environment.commitmentTypes,
    drawsMark: descriptor.drawsMark ?? false,
    takesPlace: descriptor.takesPlace ?? true,
    idnow: environment.idnow ?? null,
    bankid: environment.bankid ?? null,
    fourthline: environment.fourthline ?? null,
    environment: environmentKind(environment),
    profile: environment.profile === PRACTICE_PROFILE ? null : environment.profile,
    problem: null,
  };
}

/** A profile is in use and cannot be: said, and never replaced by practice. */
export function brokenView(
  id: ProviderId,
  profile: string,
  environment: EnvironmentKind,
  problem: Failure,
): ProviderView {
  return {
    id,
    available: true,
    takes: "hash",
    maximumDocuments: 0,
    levels: [],
    ...NO_CHOICES,
    environment,
    profile,
    problem,
  };
}
