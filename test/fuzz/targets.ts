import { makeVictims } from "../attacks/victims.ts";
import { evidenceTarget } from "./evidence-target.ts";
import { pdfTargets } from "./pdf-targets.ts";
import { pkiTargets } from "./pki-targets.ts";
import { plantedTarget } from "./planted-target.ts";
import type { FuzzTarget } from "./target.ts";
import { xmlTargets } from "./xml-targets.ts";

export const TARGET_NAMES = [
  "reader",
  "repair",
  "verify",
  "updates",
  "concealed",
  "certificate",
  "crl",
  "ocsp",
  "cms",
  "timestamp",
  "timestamp-response",
  "xml",
  "bankid",
  "evidence",
] as const;

export async function findTarget(name: string): Promise<FuzzTarget | undefined> {
  if (name === plantedTarget.name) {
    return plantedTarget;
  }
  const victims = await makeVictims();
  const others = [await evidenceTarget(victims.pki.other), ...(await xmlTargets())];
  return [...pdfTargets(victims), ...pkiTargets(victims), ...others].find((target) => target.name === name);
}
