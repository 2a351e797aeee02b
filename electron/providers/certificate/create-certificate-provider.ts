import type { Failure, FailureCode } from "../../../shared/failure.ts";
import type { FlowContext, FlowInput, FlowState, FlowStep, HashSigningProvider } from "../provider.ts";
import { readState } from "./flow-state.ts";
import type { CertificateState } from "./flow-state.ts";
import { certificateProblem, signDigests } from "./sign-digests.ts";
import type { IdentityLender } from "./signing-identity.ts";

const MAXIMUM_DOCUMENTS = 5_000;

/** Signs with the person's own certificate from a PKCS#12 file; nothing leaves the computer. */
export function createCertificateProvider({ identity }: { readonly identity: IdentityLender }): HashSigningProvider {
  return {
    descriptor: {
      id: "certificate",
      takes: "hash",
      returns: "raw-signature",
      certificateKnown: "before-hashing",
      maximumDocuments: MAXIMUM_DOCUMENTS,
      digestAlgorithms: ["SHA-256"],
      languages: [],
    },
    check(order) {
      const ids = new Set(order.documents.map(({ id }) => id));
      if (order.documents.length === 0 || ids.size !== order.documents.length) {
        return { code: "app.internal", params: { reason: "document-ids" } };
      }
      return order.documents.length > MAXIMUM_DOCUMENTS
        ? { code: "provider.too-many-documents", params: { maximum: MAXIMUM_DOCUMENTS } }
        : null;
    },
    begin: (order) => toStore({ step: "open", documents: order.documents.map(({ id }) => id) }),
    advance: (state, input, context) => advance(state, input, context, identity),
  };
}

async function advance(
  stored: FlowState,
  input: FlowInput,
  context: FlowContext,
  identity: IdentityLender,
): Promise<FlowStep> {
  const state = readState(stored);
  if (state === null) {
    return end({ code: "app.internal", params: { reason: "flow-state" } });
  }
  switch (state.step) {
    case "ended":
      return endAgain(state.failure);
    case "delivered":
      return end(null);
    case "open":
      return input.kind === "cancel" ? cancelled() : open(state, context, identity);
    case "need-digests":
      return input.kind === "cancel" ? cancelled() : takeDigests(state, input);
    case "sign":
      return input.kind === "cancel" ? cancelled() : sign(state, context, identity);
  }
}

type StateOf<Step extends CertificateState["step"]> = Extract<CertificateState, { readonly step: Step }>;

async function open(state: StateOf<"open">, context: FlowContext, identity: IdentityLender): Promise<FlowStep> {
  const lent = await identity.lend(({ chain }) => Promise.resolve(chain));
  if (!lent.ok) {
    return end(lent.failure);
  }
  const [leaf] = lent.value;
  const problem = leaf === undefined ? noKey : certificateProblem(leaf, new Date(context.now()));
  if (problem !== null) {
    return end(problem);
  }
  const chain = lent.value.map(({ der }) => toBase64(der));
  return { kind: "continue", state: toStore({ step: "need-digests", documents: state.documents, chain }) };
}

function takeDigests(state: StateOf<"need-digests">, input: FlowInput): FlowStep {
  const { documents, chain } = state;
  if (input.kind !== "digests") {
    return { kind: "need-digests", state: toStore(state), documents, signer: { chain, knownPerson: null } };
  }
  const known = input.digests.filter(({ id }) => documents.includes(id));
  const ids = new Set(known.map(({ id }) => id));
  // A document that could not be prepared brings no digest: it leaves the run.
  if (ids.size === 0 || ids.size !== input.digests.length) {
    return end({ code: "app.internal", params: { reason: "digests" } });
  }
  const digests = known.map(({ id, sha256 }) => ({ id, sha256 }));
  return { kind: "continue", state: toStore({ step: "sign", chain, digests }) };
}

async function sign(state: StateOf<"sign">, context: FlowContext, identity: IdentityLender): Promise<FlowStep> {
  const lent = await identity.lend((opened) => {
    const [leaf] = opened.chain;
    if (leaf === undefined || toBase64(leaf.der) !== state.chain[0]) {
      // The file was replaced: the certificate in the signed attributes would be another one.
      return Promise.resolve({ ok: false as const, failure: changed });
    }
    const problem = certificateProblem(leaf, new Date(context.now()));
    return Promise.resolve(
      problem === null ? signDigests(opened, state.digests) : { ok: false as const, failure: problem },
    );
  });
  const values = lent.ok ? lent.value : lent;
  return values.ok
    ? { kind: "values", state: toStore({ step: "delivered" }), values: values.value }
    : end(values.failure);
}

const noKey: Failure = { code: "certificate.no-key" };
const changed: Failure = { code: "provider.certificate-invalid", params: { reason: "changed" } };

function cancelled(): FlowStep {
  return end({ code: "provider.cancelled" });
}

function end(failure: Failure | null): FlowStep {
  const state = toStore({ step: "ended", failure });
  return failure === null ? { kind: "done", state } : { kind: "failed", state, failure };
}

function endAgain(failure: StateOf<"ended">["failure"]): FlowStep {
  if (failure === null) {
    return end(null);
  }
  const { code, params } = failure;
  return end({ code: code as FailureCode, ...(params === undefined ? {} : { params }) });
}

function toStore(state: CertificateState): FlowState {
  return state;
}

function toBase64(der: Uint8Array): string {
  return Buffer.from(der).toString("base64");
}
