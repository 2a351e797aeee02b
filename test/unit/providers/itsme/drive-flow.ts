import { createHash } from "node:crypto";
import { sha256Hex } from "../../../../shared/ids.ts";
import type { Failure } from "../../../../shared/failure.ts";
import type {
  DocumentToSign,
  FlowInput,
  FlowInteraction,
  FlowState,
  FlowStep,
  SigningProvider,
  SignatureValue,
  SignerIdentity,
} from "../../../../electron/providers/provider.ts";

export interface Clock {
  time: number;
}

export interface DriveOptions {
  /** A new one for every step: what is not in the state is lost, as after a restart. */
  readonly provider: () => SigningProvider;
  readonly state: FlowState;
  readonly clock: Clock;
  /** Called for each interaction that is new; answers an input, or null to let the time pass. */
  readonly person?: (interaction: FlowInteraction, shown: number) => FlowInput | null;
  readonly onStep?: (step: FlowStep) => void;
  readonly digests?: (documents: readonly string[]) => readonly { readonly id: string; readonly sha256: string }[];
  /** What is signed, scheme and message with it; for what `digests` cannot say. */
  readonly toSign?: (documents: readonly string[], signer: SignerIdentity) => readonly DocumentToSign[];
  /** Real waiting instead of a jump of the clock (integration tests). */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly atPause?: AtPause;
}

/** What the person says when asked whether to try again: no, which is usual; yes once; or nothing, and the program ends. */
export type AtPause = "no" | "once" | "leave";

/** Whether the flow has stopped, and asks whether to try again. */
export const isPause = ({ kind, mayBeSigned, ...rest }: FlowInteraction): boolean =>
  kind === "confirm" && mayBeSigned === true && "repeats" in rest && rest.repeats;

export interface DriveOutcome {
  readonly failure: Failure | null;
  readonly state: FlowState;
  readonly values: readonly SignatureValue[];
  readonly rounds: readonly number[];
  readonly interactions: readonly FlowInteraction[];
  readonly signers: readonly SignerIdentity[];
  readonly steps: number;
}

export const digestOf = (id: string) => sha256Hex(createHash("sha256").update(id).digest("hex"));

/** Does what the signing service does: stores each state as JSON, then goes on. Ends after 1,000 steps at the latest. */
export async function driveFlow(options: DriveOptions): Promise<DriveOutcome> {
  const { clock } = options;
  const values: SignatureValue[] = [];
  const rounds: number[] = [];
  const interactions: FlowInteraction[] = [];
  const signers: SignerIdentity[] = [];
  let state = options.state;
  let input: FlowInput = { kind: "go" };
  for (let steps = 1; steps <= 1_000; steps += 1) {
    const stored = JSON.parse(JSON.stringify(state)) as FlowState;
    const context = { signal: new AbortController().signal, now: () => clock.time };
    const step = await options.provider().advance(stored, input, context);
    options.onStep?.(step);
    state = step.state;
    input = { kind: "go" };
    switch (step.kind) {
      case "continue":
        break;
      case "values":
        values.push(...step.values);
        rounds.push(step.values.length);
        break;
      case "need-digests": {
        signers.push(step.signer);
        const [scheme] = step.signer.schemes;
        const digests = options.digests?.(step.documents) ?? step.documents.map((id) => ({ id, sha256: digestOf(id) }));
        input = {
          kind: "digests",
          digests:
            options.toSign?.(step.documents, step.signer) ??
            digests.map(({ id, sha256 }) => ({
              id,
              scheme: scheme!,
              digest: sha256,
              message: Buffer.from(id).toString("base64"),
            })),
        };
        break;
      }
      case "wait": {
        const isNew = interactions.at(-1)?.id !== step.interaction.id;
        if (isNew) {
          interactions.push(step.interaction);
        }
        if (isPause(step.interaction)) {
          if (options.atPause === "leave") {
            return { failure: null, state, values, rounds, interactions, signers, steps };
          }
          const accepted = options.atPause === "once" && interactions.filter(isPause).length === 1;
          input = { kind: "answer", interaction: step.interaction.id, answer: { kind: "confirm", accepted } };
          break;
        }
        const answer = isNew ? (options.person?.(step.interaction, interactions.length) ?? null) : null;
        if (answer !== null) {
          input = answer;
        } else if (options.sleep !== undefined) {
          await options.sleep(Math.max(0, step.at - clock.time));
        } else {
          clock.time = Math.max(clock.time, step.at);
        }
        break;
      }
      case "done":
      case "failed": {
        const failure = step.kind === "failed" ? step.failure : null;
        return { failure, state, values, rounds, interactions, signers, steps };
      }
      case "need-document-digests":
      case "need-documents":
      case "signed-documents":
      case "evidence":
        throw new Error(`itsme takes hashes: ${step.kind}`);
    }
  }
  throw new Error("the flow did not end within 1,000 steps");
}

/** A person who finishes every page and says yes to every question. */
export function willing(interaction: FlowInteraction): FlowInput | null {
  switch (interaction.kind) {
    case "page":
      return { kind: "page-returned", interaction: interaction.id, url: "https://partner.example/back" };
    case "confirm":
      return { kind: "answer", interaction: interaction.id, answer: { kind: "confirm", accepted: true } };
    case "waiting":
    case "secret":
    case "code":
    case "qr":
    case "identification":
    case "phone":
    case "selfie":
    case "conditions":
    case "handover":
      return null;
  }
}
