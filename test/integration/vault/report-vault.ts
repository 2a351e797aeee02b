// Run as a program of its own, because the keychain library reads the environment of its process:
//   node report-vault.ts DATABASE SERVICE
// Opens the vault, puts a secret, reads it again, and prints what happened as JSON.
import { openDatabase } from "../../../electron/storage/database.ts";
import { keychainKeyStore } from "../../../electron/storage/vault/keychain-key-store.ts";
import { openVault } from "../../../electron/storage/vault/open-vault.ts";

const [path = "", service = ""] = process.argv.slice(2);
const database = openDatabase(path);
const vault = await openVault({ database, keyStore: keychainKeyStore(service, "vault-key") });
const known = vault.has("a");
const put = await vault.put("a", new TextEncoder().encode("a secret of this run"));
const read = await vault.use("a", (secret) => Promise.resolve(new TextDecoder().decode(secret)));
const { rows } = database.prepare("SELECT count(*) AS rows FROM vault").get() as { rows: number };
database.close();
process.stdout.write(JSON.stringify({ state: vault.state(), problem: vault.problem, known, put, read, rows }));
