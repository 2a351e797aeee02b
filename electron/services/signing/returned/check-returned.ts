import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { FileReport, SignatureReport } from "../../../../shared/verification.ts";
import { changesSince } from "../../../verify/changes-since.ts";
import type { ItemRecord, ReturnedDocument, SentDocument } from "../../../storage/journal-record.ts";
import { digestOfStart } from "../../documents/digest-of-start.ts";
import { reportOfEarlier } from "../check-result.ts";
import type { Judge } from "../check-result.ts";
import { keptForLater } from "../kept-for-later.ts";
import { missingSigners } from "./signer-name.ts";

export interface CheckedReturn {
  readonly report: FileReport;
  /** Good, but there is something that no rule could judge. */
  readonly notice: Failure | null;
  /** Fields of the signatures that were made for this order. */
  readonly fields: readonly string[];
}

/**
 * A signed document that a provider gave back is a stranger's file. SECURITY: it is the order's result only when it is what
 * was sent plus incremental updates, which do nothing but sign, by the people who were ordered to.
 */
export async function checkReturned(
  judge: Judge,
  item: ItemRecord,
  sent: SentDocument,
  returned: ReturnedDocument,
): Promise<Result<CheckedReturn, Failure>> {
  const refuse = (
    code: "returned.not-ours" | "returned.changed" | "returned.not-signed" | "returned.other-signer",
    params: Readonly<Record<string, string>> = {},
  ) => failed<Failure>({ code, params: { name: item.name, ...params } });
  if (returned.size <= sent.size || (await digestOfStart(item.stagedPath, sent.size)) !== sent.sha256) {
    return refuse("returned.not-ours");
  }
  const changes = changesSince(item.stagedPath, sent.size, item.placement);
  if (changes === null) {
    return refuse("returned.not-ours");
  }
  const [change] = changes.refused;
  if (change !== undefined) {
    return refuse("returned.changed", { change });
  }
  const report = await judge(item.stagedPath);
  const before = await reportOfEarlier(judge, item, sent.size);
  const isNew = ({ field, type }: SignatureReport): boolean =>
    type === "signature" && !before.signatures.some((earlier) => earlier.field === field);
  const own = report.signatures.filter(isNew);
  if (own.length === 0) {
    return refuse("returned.not-signed");
  }
  const bad = own.find(({ intact, indication }) => !intact || indication === "TOTAL-FAILED");
  const kept = bad === undefined ? null : keptForLater(bad);
  if (kept !== null) {
    return failed(kept);
  }
  const lost = before.signatures.find(
    ({ field, intact }) => intact && report.signatures.find((now) => now.field === field)?.intact !== true,
  );
  const broken = bad ?? lost;
  if (broken !== undefined) {
    const reason = bad?.reasons[0]?.code ?? `earlier-signature.${broken.field}`;
    return failed({ code: "output.verification", params: { name: item.name, reason } });
  }
  const [missing] = missingSigners(
    returned.signers,
    own.map(({ signer }) => signer),
  );
  if (missing !== undefined) {
    const found = own.map(({ signer }) => signer ?? "?").join(", ");
    return refuse("returned.other-signer", { expected: `${missing.givenName} ${missing.surname}`, found });
  }
  const [unclear] = changes.unclear;
  const notice: Failure | null =
    unclear === undefined
      ? missingCountersignature(item, returned, report, before)
      : { code: "returned.unclear-change", params: { name: item.name, change: unclear } };
  return success({ report, notice, fields: own.map(({ field }) => field) });
}

/** Beside the persons' signatures, a service's own one or a document timestamp had to come. */
function missingCountersignature(
  item: ItemRecord,
  { signers, countersigned }: ReturnedDocument,
  report: FileReport,
  before: FileReport,
): Failure | null {
  const earlier = new Set(before.signatures.map(({ field }) => field));
  const added = report.signatures.filter(({ field, intact }) => intact && !earlier.has(field));
  return countersigned === true && added.length <= signers.length
    ? { code: "returned.not-countersigned", params: { name: item.name } }
    : null;
}
