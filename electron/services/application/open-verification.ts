import type { Certificate } from "../../pki/certificate.ts";
import type { DocumentRegistry } from "../documents/document-registry.ts";
import { ownUnder, rulesOf } from "../policy/policy-rules.ts";
import type { ApplicationPorts } from "../ports.ts";
import type { ProfileService } from "../profiles/profile-service.ts";
import { openValidationNetwork } from "../validation-network.ts";
import { Verification } from "../verification.ts";
import { VerifyPool } from "../verifying/verify-pool.ts";
import type { Stores } from "./open-stores.ts";
import type { Practice } from "./practice.ts";
import { trustedBankIdRoots } from "./trusted-bankid-roots.ts";

/** The window and the disk want their share, too. */
const VERIFYING_THREADS = 2;

export interface VerificationRoom {
  readonly ports: ApplicationPorts;
  readonly stores: Pick<Stores, "current" | "policy">;
  readonly registry: DocumentRegistry;
  readonly profiles: Pick<ProfileService, "bankIdRoots">;
  readonly trustAnchors: () => Promise<readonly Certificate[]>;
  /** Null: nobody practises, or nobody may. */
  readonly practice: () => Practice | null;
}

/** What judges documents that are opened, and the network through which it asks. */
export function openVerification({ ports, stores, registry, profiles, trustAnchors, practice }: VerificationRoom) {
  // Opening a document judges it. SECURITY: that must not tell its maker, so missing issuers are not fetched.
  const online = openValidationNetwork({
    resolveProxy: ports.resolveProxy,
    fetchIssuers: false,
    now: ports.clock.now,
  });
  const { transport } = online.network;
  const verification = new Verification({
    registry,
    clock: ports.clock,
    trustAnchors,
    bankIdRoots: () =>
      trustedBankIdRoots(
        [...stores.current().bankidRoots, ...ownUnder(rulesOf(stores.policy), profiles.bankIdRoots())],
        practice(),
      ),
    pool: new VerifyPool({ worker: ports.verifyWorker, threads: VERIFYING_THREADS, transport }),
    network: online.network,
    unexpected: ports.unexpected,
  });
  return { online, verification };
}
