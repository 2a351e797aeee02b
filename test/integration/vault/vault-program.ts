// A program of its own with a vault, because the keychain library reads the environment of its process:
//   node vault-program.ts DATABASE SERVICE
// Takes one command a line ({"do": "put", "id": …, "value": …}) and answers each with a line of JSON. "die" ends it as a
// crash does.
import { createInterface } from "node:readline";
import { keychainKeyStore } from "../../../electron/storage/vault/keychain-key-store.ts";
import { openVault } from "../../../electron/storage/vault/open-vault.ts";
import { vaultFile } from "../../../electron/storage/vault/vault-file.ts";

interface Command {
  readonly do: "put" | "use" | "retry" | "renew" | "remove-all" | "afresh" | "state" | "die";
  readonly id?: string;
  readonly value?: string;
}

const [path = "", service = ""] = process.argv.slice(2);
const file = vaultFile(path, Date.now);
const vault = await openVault({ file, keyStore: keychainKeyStore(service, "vault key"), now: Date.now });

async function answer({ do: what, id = "", value = "" }: Command): Promise<unknown> {
  switch (what) {
    case "put":
      return vault.put(id, new TextEncoder().encode(value));
    case "use":
      return vault.use(id, (secret) => Promise.resolve(new TextDecoder().decode(secret)));
    case "retry":
      return vault.retry();
    case "renew":
      return vault.renewKey();
    case "remove-all":
      return vault.removeAll((kept) => kept.startsWith("audit/"));
    case "afresh":
      return vault.startAfresh();
    case "state":
      return { state: vault.state(), problem: vault.problem(), standing: vault.standing(id) };
    case "die":
      return process.kill(process.pid, "SIGKILL");
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify((await answer(JSON.parse(line) as Command)) ?? null)}\n`);
}
file.close();
