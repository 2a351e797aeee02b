// Does one thing with a vault and is killed at its nth step, as a power cut would:
//   node dying-program.ts FOLDER renew|remove-all|afresh|open N
// A step is a call to the keychain or to the file (before and after), or one record inside a commit. Prints "done" when it
// came to its end before.
import { join } from "node:path";
import type { KeyStore } from "../../../electron/storage/vault/key-store.ts";
import { openVault } from "../../../electron/storage/vault/open-vault.ts";
import type { SealedRecords } from "../../../electron/storage/vault/sealed-records.ts";
import { vaultFile } from "../../../electron/storage/vault/vault-file.ts";
import type { VaultFile } from "../../../electron/storage/vault/vault-file.ts";
import { folderKeychain } from "./folder-keychain.ts";

const [folder = "", what = "", count = "0"] = process.argv.slice(2);
let left = Number(count);
function step(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, "SIGKILL");
}

const own = folderKeychain(join(folder, "keychain"));
const around =
  <Arguments extends readonly unknown[], T>(work: (...given: Arguments) => Promise<T>) =>
  async (...given: Arguments): Promise<T> => {
    step();
    const done = await work(...given);
    step();
    return done;
  };
const keyStore: KeyStore = {
  read: around((item: string) => own.read(item)),
  write: around((key: Uint8Array, item: string) => own.write(key, item)),
  remove: around((item: string) => own.remove(item)),
};

function dying(records: SealedRecords): SealedRecords {
  const stepping =
    <Arguments extends readonly unknown[], T>(work: (...given: Arguments) => T) =>
    (...given: Arguments): T => {
      step();
      const done = work(...given);
      step();
      return done;
    };
  return {
    ...records,
    planKey: stepping((item: string) => records.planKey(item)),
    unneededKeys: stepping(() => records.unneededKeys()),
    forgetKey: stepping((item: string) => records.forgetKey(item)),
    scrub: stepping(() => records.scrub()),
    changeKey: stepping((...[from, to, reseal, dropped]: Parameters<SealedRecords["changeKey"]>) =>
      records.changeKey(
        from,
        to,
        (id, record) => {
          step();
          return reseal(id, record);
        },
        (id) => {
          step();
          return dropped?.(id) ?? false;
        },
      ),
    ),
  };
}

const file = vaultFile(join(folder, "vault.db"), Date.now);
let wrapped: SealedRecords | null = null;
const dyingFile: VaultFile = {
  records: () => (wrapped ??= ((found) => (found === null ? null : dying(found)))(file.records())),
  setAside() {
    step();
    wrapped = null;
    const name = file.setAside();
    step();
    return name;
  },
  close: () => file.close(),
};
const vault = await openVault({ file: dyingFile, keyStore, now: Date.now });
if (what === "renew") await vault.renewKey();
if (what === "remove-all") await vault.removeAll((id) => id.startsWith("audit/"));
if (what === "afresh") await vault.startAfresh();
file.close();
process.stdout.write("done");
