import { createHash } from "node:crypto";
import type { Failure } from "../../../../shared/failure.ts";
import { success } from "../../../../shared/result.ts";
import type {
  DocumentToSend,
  FlowContext,
  FlowInput,
  FlowInteraction,
  FlowState,
  FlowStep,
  SignaturePlace,
  SignatureValue,
  SignedDocument,
  SigningProvider,
} from "../../../../electron/providers/provider.ts";

export interface DriveOptions {
  /** A new one for every step: what is not in the state is lost, as after a restart. */
  readonly provider: () => SigningProvider;
  readonly state: FlowState;
  readonly clock: { time: number };
  /** Called for each interaction that is new; answers an input, or null to let the time pass. */
  readonly person?: (interaction: FlowInteraction) => FlowInput | null;
  readonly documents?: readonly DocumentToSend[];
  readonly context?: Partial<FlowContext>;
  /** True once after the program was started again: what is asked then is new to the person, whatever its id. */
  readonly restarted?: () => boolean;
  /** Before each step; a returned input goes in front. */
  readonly before?: (state: FlowState, input: FlowInput) => FlowInput | null;
}

export interface DriveOutcome {
  readonly failure: Failure | null;
  readonly states: readonly FlowState[];
  readonly interactions: readonly FlowInteraction[];
  readonly signed: readonly SignedDocument[];
  readonly values: readonly SignatureValue[];
  readonly steps: readonly FlowStep[];
}

export function documentOf(id: string, text: string, place: SignaturePlace | null = null): DocumentToSend {
  const bytes = new Uint8Array(Buffer.from(`%PDF-1.7\n% ${text}\n%%EOF\n`));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    id,
    name: `${id}.pdf`,
    size: bytes.length,
    sha256,
    place,
    firstPage: { x: 0, y: 0, width: 595, height: 842 },
    read: () => Promise.resolve(success(bytes)),
  };
}

/** Does what the signing service does: stores each state as JSON, then goes on. Ends after 500 steps at the latest. */
export async function driveIdnow(options: DriveOptions): Promise<DriveOutcome> {
  const { clock } = options;
  const documents = options.documents ?? [documentOf("contract", "contract")];
  const states: FlowState[] = [];
  const interactions: FlowInteraction[] = [];
  const signed: SignedDocument[] = [];
  const values: SignatureValue[] = [];
  const steps: FlowStep[] = [];
  let state = options.state;
  let input: FlowInput = { kind: "go" };
  for (let count = 0; count < 500; count += 1) {
    const stored = JSON.parse(JSON.stringify(state)) as FlowState;
    input = options.before?.(stored, input) ?? input;
    const context = { signal: new AbortController().signal, now: () => clock.time, ...options.context };
    const step = await options.provider().advance(stored, input, context);
    steps.push(step);
    state = step.state;
    states.push(state);
    input = { kind: "go" };
    switch (step.kind) {
      case "continue":
        break;
      case "need-documents":
        input = { kind: "documents", documents: documents.filter(({ id }) => step.documents.includes(id)) };
        break;
      case "need-document-digests":
        input = {
          kind: "document-digests",
          digests: documents.map(({ id, name, sha256 }) => ({ id, name, algorithm: step.algorithm, digest: sha256 })),
        };
        break;
      case "need-digests":
        input = {
          kind: "digests",
          digests: documents.map(({ id, sha256 }) => ({
            id,
            scheme: step.signer.schemes[0]!,
            digest: sha256,
            message: "",
          })),
        };
        break;
      case "evidence":
        throw new Error("IDnow gives no evidence");
      case "signed-documents":
        signed.push(...step.documents);
        break;
      case "values":
        values.push(...step.values);
        break;
      case "wait": {
        const isNew = options.restarted?.() === true || interactions.at(-1)?.id !== step.interaction.id;
        if (isNew) {
          interactions.push(step.interaction);
        }
        const answer = isNew ? (options.person?.(step.interaction) ?? null) : null;
        if (answer === null) {
          clock.time = Math.max(clock.time, step.at);
        } else {
          input = answer;
        }
        break;
      }
      case "done":
      case "failed":
        return {
          failure: step.kind === "failed" ? step.failure : null,
          states,
          interactions,
          signed,
          values,
          steps,
        };
    }
  }
  throw new Error("the flow did not end within 500 steps");
}
