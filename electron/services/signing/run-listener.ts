import type { WorkStep } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { Interaction } from "../../../shared/interaction.ts";
import type { DeliveredItem } from "./signing-steps.ts";

/** What a run tells while it goes on. */
export interface RunListener {
  readonly onInteraction: (interaction: Interaction | null) => void;
  readonly onItem: (item: string, progress: ItemProgress) => void;
  readonly onEnd: (end: RunEnd) => void;
}

export type ItemProgress =
  | { readonly kind: "working"; readonly step: WorkStep; readonly progress: number | null }
  | { readonly kind: "waiting-for-you" }
  | { readonly kind: "waiting-for-provider" }
  /** The document is encrypted, and this start of the program has not been given its password. */
  | { readonly kind: "waiting-for-password" }
  | ({ readonly kind: "delivered" } & DeliveredItem)
  | { readonly kind: "failed"; readonly failure: Failure }
  /** Approved, but not delivered yet: nothing is lost, it can be tried again. */
  | { readonly kind: "needs-attention"; readonly failure: Failure };

export type RunEnd =
  | { readonly kind: "done"; readonly signed: number; readonly failed: number }
  | { readonly kind: "failed"; readonly failure: Failure };
