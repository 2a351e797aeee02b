import type { ProfileView } from "../../shared/profiles.ts";
import { expiryWarning } from "./expiry.ts";

/** What to say about client certificates of a profile that have ended or end soon. */
export function certificateWarnings({ secrets }: Pick<ProfileView, "secrets">, now: number): readonly string[] {
  return Object.values(secrets).flatMap((mark) => {
    const warning = mark.kind === "client-certificate" ? expiryWarning(mark.facts.validUntil, now) : null;
    return warning === null ? [] : [warning];
  });
}
