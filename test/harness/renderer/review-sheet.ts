import type { ReviewSheet } from "../../../shared/app-state.ts";
import { reviewId } from "../../../shared/ids.ts";
import type { ReviewId } from "../../../shared/ids.ts";
import { DIGEST, idOf } from "./scenarios.ts";

interface ReviewAnswer {
  readonly review: ReviewId;
  readonly sheet: ReviewSheet;
}

/** The confirmation sheet over so many contracts, in practice with itsme where nothing else is said. */
export function reviewSheet(count: number, change: Partial<ReviewSheet> = {}): ReviewSheet {
  return {
    provider: "itsme",
    environment: "sandbox",
    profile: null,
    items: Array.from({ length: count }, (_, index) => ({
      document: idOf(index + 1),
      name: `Contract ${index + 1}.pdf`,
      sha256: DIGEST,
      outputName: `Contract ${index + 1}-signed.pdf`,
    })),
    outputFolder: null,
    sends: "hash",
    recipient: "127.0.0.1:40443",
    timestampHost: "127.0.0.1:40444",
    asksIssuers: false,
    certificate: null,
    policy: null,
    commitmentType: null,
    approvals: 1,
    rewritten: [],
    certification: null,
    locksFields: false,
    warnings: [],
    clipped: [],
    initialledPages: 0,
    text: null,
    evidence: null,
    ...change,
  };
}

/** What main answers when it is asked what would be sent. */
export const reviewAnswer = (sheet: ReviewSheet): ReviewAnswer => ({
  review: reviewId("20000000-0000-4000-8000-000000000001"),
  sheet,
});
