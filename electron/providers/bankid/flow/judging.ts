import { verifyBankIdEvidence } from "../../../evidence/bankid/verify-bankid-evidence.ts";
import type { FlowContext, FlowStep } from "../../provider.ts";
import { acceptedPolicies } from "../bankid-profile.ts";
import { type BankIdTools, endKept, stop, toStore } from "./flow-parts.ts";
import type { Judge } from "./flow-state.ts";

/**
 * Verifies BankID's answer against what was sent. SECURITY: nothing leaves the flow as signed that does not pass every rule.
 * An answer that cannot be judged for want of a root waits until there is one.
 */
export function judgeEvidence(state: Judge, tools: BankIdTools, context: FlowContext): FlowStep {
  const { profile, roots } = tools;
  const { evidence, signed, texts } = state;
  const { format, personalNumber } = state.wishes;
  const visibleFormat = format === "plain" ? null : format;
  const report = verifyBankIdEvidence({
    evidence,
    trust: { roots, policies: acceptedPolicies(profile) },
    expected: { ...texts, visibleFormat, ...(personalNumber === null ? {} : { personalNumber }) },
    now: new Date(context.now()),
  });
  switch (report.verdict) {
    case "passed":
      return {
        kind: "evidence",
        state: toStore({ step: "delivered" }),
        documents: signed,
        evidence: { kind: "bankid", evidence, ...texts, visibleFormat, report },
      };
    case "undecided":
      return stop(state, { code: "bankid.evidence-undecided" }, context.now());
    case "failed": {
      const codes = report.problems.map(({ code }) => code);
      if (codes.length === 1 && codes[0] === "not-in-the-future") {
        // Somebody may have set this computer's clock back. BankID gives its answer once, so it waits here until the clock is right.
        return stop(state, { code: "bankid.clock-behind" }, context.now());
      }
      return endKept(
        state,
        codes.length === 1 && codes[0] === "person"
          ? { code: "bankid.other-person" }
          : { code: "bankid.evidence-refused", params: { rules: codes.join(", ") } },
      );
    }
  }
}
