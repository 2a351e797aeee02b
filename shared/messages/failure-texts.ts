import type { FailureCode } from "../failure.ts";

/** The three sentences of a failure: what happened, why, and what to do next. */
export interface FailureText {
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

/** Some of the failures; a whole catalogue has all of them. */
export type FailureTexts = { readonly [Code in FailureCode]?: FailureText };
