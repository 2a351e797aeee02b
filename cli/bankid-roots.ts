import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Certificate } from "../electron/pki/certificate.ts";
import { readTrustAnchors } from "./trust-anchors.ts";

/** Whom this command believes about persons with BankID: the roots of the settings, and those of `--bankid-root`. */
export async function readBankIdRoots(paths: readonly string[], data: string): Promise<readonly Certificate[]> {
  return [...(await rootsOfSettings(data)), ...(await readTrustAnchors(paths, "--bankid-root"))];
}

/** What reads settings takes longer to load than a file to be judged, so it is loaded only when there are roots in them. */
async function rootsOfSettings(data: string): Promise<readonly Certificate[]> {
  const text = await readFile(join(data, "settings.json"), "utf8").catch(() => "");
  if (!/"bankidRoots":\s*\[\s*"/u.test(text)) {
    return [];
  }
  const [{ readSettings }, { configuredBankIdRoots }] = await Promise.all([
    import("../electron/storage/settings.ts"),
    import("../electron/services/verifying/bankid-roots.ts"),
  ]);
  return configuredBankIdRoots(readSettings(data).bankidRoots);
}
