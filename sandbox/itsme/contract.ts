import type { CommitmentType, SignPolicy } from "./discovery.ts";

/** What partner and itsme have agreed on at onboarding. */
export interface ItsmeContract {
  readonly partnerCode: string;
  readonly serviceCode: string;
  /** The one registered return address. */
  readonly redirectUrl: string;
  readonly batch: boolean;
  readonly policies: readonly SignPolicy[];
  readonly commitmentTypes: readonly CommitmentType[];
}

/** The longest `description` (swagger; the base document says 255, the shorter limit is enforced here). */
export const maximumDescription = 50;
export const maximumSignerRole = 50;
/** Hashes in one approval. */
export const maximumHashes = 70;

export type PartnerFault =
  | "MISSING_PARTNER_CODE"
  | "MISSING_SERVICE_CODE"
  | "INVALID_REQUESTOR"
  | "INVALID_URL"
  | "UNAUTHORIZED_URL";

/** Who is asking: codes present (1–10 and 1–45 characters) and known. */
export function checkRequestor(
  contract: ItsmeContract,
  partnerCode: unknown,
  serviceCode: unknown,
): PartnerFault | null {
  if (typeof partnerCode !== "string" || partnerCode === "") return "MISSING_PARTNER_CODE";
  if (typeof serviceCode !== "string" || serviceCode === "") return "MISSING_SERVICE_CODE";
  if (partnerCode.length > 10 || serviceCode.length > 45) return "INVALID_REQUESTOR";
  const known = partnerCode === contract.partnerCode && serviceCode === contract.serviceCode;
  return known ? null : "INVALID_REQUESTOR";
}

/** Return address: an https address of at most 255 characters that was registered. Added query parameters are allowed. */
export function checkRedirectUrl(contract: ItsmeContract, redirectUrl: unknown): PartnerFault | null {
  if (typeof redirectUrl !== "string" || redirectUrl === "" || redirectUrl.length > 255) return "INVALID_URL";
  const given = URL.parse(redirectUrl);
  if (given === null || given.protocol !== "https:" || given.username !== "") return "INVALID_URL";
  const registered = new URL(contract.redirectUrl);
  const same =
    given.origin === registered.origin &&
    given.pathname === registered.pathname &&
    [...registered.searchParams].every(([name, value]) => given.searchParams.getAll(name).includes(value));
  return same ? null : "UNAUTHORIZED_URL";
}
