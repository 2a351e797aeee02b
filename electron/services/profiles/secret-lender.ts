import { z } from "zod";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { ClientIdentity } from "../../net/http-client.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";

/**
 * Secrets of a profile by their vault ids, in the shape in which they are needed. SECURITY: each is fetched for one use;
 * nothing here keeps one.
 */
export interface SecretLender {
  text(id: string): Promise<Result<string, Failure>>;
  /** A copy, which the borrower overwrites. */
  bytes(id: string): Promise<Result<Uint8Array, Failure>>;
  identity(id: string): Promise<Result<ClientIdentity, Failure>>;
}

const identitySchema = z.strictObject({ certificatePem: z.string(), keyPem: z.string() });

export function secretLender(opening: Promise<Pick<SecretVault, "use">>): SecretLender {
  const lendAs = async <T>(id: string, read: (secret: Uint8Array) => T): Promise<Result<T, Failure>> => {
    const vault = await opening;
    return vault.use(id, (secret) => Promise.resolve(read(secret)));
  };
  return {
    text: (id) => lendAs(id, decoded),
    bytes: (id) => lendAs(id, (secret) => new Uint8Array(secret)),
    identity: async (id) => {
      const read = await lendAs(id, (secret) => identitySchema.safeParse(parsed(decoded(secret))));
      if (!read.ok) {
        return read;
      }
      return read.value.success ? success(read.value.data) : failed({ code: "provider.client-certificate" });
    },
  };
}

export const encodedText = (text: string): Uint8Array => new TextEncoder().encode(text);

export const encodedIdentity = (identity: ClientIdentity): Uint8Array => encodedText(JSON.stringify(identity));

const decoded = (secret: Uint8Array): string => new TextDecoder("utf-8").decode(secret);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
