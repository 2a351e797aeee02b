import { rm } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { FileReport, PadesLevel } from "../../../shared/verification.ts";
import { checkLongTerm } from "../../pades/conformance/check-long-term.ts";
import { extendFile } from "../../pades/extend-signature.ts";
import type { ExtensionLevel, ExtensionParts } from "../../pades/extend-signature.ts";
import { openOptions } from "../../pdf/open-pdf.ts";
import { verifyFile } from "../../verify/verify-file.ts";
import { deliverFile } from "../documents/deliver-file.ts";
import { nameTaken } from "../documents/name-taken.ts";

export interface ExtendDocumentRequest {
  readonly source: string;
  readonly level: ExtensionLevel;
  /** A file, which must not exist; or the folder for a free name: "contract.pdf" becomes "contract-extended.pdf". */
  readonly output: { readonly kind: "file" | "folder"; readonly path: string };
  /** For the name of the staged file. */
  readonly randomUuid: () => string;
  readonly signal?: AbortSignal;
}

export interface ExtendedDocument {
  readonly outputPath: string;
  readonly level: PadesLevel;
  readonly report: FileReport;
  /** Why the wanted level was not reached, when it was not. */
  readonly notice: Failure | null;
}

/** Names that others take just before us; more than this is no coincidence. */
const MAXIMUM_NAMES = 1000;

/**
 * Extends a signed document, ours or a stranger's, and delivers the result under a new name: judged before (nothing is
 * built on a broken signature), held against the standard and judged after, never replacing a file. When not even a
 * part of the way could be gone, nothing is delivered and the shortfall is the failure.
 */
export async function extendDocument(
  parts: ExtensionParts,
  request: ExtendDocumentRequest,
): Promise<Result<ExtendedDocument, Failure>> {
  const { source, level, output, signal } = request;
  const judge = (path: string): Promise<FileReport> =>
    verifyFile(path, {
      trustAnchors: parts.anchors,
      at: parts.now(),
      ...openOptions(parts.password),
      ...(signal === undefined ? {} : { signal }),
    });
  const before = await judge(source);
  const broken = before.signatures.find(({ intact }) => !intact);
  if (broken !== undefined) {
    return failed({ code: "extension.broken-signature", params: { field: broken.field } });
  }
  const folder = output.kind === "folder" ? resolve(output.path) : dirname(resolve(output.path));
  const staged = join(folder, `.sealdesk-extend-${request.randomUuid().slice(0, 8)}.part`);
  try {
    const extended = await extendFile({ ...parts, source, staged, level, signal });
    if (!extended.ok) {
      return extended;
    }
    const { shortfall, level: reached, appended } = extended.value;
    if (shortfall !== null && appended === 0) {
      return failed(shortfall);
    }
    const objection = await objectionTo(staged, reached, before, judge, parts.password);
    if (!objection.ok) {
      return objection;
    }
    const delivered = await deliver(staged, source, folder, output);
    if (!delivered.ok) {
      return delivered;
    }
    const report = { ...objection.value, file: delivered.value };
    return success({ outputPath: delivered.value, level: reached, report, notice: shortfall });
  } finally {
    await rm(staged, { force: true });
  }
}

/** Our own two judges, as for a new signature. */
async function objectionTo(
  staged: string,
  reached: PadesLevel,
  before: FileReport,
  judge: (path: string) => Promise<FileReport>,
  password: string | undefined,
): Promise<Result<FileReport, Failure>> {
  const name = basename(before.file);
  const [violation] = reached === "B-LT" || reached === "B-LTA" ? await checkLongTerm(staged, reached, password) : [];
  if (violation !== undefined) {
    const params = { name, rule: violation.rule, message: violation.message };
    return failed({ code: "output.conformance", params });
  }
  const after = await judge(staged);
  const broken = after.signatures.find(({ intact }) => !intact);
  const lost = before.signatures.find(({ field }) => !after.signatures.some((signature) => signature.field === field));
  const reason = broken?.field ?? lost?.field;
  return reason === undefined
    ? success(after)
    : failed({ code: "output.verification", params: { name, reason: `extension.${reason}` } });
}

async function deliver(
  staged: string,
  source: string,
  folder: string,
  output: ExtendDocumentRequest["output"],
): Promise<Result<string, Failure>> {
  if (output.kind === "file") {
    const path = resolve(output.path);
    const outcome = await deliverFile(staged, path, source);
    return outcome.ok ? success(path) : outcome;
  }
  for (let count = 1; count <= MAXIMUM_NAMES; count += 1) {
    const path = join(folder, extendedName(source, count));
    if (nameTaken(path)) {
      continue;
    }
    const outcome = await deliverFile(staged, path, source);
    if (outcome.ok || outcome.failure.code !== "output.name-taken") {
      return outcome.ok ? success(path) : outcome;
    }
  }
  return failed({ code: "output.name-taken", params: { name: extendedName(source, 1) } });
}

function extendedName(source: string, count: number): string {
  const extension = extname(source);
  const base = basename(source, extension).replace(/-extended(?:-\d+)?$/u, "");
  return `${base}-extended${count === 1 ? "" : `-${count}`}${extension === "" ? ".pdf" : extension}`;
}
