import type { FileReport } from "../../../shared/verification.ts";
import type { PkiTransport } from "../../pki/pki-transport.ts";
import type { VerifyJob, VerifySettings } from "./verify-job.ts";

/** A request for the network without its signal, which cannot go to another thread. */
export type CarriedRequest = Omit<Parameters<PkiTransport["request"]>[0], "signal">;
export type CarriedAnswer = Awaited<ReturnType<PkiTransport["request"]>>;

/** One file at a time; the settings come along when they are not those of the file before. */
export type ToWorker =
  | { readonly kind: "judge"; readonly job: VerifyJob; readonly settings: VerifySettings | null }
  | { readonly kind: "answer"; readonly id: number; readonly answer: CarriedAnswer }
  | { readonly kind: "cancel" };

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly fraction: number }
  | { readonly kind: "ask"; readonly id: number; readonly request: CarriedRequest }
  | { readonly kind: "stop-asking"; readonly id: number }
  | { readonly kind: "report"; readonly report: FileReport };
