import type { Failure } from "../../../shared/failure.ts";
import type { FlowStep, SigningProvider } from "../../providers/provider.ts";
import type { LogFacts, ProgramLog } from "./program-log.ts";

/** Parameters of a failure that name no person, file or document. */
const TELLING = ["host", "status", "reason", "field", "provider"] as const;

/** Writes down where a run's flow stands, each time it has moved; polls that change nothing are not told. */
export function loggedProvider(provider: SigningProvider, log: ProgramLog, run: string): SigningProvider {
  let told = "";
  return {
    ...provider,
    async advance(state, input, context) {
      const step = await provider.advance(state, input, context);
      const facts: LogFacts = { run, provider: provider.descriptor.id, step: step.kind, state: step.state.step };
      const now = JSON.stringify(facts);
      if (now !== told) {
        told = now;
        log.write(step.kind === "failed" ? "warning" : "info", "signing.step", { ...facts, ...failureOf(step) });
      }
      return step;
    },
  };
}

function failureOf(step: FlowStep): LogFacts {
  return step.kind === "failed" ? failureFacts(step.failure) : {};
}

/** Codes, hosts and numbers look like this; what a provider's server said in words does not. */
const WORDLESS = /^[\w.:-]{1,80}$/u;

/** What may be written down about a failure: its code, and which of its parameters say nothing about people. */
export function failureFacts({ code, params = {} }: Failure): LogFacts {
  const facts = TELLING.flatMap((name) => {
    const value = params[name];
    return value === undefined || !WORDLESS.test(String(value)) ? [] : [[name, value] as const];
  });
  return { failure: code, ...Object.fromEntries(facts) };
}
