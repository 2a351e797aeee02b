import type { Failure } from "../../shared/failure.ts";
import type { Result } from "../../shared/result.ts";

/**
 * SECURITY: lent for one call and kept nowhere in between, so nothing that could be logged holds it. Fails with
 * `provider.no-credentials` where there is none, and as the vault does that cannot be opened now.
 */
export type LentSecret<T = string> = () => Promise<Result<T, Failure>>;
