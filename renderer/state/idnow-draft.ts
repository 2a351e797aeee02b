import type { IdnowChoices } from "../../shared/app-state.ts";
import type { IdnowDetails, IdnowSigner } from "../../shared/order-details.ts";
import {
  MAXIMUM_CHECKBOXES,
  MAXIMUM_CHECKBOX_LENGTH,
  MAXIMUM_SIGNERS,
  SIGNER_FIELDS,
  fieldProblem,
  lineProblem,
  plainValue,
  repeatedMobiles,
} from "../../shared/signer-fields.ts";
import type { FieldProblem, SignerField } from "../../shared/signer-fields.ts";

/** An order to IDnow as far as it is typed. SECURITY: other people's data; it lives as long as the window and is stored nowhere. */
export interface IdnowDraft {
  readonly signers: readonly SignerDraft[];
  readonly signatureType: IdnowDetails["signatureType"];
  readonly codeEntry: IdnowDetails["codeEntry"];
  readonly showIdentification: boolean;
  readonly keepIdentification: boolean;
  readonly checkboxes: readonly string[];
  readonly robot: IdnowDetails["robot"];
  /** Fields that the person has left once: only these are found fault with. */
  readonly left: readonly string[];
  /** Somebody pressed Sign: now every field is. */
  readonly showsAll: boolean;
}

export interface SignerDraft extends IdnowSigner {
  /** Stays the same while signers come, go and change places. */
  readonly key: number;
}

export type SignerProblem = FieldProblem | "repeated";

const nobody = (key: number): SignerDraft => ({ key, givenName: "", surname: "", email: "", mobile: "" });

export const EMPTY_IDNOW: IdnowDraft = {
  signers: [nobody(1)],
  signatureType: "QES",
  codeEntry: "page",
  showIdentification: false,
  keepIdentification: false,
  checkboxes: [],
  robot: null,
  left: [],
  showsAll: false,
};

export function withSigner({ signers }: IdnowDraft): Partial<IdnowDraft> {
  if (signers.length >= MAXIMUM_SIGNERS) return {};
  return { signers: [...signers, nobody(Math.max(0, ...signers.map(({ key }) => key)) + 1)] };
}

/** The last one stays: somebody has to sign. */
export function withoutSigner({ signers }: IdnowDraft, key: number): Partial<IdnowDraft> {
  return signers.length < 2 ? {} : { signers: signers.filter((signer) => signer.key !== key) };
}

export function movedSigner({ signers }: IdnowDraft, key: number, by: -1 | 1): Partial<IdnowDraft> {
  const from = signers.findIndex((signer) => signer.key === key);
  const moved = signers[from];
  const to = from + by;
  if (moved === undefined || to < 0 || to >= signers.length) return {};
  const others = signers.filter((signer) => signer !== moved);
  return { signers: [...others.slice(0, to), moved, ...others.slice(to)] };
}

export function changedSigner(
  { signers }: IdnowDraft,
  key: number,
  change: Partial<IdnowSigner>,
): Pick<IdnowDraft, "signers"> {
  return { signers: signers.map((signer) => (signer.key === key ? { ...signer, ...change } : signer)) };
}

const place = (key: number, field: SignerField): string => `${key}.${field}`;

/** The person goes on to another field: what was typed becomes what would be sent, and may be found fault with. */
export function leftField(draft: IdnowDraft, key: number, field: SignerField): Partial<IdnowDraft> {
  const signer = draft.signers.find((one) => one.key === key);
  if (signer === undefined) return {};
  return {
    ...changedSigner(draft, key, { [field]: plainValue(field, signer[field]) }),
    left: [...new Set([...draft.left, place(key, field)])],
  };
}

function plainSigner(signer: IdnowSigner): IdnowSigner {
  return {
    givenName: plainValue("givenName", signer.givenName),
    surname: plainValue("surname", signer.surname),
    email: plainValue("email", signer.email),
    mobile: plainValue("mobile", signer.mobile),
  };
}

type Problems = Readonly<Partial<Record<SignerField, SignerProblem>>>;

/** What is wrong with each signer, in their order. */
export function signerProblems(draft: IdnowDraft): readonly Problems[] {
  const signers = draft.signers.map(plainSigner);
  const repeated = repeatedMobiles(signers.map(({ mobile }) => mobile));
  return signers.map((signer, index) => {
    const found = SIGNER_FIELDS.flatMap((field) => {
      const problem = fieldProblem(field, signer[field]);
      const own = problem === null && field === "mobile" && repeated.includes(index) ? "repeated" : problem;
      return own === null ? [] : [[field, own] as const];
    });
    return Object.fromEntries(found);
  });
}

/** The problem to show beside a field now; null as long as the person may still be typing it. */
export function shownProblem(draft: IdnowDraft, index: number, field: SignerField): SignerProblem | null {
  const signer = draft.signers[index];
  if (signer === undefined || (!draft.showsAll && !draft.left.includes(place(signer.key, field)))) return null;
  const problem = signerProblems(draft)[index]?.[field] ?? null;
  // Whoever looks around first need not be told that nothing is typed yet.
  return problem === "missing" && !draft.showsAll ? null : problem;
}

/** The draft as this account can have it: what is not offered is not chosen. */
export function offeredDraft(draft: IdnowDraft, offered: IdnowChoices): IdnowDraft {
  const pick = <Value>(value: Value, from: readonly Value[]): Value =>
    from.includes(value) ? value : (from[0] ?? value);
  return {
    ...draft,
    signatureType: pick(draft.signatureType, offered.signatureTypes),
    codeEntry: pick(draft.codeEntry, offered.codeEntries),
    keepIdentification: draft.keepIdentification && offered.keepsIdentification,
    // A robot's orders cannot be told from each other: it plays one signer.
    robot: offered.robots && draft.signers.length === 1 ? draft.robot : null,
  };
}

/** What goes into the request; null while something is missing or wrong. */
export function idnowDetails(typed: IdnowDraft, offered: IdnowChoices): IdnowDetails | null {
  const draft = offeredDraft(typed, offered);
  const checkboxes = draft.checkboxes.map((line) => line.trim()).filter((line) => line !== "");
  const isWrong =
    signerProblems(draft).some((problems) => Object.keys(problems).length > 0) ||
    checkboxes.some((line) => lineProblem(line, MAXIMUM_CHECKBOX_LENGTH) !== null);
  if (isWrong) return null;
  const { signatureType, codeEntry, showIdentification, keepIdentification, robot } = draft;
  return {
    provider: "idnow",
    signers: draft.signers.map(plainSigner),
    signatureType,
    codeEntry,
    showIdentification,
    keepIdentification,
    checkboxes: checkboxes.slice(0, MAXIMUM_CHECKBOXES),
    robot,
  };
}
