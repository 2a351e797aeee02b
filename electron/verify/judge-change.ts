import type { PdfFile } from "../pdf/pdf-file.ts";
import type { Change } from "./changes/change.ts";
import { isLocked, permissionsOf, type Permissions, stricter } from "./permissions.ts";
import type { SignedState } from "./signed-state.ts";

/** What one change amounts to under the signatures that it came after. */
export interface JudgedChange {
  readonly change: Change;
  readonly verdict: Change["verdict"];
  readonly code: string;
  readonly message: string;
}

/** What the signatures up to a revision permit. */
export interface InForce {
  readonly certification: Permissions["certification"];
  readonly locks: Permissions["locks"];
}

/** Certification and locks of this signature and of those before it, each read from the revision it signed. */
export function inForce(file: PdfFile, signed: SignedState, earlier: readonly SignedState[]): InForce {
  const states = [signed, ...earlier.filter(({ revision }) => revision <= signed.revision)];
  const all = states.map(({ revision, dict, field }) => permissionsOf(file.atRevision(revision), dict, field));
  return {
    certification: all.map(({ certification }) => certification).reduce(stricter, undefined),
    locks: all.flatMap(({ locks }) => locks),
  };
}

/** The change under what the signatures permit: a breach is forbidden, whatever the change itself is. */
export function judgeChange(change: Change, permissions: InForce): JudgedChange {
  const breach = breachOf(change, permissions);
  if (breach !== undefined) {
    return {
      change,
      verdict: "forbidden",
      code: "changes.not-permitted",
      message: `${withObject(change)} ${breach}`,
    };
  }
  if (change.verdict === "allowed" && change.replaces === true && !isFillingPermitted(permissions)) {
    const why = "Its value was another one when the document was signed, and no signature permits that.";
    return { change, verdict: "not-judged", code: "changes.value-replaced", message: `${change.message} ${why}` };
  }
  if (change.verdict === "allowed" && change.kind === "annotation" && permissions.certification !== 3) {
    const why = "No signature permits annotations.";
    return { change, verdict: "not-judged", code: change.code, message: `${withObject(change)} ${why}` };
  }
  const message = change.verdict === "allowed" ? change.message : withObject(change);
  return { change, verdict: change.verdict, code: change.code, message };
}

export const withObject = ({ message, object }: Change): string =>
  object === undefined ? message : message.replace(/\.$/u, ` (object ${object}).`);

/**
 * A certification permits filling in, and a lock on some fields says that the others are free. SECURITY: without either,
 * nobody agreed that what he saw in a field when he signed may become something else.
 */
const isFillingPermitted = ({ certification, locks }: InForce): boolean =>
  certification === 2 || certification === 3 || locks.length > 0;

/** ISO 32000-2 table 257, and locks; a sentence when the change breaks what a signature permits. */
function breachOf(change: Change, { certification, locks }: InForce): string | undefined {
  const fillsOrSigns =
    change.kind === "form-filling" || change.kind === "signature" || change.kind === "new-signature-field";
  if (certification === 1 && (fillsOrSigns || change.kind === "annotation")) {
    return "The certification permits no changes.";
  }
  if (certification === 2 && change.kind === "annotation") {
    return "The certification permits only filling in and signing.";
  }
  // E.5 rule 9; the attacks "evil annotation" and "sneaky signature" on certified documents.
  if (certification !== undefined && change.covers === true) {
    return "A certified document must stay readable.";
  }
  if (certification !== undefined && change.kind === "new-signature-field" && change.visible === true) {
    return "The certification does not permit a new visible signature.";
  }
  const touchesField = change.kind === "form-filling" || change.kind === "signature";
  if (touchesField && change.field !== undefined && isLocked(locks, change.field)) {
    return "An earlier signature locked this field.";
  }
  return undefined;
}
