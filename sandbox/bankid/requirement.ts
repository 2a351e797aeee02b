import { z } from "zod";
import { kindPolicy } from "./persons.ts";
import type { PracticePerson } from "./persons.ts";

/** One `*` is allowed, as the last character and from the fifth position on. */
const policy = z
  .string()
  .regex(/^\d{1,9}(?:\.\d{1,9}){0,20}(?:\.?\*)?$/)
  .refine((text) => !/^.{0,3}\*/.test(text));

/** `requirement` of the RP API; PhenixID takes the same as text. What is unknown is refused. */
export const requirementSchema = z.strictObject({
  pinCode: z.boolean().exactOptional(),
  mrtd: z.boolean().exactOptional(),
  cardReader: z.enum(["class1", "class2"]).exactOptional(),
  certificatePolicies: z.array(policy).min(1).max(50).exactOptional(),
  personalNumber: z
    .string()
    .regex(/^\d{12}$/)
    .exactOptional(),
  risk: z.enum(["LOW", "MODERATE"]).exactOptional(),
});

export type Requirement = z.output<typeof requirementSchema>;

/** Why a person's BankID cannot be taken for an order at all; the app goes on looking for another one. Null: it can. */
export function unfitness(person: PracticePerson, requirement: Requirement): "other-person" | "other-kind" | null {
  const { cardReader, certificatePolicies, personalNumber } = requirement;
  if (personalNumber !== undefined && personalNumber !== person.personalNumber) return "other-person";
  if (cardReader !== undefined && person.kind !== "card") return "other-kind";
  const policies = certificatePolicies ?? Object.values(kindPolicy);
  return policies.some((asked) => matches(asked, kindPolicy[person.kind])) ? null : "other-kind";
}

function matches(asked: string, policyOfPerson: string): boolean {
  return asked.endsWith("*") ? policyOfPerson.startsWith(asked.slice(0, -1)) : asked === policyOfPerson;
}

/** How an order ends as soon as this person's BankID is taken for it, or null. */
export function endOnChoice(person: PracticePerson, { mrtd, risk }: Requirement): string | null {
  if (mrtd === true && !person.readsDocuments) return "notSupportedByUserApp";
  if (risk !== undefined && riskOrder[person.risk] > (risk === "LOW" ? 0 : 1)) return "transactionRiskBlocked";
  return null;
}

const riskOrder = { low: 0, moderate: 1, high: 2 } as const;
