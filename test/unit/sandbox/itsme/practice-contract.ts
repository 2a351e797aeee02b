import type { ItsmeContract } from "../../../../sandbox/itsme/contract.ts";
import { commitmentTypes, signPolicies } from "../../../../sandbox/itsme/discovery.ts";

/** A contract with a return address that has a query of its own, as in the documents. */
export function practiceContract(change: Partial<ItsmeContract> = {}): ItsmeContract {
  return {
    partnerCode: "P",
    serviceCode: "S",
    redirectUrl: "https://partner.example/back?sessionID=1",
    batch: true,
    policies: signPolicies,
    commitmentTypes,
    ...change,
  };
}
