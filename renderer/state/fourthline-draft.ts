import type { FourthlineDetails } from "../../shared/order-details.ts";
import { MAXIMUM_REFERENCE_LENGTH, fieldProblem, lineProblem, plainValue } from "../../shared/signer-fields.ts";
import type { FieldProblem } from "../../shared/signer-fields.ts";

export const FOURTHLINE_FIELDS = ["givenName", "surname", "mobile", "reference"] as const;
export type FourthlineField = (typeof FOURTHLINE_FIELDS)[number];

/** Who signs with Fourthline, as far as it is typed. SECURITY: as an order to IDnow; it lives as long as the window. */
export interface FourthlineDraft {
  readonly values: Readonly<Record<FourthlineField, string>>;
  readonly flow: FourthlineDetails["flow"];
  /** Fields that the person has left once: only these are found fault with. */
  readonly left: readonly FourthlineField[];
  /** Somebody pressed Sign: now every field is. */
  readonly showsAll: boolean;
}

export const EMPTY_FOURTHLINE: FourthlineDraft = {
  values: { givenName: "", surname: "", mobile: "", reference: "" },
  flow: "completed",
  left: [],
  showsAll: false,
};

/** Null: the value is good. */
function fourthlineProblem(field: FourthlineField, typed: string): FieldProblem | null {
  return field === "reference"
    ? lineProblem(typed.trim(), MAXIMUM_REFERENCE_LENGTH)
    : fieldProblem(field, plainValue(field, typed));
}

/** What is said beside a field now; null: nothing. */
export function shownFourthlineProblem(draft: FourthlineDraft, field: FourthlineField): FieldProblem | null {
  const { values, left, showsAll } = draft;
  const isJudged = showsAll || (left.includes(field) && values[field].trim() !== "");
  return isJudged ? fourthlineProblem(field, values[field]) : null;
}

export const changedFourthline = (draft: FourthlineDraft, field: FourthlineField, value: string): FourthlineDraft => ({
  ...draft,
  values: { ...draft.values, [field]: value },
});

export const leftFourthline = (draft: FourthlineDraft, field: FourthlineField): FourthlineDraft => ({
  ...draft,
  left: [...new Set([...draft.left, field])],
});

/** What was chosen, as far as the account is set up for it. */
export const offeredFlow = (
  flow: FourthlineDetails["flow"],
  flows: readonly FourthlineDetails["flow"][],
): FourthlineDetails["flow"] => (flows.includes(flow) ? flow : (flows[0] ?? flow));

/** The order's details; null while something is missing or wrong. */
export function fourthlineDetails(
  { values, flow }: FourthlineDraft,
  flows: readonly FourthlineDetails["flow"][],
): FourthlineDetails | null {
  if (FOURTHLINE_FIELDS.some((field) => fourthlineProblem(field, values[field]) !== null)) return null;
  const { givenName, surname, mobile, reference } = values;
  return {
    provider: "fourthline",
    signer: { givenName: givenName.trim(), surname: surname.trim(), mobile: plainValue("mobile", mobile) },
    flow: offeredFlow(flow, flows),
    reference: reference.trim(),
  };
}
