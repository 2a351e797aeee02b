import { join } from "node:path";
import { KeychainAway } from "../../storage/vault/key-store.ts";
import type { KeyStore } from "../../storage/vault/key-store.ts";
import { openVault } from "../../storage/vault/open-vault.ts";
import type { OpenedVault } from "../../storage/vault/open-vault.ts";
import { vaultFile } from "../../storage/vault/vault-file.ts";
import type { ApplicationPaths, ApplicationPorts, Clock } from "../ports.ts";

export interface ProgramVault {
  /** Settles when the keychain has answered, which may need the person to unlock it. */
  readonly vault: Promise<OpenedVault>;
  readonly close: () => void;
}

export interface ProgramVaultPorts extends Pick<ApplicationPorts, "keyStore"> {
  readonly paths: Pick<ApplicationPaths, "data">;
  readonly clock?: Pick<Clock, "now">;
}

/** Nothing answers: what is put lives as long as the program. */
const NO_KEYCHAIN: KeyStore = {
  read: () => Promise.reject(new KeychainAway("missing")),
  write: () => Promise.reject(new KeychainAway("missing")),
  remove: () => Promise.reject(new KeychainAway("missing")),
};

/** The program's vault: sealed under a key of the system's keychain, or for the session when there is no keychain. */
export function openProgramVault({ keyStore = NO_KEYCHAIN, paths, clock }: ProgramVaultPorts): ProgramVault {
  const now = clock?.now ?? Date.now;
  const file = vaultFile(join(paths.data, "vault.db"), now);
  const vault = openVault({ file, keyStore, now });
  let settled = false;
  const onSettled = (): void => {
    settled = true;
  };
  vault.then(onSettled, onSettled);
  return {
    vault,
    close: () => {
      // A keychain that still waits for its password must not keep the program from ending.
      if (settled) {
        file.close();
      }
    },
  };
}
