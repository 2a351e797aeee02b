import { join } from "node:path";
import { openDatabase } from "../../storage/database.ts";
import { memoryVault } from "../../storage/vault/memory-vault.ts";
import { openVault } from "../../storage/vault/open-vault.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";
import type { ApplicationPaths, ApplicationPorts } from "../ports.ts";

export interface ProgramVault {
  /** Settles when the keychain has answered, which may need the person to unlock it. */
  readonly vault: Promise<SecretVault>;
  readonly close: () => void;
}

/** The program's vault: sealed under a key of the system's keychain, or for the session when there is no keychain. */
export function openProgramVault(
  ports: Pick<ApplicationPorts, "keyStore"> & { readonly paths: Pick<ApplicationPaths, "data"> },
): ProgramVault {
  const { keyStore } = ports;
  if (keyStore === undefined) {
    return { vault: Promise.resolve(memoryVault()), close: () => undefined };
  }
  const database = openDatabase(join(ports.paths.data, "vault.db"));
  const vault = openVault({ database, keyStore });
  let settled = false;
  const onSettled = (): void => {
    settled = true;
  };
  vault.then(onSettled, onSettled);
  return {
    vault,
    close: () => {
      // A keychain that still waits for its password must not keep the program from ending.
      if (settled && database.isOpen) {
        database.close();
      }
    },
  };
}
