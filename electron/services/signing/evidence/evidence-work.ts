import type { WorkStep } from "../../../../shared/app-state.ts";
import type { Failure, FailureCode } from "../../../../shared/failure.ts";
import { failed } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { PadesLevel } from "../../../../shared/verification.ts";
import type { ManifestDocument } from "../../../evidence/bankid/manifest.ts";
import type { BankIdSigning } from "../../../providers/provider.ts";
import type { ItemRecord, SentDocument } from "../../../storage/journal-record.ts";
import type { Judge } from "../check-result.ts";
import type { SigningStepsParts } from "../signing-steps.ts";
import type { EvidenceEnvironment } from "./evidence-environment.ts";

/** One document with its evidence, on its way to its file. */
export interface EvidenceWork {
  readonly parts: SigningStepsParts;
  readonly environment: EvidenceEnvironment;
  readonly judge: Judge;
  readonly item: ItemRecord;
  readonly sent: SentDocument;
  readonly signing: BankIdSigning;
  readonly entry: ManifestDocument;
  readonly level: PadesLevel;
  readonly onStep: (step: WorkStep) => void;
  readonly signal: AbortSignal;
}

/** The document with its evidence inside, before it is sealed. */
export const attachedPath = (item: ItemRecord): string => `${item.stagedPath}.evidence`;

export const failureOf = (item: ItemRecord, code: FailureCode): Failure => ({ code, params: { name: item.name } });

export const notSealed = (item: ItemRecord): Result<never, Failure> => failed(failureOf(item, "evidence.no-seal"));
