import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";

/** What the vault lends; null: it has none. */
export const lentSecret = (secret: string | null): Promise<Result<string, Failure>> =>
  Promise.resolve(secret === null ? failed({ code: "provider.no-credentials" }) : success(secret));
