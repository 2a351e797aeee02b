import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { verifyFile } from "../../electron/verify/verify-file.ts";
import type { FileReport } from "../../shared/verification.ts";
import type { Attack } from "./attack.ts";
import { bytesOfText } from "./raw-document.ts";
import type { TestPki } from "./test-authority.ts";

/** When the test certificates and timestamps are good. */
export const CHECKED_AT = new Date("2026-06-01T00:00:00Z");
export const LONGEST_MILLISECONDS = 10_000;

export interface JudgedAttack {
  readonly report: FileReport;
  readonly milliseconds: number;
  readonly path: string;
  /** What is wrong with the verdict; empty when the attack was refused as it should be. */
  readonly complaints: readonly string[];
}

export async function judgeAttack(attack: Attack, folder: string, pki: TestPki): Promise<JudgedAttack> {
  const path = join(folder, `${attack.family}-${attack.name}`.replaceAll(/[^a-z0-9]+/giu, "-").slice(0, 120) + ".pdf");
  const built = await attack.build();
  writeFileSync(path, bytesOfText(typeof built === "string" ? built : built.text));
  const started = performance.now();
  const report = await verifyFile(path, { trustAnchors: [pki.rootCertificate], at: CHECKED_AT });
  const milliseconds = performance.now() - started;
  return { report, milliseconds, path, complaints: complaintsOf(attack, report, milliseconds) };
}

function complaintsOf(attack: Attack, report: FileReport, milliseconds: number): readonly string[] {
  const reasons = [...report.reasons, ...report.signatures.flatMap((signature) => signature.reasons)];
  const codes = reasons.map(({ code }) => code);
  const intact = report.signatures.filter(
    ({ intact: isIntact, field }) => isIntact && attack.mayStayIntact?.includes(field) !== true,
  );
  const complaints: string[] = [];
  if (report.verdict === "TOTAL-PASSED") {
    complaints.push("passed");
  }
  if (attack.bytesStayHonest === undefined && intact.length > 0) {
    complaints.push(`intact: ${intact.map(({ field }) => field).join(", ")}`);
  }
  if (intact.some(({ indication }) => indication === "TOTAL-PASSED") && report.signatures.length === 1) {
    complaints.push("its only signature passed");
  }
  if (!codes.some((code) => code.startsWith(attack.reason))) {
    complaints.push(`no reason ${attack.reason}`);
  }
  if (codes.some((code) => code === "verification.error")) {
    complaints.push("an unexpected error");
  }
  if (milliseconds > LONGEST_MILLISECONDS) {
    complaints.push(`took ${Math.round(milliseconds)} ms`);
  }
  return complaints.map((complaint) => `${complaint} (${report.verdict}: ${[...new Set(codes)].join(" ")})`);
}
