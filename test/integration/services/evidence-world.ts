import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import { success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { writeManifest } from "../../../electron/evidence/bankid/manifest.ts";
import { verifyBankIdEvidence } from "../../../electron/evidence/bankid/verify-bankid-evidence.ts";
import { signDigest } from "../../../electron/pki/algorithms.ts";
import { parseCertificate } from "../../../electron/pki/certificate.ts";
import { sha256 } from "../../../electron/pki/digest.ts";
import type {
  BankIdSigning,
  DocumentToSend,
  FlowInput,
  FlowState,
  FlowStep,
  SigningProvider,
} from "../../../electron/providers/provider.ts";
import { visibleText } from "../../../electron/evidence/bankid/visible-text.ts";
import type { OrganisationSeal } from "../../../electron/services/signing/evidence/organisation-seal.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { issue } from "../../attacks/test-authority.ts";
import type { TestPki } from "../../attacks/test-authority.ts";
import { makeEvidence, POLICY } from "../../unit/evidence/bankid/made-evidence.ts";
import type { BankIdPeople } from "../../unit/evidence/bankid/made-evidence.ts";
import { environmentOver, makeWorld } from "./signing-world.ts";
import type { World } from "./signing-world.ts";

/** What the service lists for a document; a case may lie. */
export type Listing = (document: DocumentToSend) => {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
};

interface Approved {
  readonly documents: readonly string[];
  readonly evidence: BankIdSigning;
}

export interface MadeProvider {
  readonly provider: SigningProvider;
  /** Steps and inputs, in order: "ordered documents" once means that the person was asked once. */
  readonly log: string[];
}

/** A service as BankID: the person signs a text and a list, and everything that comes back is made by people of our own. */
export function evidenceProvider(people: BankIdPeople, listed: Listing = (document) => document): MadeProvider {
  const log: string[] = [];
  const step = (state: FlowState, input: FlowInput): FlowStep => {
    log.push(`${state.step} ${input.kind}`);
    if (input.kind === "cancel") {
      return { kind: "failed", state, failure: { code: "provider.cancelled" } };
    }
    if (state.step === "signed") {
      return { kind: "done", state };
    }
    if (state.step === "approved") {
      const { documents, evidence } = state as unknown as Approved;
      return { kind: "evidence", state: { step: "signed" }, documents, evidence };
    }
    if (input.kind !== "documents") {
      return { kind: "need-documents", state, documents: state["documents"] as string[] };
    }
    // What came back is kept before anything is done with it, as the flow of BankID does.
    const approved: Approved = {
      documents: input.documents.map(({ id }) => id),
      evidence: signingOf(people, input.documents.map(listed)),
    };
    return { kind: "continue", state: { step: "approved", ...approved } };
  };
  return {
    log,
    provider: {
      descriptor: {
        id: "bankid",
        takes: "text",
        returns: "evidence",
        certificateKnown: "after-signing",
        maximumDocuments: 50,
        digestAlgorithms: ["SHA-256"],
        languages: ["SV", "EN"],
      },
      check: () => null,
      begin: ({ documents }) => ({ step: "ordered", documents: documents.map(({ id }) => id) }),
      advance: async (state, input) => step(state, input),
    },
  };
}

function signingOf(people: BankIdPeople, documents: readonly ReturnType<Listing>[]): BankIdSigning {
  const entries = documents.map(({ name, size, sha256: digest }) => ({ name, pages: null, size, sha256: digest }));
  const hiddenData = writeManifest({
    v: 1,
    purpose: "sign-documents",
    order: "0f8fad5b-d9cb-469f-a165-70867728950e",
    time: "2026-11-20T11:59:00.000Z",
    documents: entries,
  });
  const visible = visibleText(entries, "en", "plain");
  const evidence = makeEvidence(people, { document: { visible, hidden: hiddenData } });
  const expected = { visibleText: visible, visibleFormat: null, hiddenData };
  const report = verifyBankIdEvidence({ evidence, trust: trustOf(people), expected });
  return { kind: "bankid", evidence, ...expected, report };
}

const trustOf = (people: BankIdPeople) => ({ roots: [people.root.certificate], policies: [POLICY] });

export const ORGANISATION = "Provbolaget AB";

/** An organisation's seal under the test root. */
export async function makeSeal(pki: TestPki, options: { readonly until?: string } = {}): Promise<OrganisationSeal> {
  const identity = await issue({
    subject: ORGANISATION,
    issuer: pki.root,
    ...(options.until === undefined ? {} : { to: options.until }),
  });
  const scheme = { kind: "ecdsa", digest: "SHA-256", format: "der" } as const;
  return {
    organisation: ORGANISATION,
    chain: [parseCertificate(identity.certificate), pki.rootCertificate],
    schemes: [scheme],
    sign: async (_scheme, message) => success(signDigest(identity.key, scheme, sha256(message))),
  };
}

export function evidenceEnvironment(
  people: BankIdPeople,
  pki: TestPki,
  provider: SigningProvider,
  seal: () => Promise<Result<OrganisationSeal | null, Failure>>,
): SigningEnvironment {
  return {
    ...environmentOver(provider, pki.rootCertificate),
    label: "BankID",
    evidence: { trust: trustOf(people), seal },
  };
}

/** A world with these documents. */
export async function worldOf(documents: Readonly<Record<string, Uint8Array>>): Promise<World> {
  const world = await makeWorld(Object.keys(documents));
  for (const [name, bytes] of Object.entries(documents)) {
    await writeFile(join(world.folder, name), bytes);
    (world.originals as Map<string, Buffer>).set(name, Buffer.from(bytes));
  }
  return world;
}
