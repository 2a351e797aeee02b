import { access, constants, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ReviewSheet } from "../../../shared/app-state.ts";
import type { DocumentWarning } from "../../../shared/document-warning.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { DocumentId, Sha256Hex } from "../../../shared/ids.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import type { Placement } from "../../../shared/placement.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { LookBudget } from "../../verify/concealed/look-budget.ts";
import type { SignaturePlace, SigningOrder } from "../../providers/provider.ts";
import { digestOfStart } from "../documents/digest-of-start.ts";
import { fileFailure } from "../documents/file-failure.ts";
import { nameTaken } from "../documents/name-taken.ts";
import { checkUnchanged } from "../documents/fingerprint.ts";
import type { InspectedDocument } from "../documents/open-document.ts";
import { outputName } from "../documents/output-name.ts";
import { LONGEST_SEARCH } from "./check-concealed.ts";
import { groupWarnings, signingIntent } from "./check-document.ts";
import { checkEarlierSignatures } from "./check-earlier-signatures.ts";
import { checkLocally } from "./check-locally.ts";
import { PRACTICE_PROFILE } from "../../storage/profiles.ts";
import { environmentKind } from "./signing-environment.ts";
import { previewText } from "./preview-text.ts";
import { evidenceOutlook, outlookWarnings } from "./evidence/evidence-outlook.ts";
import { isNoMatter } from "../../../shared/no-matter-for-texts.ts";
import { evidencePackageName } from "./evidence/package-name.ts";
import type { SigningEnvironment } from "./signing-environment.ts";

/** Room for the appended revision of one document: font subset, image, placeholder. */
const UPDATE_ALLOWANCE_BYTES = 512 * 1024;
/** A page object and a stamp (see the test of 5,000 pages). */
const INITIALS_BYTES = 600;

/** A request whose every local check has passed, waiting for the person's "yes". */
export interface ReviewedRequest {
  readonly request: SignRequest;
  readonly environment: SigningEnvironment;
  readonly order: SigningOrder;
  readonly items: readonly ReviewedItem[];
  readonly sheet: ReviewSheet;
}

export interface ReviewedItem {
  readonly item: string;
  readonly document: DocumentId;
  readonly source: InspectedDocument;
  readonly sha256: Sha256Hex;
  readonly outputPath: string;
  readonly outputFixed: boolean;
  readonly placement: Placement;
  readonly place: SignaturePlace | null;
  readonly rewrite: boolean;
  readonly warnings: readonly DocumentWarning[];
  /** A part of the mark lies outside the page that is shown. */
  readonly clipped: boolean;
  readonly initialledPages: number;
}

export interface ReviewInput {
  readonly request: SignRequest;
  readonly environment: SigningEnvironment;
  readonly documents: readonly { readonly id: DocumentId; readonly source: InspectedDocument }[];
  /** Null: beside each original. */
  readonly outputFolder: string | null;
  /** The person named the result (one document only). */
  readonly outputFile: string | null;
  /** Opens encrypted documents that do not open without one; by path. */
  readonly documentPassword?: (path: string) => string | undefined;
  /** A code by which the provider knows this person, or null. */
  readonly knownPerson: string | null;
}

/** Everything that can be refused is refused here, before anything leaves the computer and before anybody approves. */
export async function reviewRequest(input: ReviewInput, now: Date): Promise<Result<ReviewedRequest, Failure>> {
  const { request, environment } = input;
  const { drawsMark, takes, takesPlace } = environment.provider.descriptor;
  if (drawsMark === true && (wantsOwnMark(request) || (takesPlace === false && wantsPlace(request)))) {
    return failed({ code: "provider.own-mark" });
  }
  if (takes === "text" && request.initials !== undefined) {
    return failed({ code: "evidence.no-initials" });
  }
  const outlook = await evidenceOutlook(environment, now);
  const reserved = new Set<string>();
  const items: ReviewedItem[] = [];
  const budget = new LookBudget(LONGEST_SEARCH);
  for (const [index, { id, source }] of input.documents.entries()) {
    const own = source.inspection.refusal;
    const refusal =
      own === null || isNoMatter(takes, own.code) ? await checkUnchanged(source.path, source.fingerprint) : own;
    if (refusal !== null) {
      return failed(refusal);
    }
    const placement = request.placements?.[id] ?? request.placement;
    const password = input.documentPassword?.(source.path);
    const intent = signingIntent(request, environment, id);
    const share = 1 / (input.documents.length - index);
    const checked = await checkLocally(source, { intent, placement, request, password, budget, share });
    if (!checked.ok) {
      return checked;
    }
    const { marks, warnings, place, staysAsItIs } = checked.value;
    const isPackage = outlook !== null && (outlook.kind !== "sealed" || staysAsItIs);
    const output = chooseOutput(input, source, reserved, isPackage);
    if (!output.ok) {
      return output;
    }
    reserved.add(output.value);
    const sha256 = await digestOf(source);
    if (!sha256.ok) {
      return sha256;
    }
    items.push({
      item: String(index + 1),
      document: id,
      source,
      sha256: sha256.value,
      outputPath: output.value,
      outputFixed: input.outputFile !== null,
      placement,
      place,
      clipped: marks.clipped,
      initialledPages: marks.initialledPages,
      // Evidence speaks of the file as it is: nothing is written anew for it.
      rewrite: source.inspection.repaired && takes !== "text",
      warnings: [
        ...(await checkEarlierSignatures(source, password)),
        ...warnings,
        ...outlookWarnings(outlook, staysAsItIs),
      ],
    });
  }
  const folderProblem = await checkFolders(items);
  if (folderProblem !== null) {
    return failed(folderProblem);
  }
  // A package of evidence needs no timestamp; a seal without one says so when it is made.
  if (takes !== "text" && request.level !== "B-B" && environment.timestamp === null) {
    return failed({ code: "extension.no-timestamp-service" });
  }
  const order = orderOf(input, items);
  const objection = environment.provider.check(order);
  if (objection !== null) {
    return failed(objection);
  }
  const preview = previewText(environment, order, items);
  if (!preview.ok) {
    return preview;
  }
  const text = preview.value;
  const signedText = { text, evidence: outlook === null ? null : { sealedBy: outlook.sealedBy } };
  const confirmed = text === null ? order : { ...order, confirmedText: text.visible };
  return success({
    request,
    environment,
    order: confirmed,
    items,
    sheet: sheetOf(input, order, items, signedText),
  });
}

/** What a provider that draws the mark itself cannot be told. */
function wantsOwnMark(request: SignRequest): boolean {
  const { mark, initials, certification, reason, location, lockFields } = request;
  const { fieldName, documents, placements, placement } = request;
  const namesNewField =
    fieldName !== undefined && documents.some((id) => (placements?.[id] ?? placement).kind !== "field");
  return (
    namesNewField ||
    lockFields === true ||
    [mark, initials, certification, reason, location].some((part) => part !== undefined)
  );
}

const wantsPlace = ({ documents, placements, placement }: SignRequest): boolean =>
  documents.some((id) => (placements?.[id] ?? placement).kind !== "invisible");

/** SECURITY: the digest on the sheet is of the file that the person looked at, also when somebody writes to it now. */
async function digestOf(source: InspectedDocument): Promise<Result<Sha256Hex, Failure>> {
  try {
    const digest = await digestOfStart(source.path, source.fingerprint.size);
    const changed = await checkUnchanged(source.path, source.fingerprint);
    return changed === null ? success(digest) : failed(changed);
  } catch {
    return failed({ code: "document.changed-on-disk", params: { name: source.name } });
  }
}

function chooseOutput(
  input: ReviewInput,
  source: InspectedDocument,
  reserved: ReadonlySet<string>,
  isPackage: boolean,
): Result<string, Failure> {
  if (input.outputFile !== null) {
    return nameTaken(input.outputFile) || reserved.has(input.outputFile)
      ? failed({ code: "output.name-taken", params: { name: basename(input.outputFile) } })
      : success(input.outputFile);
  }
  const folder = input.outputFolder ?? dirname(source.path);
  const isTaken = (candidate: string): boolean => {
    const path = join(folder, candidate);
    return reserved.has(path) || nameTaken(path);
  };
  return success(join(folder, (isPackage ? evidencePackageName : outputName)(source.name, isTaken)));
}

/** Every folder that will be written to: is it there, may we write, is there room for all its results? */
async function checkFolders(items: readonly ReviewedItem[]): Promise<Failure | null> {
  const needed = new Map<string, number>();
  for (const item of items) {
    const folder = dirname(item.outputPath);
    needed.set(
      folder,
      (needed.get(folder) ?? 0) +
        item.source.fingerprint.size +
        UPDATE_ALLOWANCE_BYTES +
        item.initialledPages * INITIALS_BYTES,
    );
  }
  for (const [folder, bytes] of needed) {
    try {
      if (!(await stat(folder)).isDirectory()) {
        return { code: "output.folder-missing", params: { name: basename(folder) } };
      }
      await access(folder, constants.W_OK);
      const space = await statfs(folder);
      if (space.bavail * space.bsize < bytes) {
        return { code: "output.disk-full", params: { name: basename(folder) } };
      }
    } catch (error) {
      return fileFailure(error, folder);
    }
  }
  return null;
}

function orderOf(input: ReviewInput, items: readonly ReviewedItem[]): SigningOrder {
  const { request } = input;
  return {
    documents: items.map(({ item, source, place }) => ({
      id: item,
      name: source.name,
      size: source.fingerprint.size,
      ...(input.environment.provider.descriptor.takes === "document" ? { place } : {}),
    })),
    language: request.language,
    description: request.description ?? null,
    policy: request.policy ?? input.environment.defaultPolicy,
    commitmentType: request.commitmentType ?? null,
    signerRole: request.signerRole ?? null,
    knownPerson: input.knownPerson,
    ...(request.details === undefined ? {} : { details: request.details }),
  };
}

/** What is signed instead of a document, and what becomes of it; both null for providers that sign documents. */
type SignedText = Pick<ReviewSheet, "text" | "evidence">;

function sheetOf(
  { environment, outputFolder, request }: ReviewInput,
  order: SigningOrder,
  items: readonly ReviewedItem[],
  { text, evidence }: SignedText,
): ReviewSheet {
  const { descriptor } = environment.provider;
  // Without a seal there is no signature in a PDF that could have a level.
  const level = evidence?.sealedBy === null ? "B-B" : request.level;
  return {
    provider: descriptor.id,
    environment: environmentKind(environment),
    profile: descriptor.id === "certificate" || environment.profile === PRACTICE_PROFILE ? null : environment.profile,
    items: items.map((item) => ({
      document: item.document,
      name: item.source.name,
      sha256: item.sha256,
      outputName: basename(item.outputPath),
    })),
    outputFolder: outputFolder === null ? null : basename(outputFolder),
    sends: descriptor.id === "certificate" ? "nothing" : descriptor.takes,
    recipient: environment.recipient,
    timestampHost: level === "B-B" ? null : (environment.timestampHost ?? null),
    asksIssuers: level === "B-LT" || level === "B-LTA",
    certificate: environment.certificate ?? null,
    policy: environment.policies.find((policy) => policy.reference === order.policy) ?? null,
    commitmentType: environment.commitmentTypes.find((type) => type.reference === order.commitmentType) ?? null,
    approvals: Math.ceil(items.length / descriptor.maximumDocuments),
    clipped: items.filter((item) => item.clipped).map((item) => item.source.name),
    initialledPages: items.reduce((sum, item) => sum + item.initialledPages, 0),
    rewritten: items.filter((item) => item.rewrite).map((item) => item.source.name),
    certification: request.certification ?? null,
    locksFields: request.lockFields ?? false,
    text,
    evidence,
    warnings: groupWarnings(items.map(({ source, warnings }) => ({ name: source.name, warnings }))),
  };
}
