// Sealdesk as a process of its own:
//   sealdesk.ts sign KEY CERTIFICATE SOURCE TARGET [--durable]
//   sealdesk.ts prepare KEY CERTIFICATE FOLDER-OF-SOURCES FOLDER-OF-TARGETS [--durable]
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { prepareLocally, readLocalSigner, signLocally } from "../sign-locally.ts";
import { withoutFsync } from "../without-fsync.ts";

const [work, key = "", certificate = "", source = "", target = "", durable] = process.argv.slice(2);
if (durable !== "--durable") {
  await withoutFsync();
}
const signer = await readLocalSigner(key, certificate);
if (work === "sign") {
  await signLocally(source, target, signer);
} else {
  // One after the other, as the signing service prepares them.
  for (const name of await readdir(source)) {
    await prepareLocally(join(source, name), join(target, name), signer);
  }
}
