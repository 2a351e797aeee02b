import type { FlowContext, SealedRecords } from "../../providers/provider.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";

/** What a flow may use beside the network. */
export type FlowDesk = Pick<FlowContext, "records" | "offerFile"> & {
  /** Opens a page in the person's own browser. False: the address is no plain https one, or the system would not. */
  readonly openWebPage?: (address: string) => Promise<boolean>;
};

/**
 * Records under the vault's own key, apart from the credentials. SECURITY: they hold personal data; without a keychain they
 * are gone when the program ends.
 */
export function sealedRecords(opening: Promise<SecretVault>): SealedRecords {
  const idOf = (key: string): string => `record/${key}`;
  return {
    get: async (key) => {
      const vault = await opening;
      // A copy: what the vault lends is overwritten afterwards.
      const found = await vault.use(idOf(key), (record) => Promise.resolve(new Uint8Array(record)));
      return found.ok ? found.value : null;
    },
    put: async (key, record) => {
      try {
        const vault = await opening;
        await vault.put(idOf(key), record);
        return true;
      } catch {
        return false;
      }
    },
    remove: async (key) => {
      const vault = await opening;
      await vault.remove(idOf(key));
    },
  };
}
