import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseCertificates } from "../../electron/pki/certificate.ts";
import { verifyPackage } from "../../electron/verify/evidence/verify-package.ts";
import { verifyFile } from "../../electron/verify/verify-file.ts";
import type { FileVerdict } from "../../shared/verification.ts";
import { nowIn } from "./fast-clock.ts";
import type { ProgramAnswer } from "./fault.ts";
import type { FaultRoom } from "./fault-room.ts";
import type { FaultTry, Tried } from "./fault-try.ts";
import { readJournal } from "./journal-facts.ts";
import { timesAsked } from "./times-asked.ts";

export interface Found {
  readonly data: string;
  readonly work: string;
  readonly original: Uint8Array;
  readonly answers: readonly (ProgramAnswer | null)[];
}

/** What the person has in the end, and what must not be. */
export async function judge(
  room: FaultRoom,
  { provider, verdict = "TOTAL-PASSED" }: Pick<FaultTry, "provider" | "verdict">,
  { data, work, original, answers }: Found,
): Promise<Pick<Tried, "end" | "code" | "wrong">> {
  // A working file that the system kept from being removed is told at the next start, and the person removes it.
  const isTold = answers.some((answer) => answer?.notices.includes("app.left-over-files") === true);
  const { results, wrong } = await look(room, work, original, { verdict, isTold });
  const journal = readJournal(data);
  const asked = await timesAsked(room, provider, data, journal.values);
  if (asked > 1) wrong.push(`asked ${asked} times`);
  const told = answers.flatMap((answer) => answer?.runs ?? []);
  // Without an end there would be a run that nobody hears of any more.
  const last = told.at(-1);
  if (last?.outcome === null && last.question === null) wrong.push("the run never ended");
  const claimed = told.some(({ items }) => items.includes("signed"));
  if (results === 1) return { end: "signed", code: null, wrong };
  if (claimed) wrong.push("said to be signed, and it is not there");
  const code = lastCode(answers);
  if (asked === 0 && journal.isOver) return { end: "not asked", code, wrong };
  if (code === null) return { end: "LOST", code, wrong };
  return { end: journal.isOver ? "ended" : "waits", code, wrong };
}

async function look(
  { sandbox, time }: FaultRoom,
  work: string,
  original: Uint8Array,
  wanted: { readonly verdict: FileVerdict; readonly isTold: boolean },
): Promise<{ readonly results: number; readonly wrong: string[] }> {
  const wrong: string[] = [];
  const kept = await readFile(join(work, "contract.pdf")).catch(() => new Uint8Array());
  if (!Buffer.from(original).equals(kept)) wrong.push("the original was changed");
  const others = (await readdir(work)).filter((name) => name !== "contract.pdf");
  const results = others.filter((name) => /\.(?:pdf|zip)$/u.test(name) && !name.startsWith("."));
  for (const name of others.filter((other) => !results.includes(other))) {
    if (!(wanted.isTold && name.startsWith(".sealdesk-"))) wrong.push(`left behind: ${name}`);
  }
  if (results.length > 1) wrong.push(`${results.length} results`);
  for (const name of results) {
    if (name.endsWith(".zip")) {
      // Evidence that no seal could be put into the document with: it lies beside it.
      const { reasons, verdict } = await verifyPackage(join(work, name), join(work, "contract.pdf"), {
        bankIdRoots: parseCertificates(Buffer.from(await sandbox.bankidRootPem())),
        now: new Date(nowIn(time)),
        options: {},
      });
      if (verdict !== "passed") wrong.push(`${name} is ${verdict}: ${reasons.map(({ code }) => code).join(", ")}`);
      continue;
    }
    const report = await verifyFile(join(work, name), {
      trustAnchors: parseCertificates(Buffer.from(sandbox.rootCertificatePem)),
      at: new Date(nowIn(time)),
      bankIdRoots: parseCertificates(Buffer.from(await sandbox.bankidRootPem())),
    });
    if (report.verdict !== wanted.verdict) wrong.push(`${basename(name)} is ${report.verdict}`);
    const signed = await readFile(join(work, name));
    if (!signed.subarray(0, original.length).equals(original)) wrong.push(`${name} does not begin with the original`);
  }
  return { results: results.length, wrong };
}

/** What was said last of the run or its document. */
function lastCode(answers: readonly (ProgramAnswer | null)[]): string | null {
  const codes = answers.flatMap((answer) =>
    answer === null
      ? []
      : [
          ...(answer.refused === null ? [] : [answer.refused]),
          ...answer.runs.flatMap(({ outcome, items, question }) => [
            ...items.flatMap((item) => item.split(" ").slice(1)),
            ...(outcome?.code === null || outcome === null ? [] : [outcome.code]),
            ...(question === null ? [] : [question]),
          ]),
        ],
  );
  return codes.at(-1) ?? null;
}
