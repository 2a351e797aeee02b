import type { Failure } from "../../../shared/failure.ts";
import type { Result } from "../../../shared/result.ts";
import { extendInPlace } from "../../pades/extend-signature.ts";
import type { Extension, ExtensionLevel, ExtensionParts } from "../../pades/extend-signature.ts";
import { RevocationCache } from "../../pki/revocation-cache.ts";

/** Raises the level of a staged file; the file grows, or stays what it was when it fails. */
export type Extend = (
  staged: string,
  level: ExtensionLevel,
  signal: AbortSignal,
  /** For an encrypted document that does not open without one. */
  password?: string,
) => Promise<Result<Extension, Failure>>;

/** With a cache of its own: a batch by one signer asks each responder once. */
export function createExtension(parts: Omit<ExtensionParts, "cache">): Extend {
  const all: ExtensionParts = { ...parts, cache: new RevocationCache() };
  return (staged, level, signal, password) => extendInPlace(staged, level, { ...all, password }, signal);
}
