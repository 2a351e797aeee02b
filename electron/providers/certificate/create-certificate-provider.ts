import type { Failure, FailureCode } from "../../../shared/failure.ts";
import { failed } from "../../../shared/result.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { KEY_DECIDES, SIGNING_DIGESTS, signingSchemes } from "../../pki/signing-schemes.ts";
import type { SchemeChoice } from "../../pki/signing-schemes.ts";
import type { FlowContext, FlowInput, FlowState, FlowStep, SigningProvider } from "../provider.ts";
import { readState } from "./flow-state.ts";
import type { CertificateState } from "./flow-state.ts";
import { acceptableSchemes, certificateProblem } from "./certificate-problem.ts";
import type { SecretEntry } from "./secret-entry.ts";
import { signDocuments } from "./sign-documents.ts";
import type { StoredDocument } from "./sign-documents.ts";
import type { IdentityLender } from "./signing-identity.ts";

const MAXIMUM_DOCUMENTS = 5_000;

export interface CertificateProviderParts {
  readonly identity: IdentityLender;
  /** Digest and padding that the person asked for; by default the key decides. */
  readonly choice?: SchemeChoice;
  /** Asks the person for password or PIN. Absent: the lender has it already. */
  readonly secret?: SecretEntry;
}

/** Signs with the person's own certificate, from a PKCS#12 file or on a token; nothing leaves the computer. */
export function createCertificateProvider({
  identity,
  choice = KEY_DECIDES,
  secret,
}: CertificateProviderParts): SigningProvider {
  const own: OwnParts = { identity, choice, secret: secret ?? null };
  return {
    descriptor: {
      id: "certificate",
      takes: "hash",
      returns: "raw-signature",
      certificateKnown: "before-hashing",
      maximumDocuments: MAXIMUM_DOCUMENTS,
      digestAlgorithms: choice.digest === null ? SIGNING_DIGESTS : [choice.digest],
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
    advance: (state, input, context) => advance(state, input, context, own),
  };
}

interface OwnParts {
  readonly identity: IdentityLender;
  readonly choice: SchemeChoice;
  readonly secret: SecretEntry | null;
}

async function advance(stored: FlowState, input: FlowInput, context: FlowContext, own: OwnParts): Promise<FlowStep> {
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
      return input.kind === "cancel"
        ? cancelled()
        : asking(state, input, context, own, () => open(state, context, own));
    case "need-digests":
      return input.kind === "cancel" ? cancelled() : takeDigests(state, input, context, own);
    case "sign":
      return input.kind === "cancel"
        ? cancelled()
        : asking(state, input, context, own, () => sign(state, context, own));
  }
}

/** A question stays open at least this long before the run looks again; nothing but the person's answer changes anything. */
const QUESTION_MILLISECONDS = 60_000;

/** Does what needs the key; as long as password or PIN are missing or wrong, the person is asked and the state stays. */
async function asking(
  state: CertificateState,
  input: FlowInput,
  context: FlowContext,
  { secret }: OwnParts,
  act: () => Promise<FlowStep>,
): Promise<FlowStep> {
  if (secret === null) {
    return act();
  }
  if (input.kind === "answer" && input.answer.kind === "secret") {
    secret.give(input.interaction, input.answer.value);
  }
  const announcement = state.step === "sign" ? secret.announcement() : null;
  if (announcement !== null) {
    // Shown, and then at once on to the token, which waits for the person.
    return { kind: "wait", state: toStore(state), at: context.now(), interaction: announcement };
  }
  if (!secret.isAsking) {
    const step = await act();
    if (step.kind !== "failed" || !secret.mayTryAgain(step.failure)) {
      return step;
    }
  }
  const at = context.now() + QUESTION_MILLISECONDS;
  return { kind: "wait", state: toStore(state), at, interaction: secret.interaction() };
}

type StateOf<Step extends CertificateState["step"]> = Extract<CertificateState, { readonly step: Step }>;

async function open(state: StateOf<"open">, context: FlowContext, own: OwnParts): Promise<FlowStep> {
  const lent = await own.identity.lend(({ chain }) => Promise.resolve(chain));
  if (!lent.ok) {
    return end(lent.failure);
  }
  const [leaf] = lent.value;
  const problem = leaf === undefined ? noKey : certificateProblem(leaf, own.choice, new Date(context.now()));
  if (problem !== null) {
    return end(problem);
  }
  const chain = lent.value.map(({ der }) => toBase64(der));
  return { kind: "continue", state: toStore({ step: "need-digests", documents: state.documents, chain }) };
}

function takeDigests(
  state: StateOf<"need-digests">,
  input: FlowInput,
  context: FlowContext,
  { choice }: OwnParts,
): FlowStep {
  const { documents, chain } = state;
  const leaf = leafOf(chain);
  if (leaf === null) {
    return end({ code: "app.internal", params: { reason: "flow-state" } });
  }
  const schemes = acceptableSchemes(leaf, choice, new Date(context.now()));
  if (input.kind !== "digests") {
    // A run may lie in the journal until a certificate or an algorithm has run out.
    const problem = certificateProblem(leaf, choice, new Date(context.now()));
    return problem === null
      ? { kind: "need-digests", state: toStore(state), documents, signer: { chain, schemes, knownPerson: null } }
      : end(problem);
  }
  const known = input.digests.filter(({ id }) => documents.includes(id));
  const ids = new Set(known.map(({ id }) => id));
  // A document that could not be prepared brings no digest: it leaves the run.
  if (ids.size === 0 || ids.size !== input.digests.length) {
    return end({ code: "app.internal", params: { reason: "digests" } });
  }
  const digests = known.map(({ id, scheme, digest, message }) => ({ id, scheme, digest, message }));
  return { kind: "continue", state: toStore({ step: "sign", chain, digests }) };
}

async function sign(state: StateOf<"sign">, context: FlowContext, own: OwnParts): Promise<FlowStep> {
  const lent = await own.identity.lend(async (opened) => {
    const [leaf] = opened.chain;
    if (leaf === undefined || toBase64(leaf.der) !== state.chain[0]) {
      // The file was replaced: the certificate in the signed attributes would be another one.
      return failed(changed);
    }
    const problem = certificateProblem(leaf, own.choice, new Date(context.now()));
    return problem === null
      ? signDocuments(
          opened,
          state.digests.map((one) => withScheme(one, leaf)),
        )
      : failed(problem);
  });
  const values = lent.ok ? lent.value : lent;
  return values.ok
    ? { kind: "values", state: toStore({ step: "delivered" }), values: values.value }
    : end(values.failure);
}

/** A state of an earlier version has the digest alone. */
function withScheme(one: StateOf<"sign">["digests"][number], leaf: Certificate): StoredDocument {
  if ("scheme" in one) {
    return one;
  }
  const scheme = signingSchemes(leaf.publicKey, { digest: "SHA-256", pss: false })[0];
  return { id: one.id, scheme: scheme ?? { kind: "rsa-pkcs1", digest: "SHA-256" }, digest: one.sha256, message: null };
}

function leafOf([leaf]: readonly string[]): Certificate | null {
  try {
    return leaf === undefined ? null : parseCertificate(new Uint8Array(Buffer.from(leaf, "base64")));
  } catch (problem) {
    if (problem instanceof DerProblem) {
      return null;
    }
    throw problem;
  }
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
