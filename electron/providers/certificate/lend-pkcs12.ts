import type { Failure } from "../../../shared/failure.ts";
import { success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { openPkcs12 } from "./open-pkcs12.ts";
import type { IdentityLender } from "./signing-identity.ts";

/** Opens the file anew for each use: between two uses, only the file and the person's memory hold the key. */
export function lendPkcs12(source: {
  /** Bytes of the file; they are overwritten after use. */
  readonly file: () => Promise<Result<Uint8Array, Failure>>;
  readonly password: () => Promise<Result<string, Failure>>;
}): IdentityLender {
  return {
    async lend(borrow) {
      const password = await source.password();
      if (!password.ok) {
        return password;
      }
      const file = await source.file();
      if (!file.ok) {
        return file;
      }
      try {
        const identity = openPkcs12(file.value, password.value);
        if (!identity.ok) {
          return identity;
        }
        try {
          return success(await borrow(identity.value));
        } finally {
          identity.value.wipe();
        }
      } finally {
        file.value.fill(0);
      }
    },
  };
}
