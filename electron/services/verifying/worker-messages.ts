import type { FileReport } from "../../../shared/verification.ts";
import type { VerifyJob, VerifySettings } from "./verify-job.ts";

/** One file at a time; the settings come along when they are not those of the file before. */
export type ToWorker =
  | { readonly kind: "judge"; readonly job: VerifyJob; readonly settings: VerifySettings | null }
  | { readonly kind: "cancel" };

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly fraction: number }
  | { readonly kind: "report"; readonly report: FileReport };
