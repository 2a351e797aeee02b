import type { ValidationNetwork } from "../../verify/validation-network.ts";
import type { DocumentRegistry } from "../documents/document-registry.ts";
import { saveOffered } from "../documents/save-offered.ts";
import type { ApplicationPorts } from "../ports.ts";
import { sealedRecords } from "../signing/flow-desk.ts";
import type { SigningEnvironments } from "../signing/signing-environment.ts";
import { SigningService } from "../signing/signing-service.ts";
import { createSigningSteps } from "../signing/signing-steps.ts";
import type { Stores } from "./open-stores.ts";
import type { Practice } from "./practice.ts";

/** A delivery does not wait long for a revocation service: the document is good, its report may say that one was away. */
const RESULT_TIME_LIMIT = 10_000;

export interface SigningRoom {
  readonly ports: ApplicationPorts;
  readonly stores: Stores;
  readonly environments: SigningEnvironments;
  readonly registry: DocumentRegistry;
  readonly practice: Practice;
  readonly network: ValidationNetwork;
}

/** The service that signs; null when there is no journal, without which nothing is signed. */
export function openSigning(room: SigningRoom): SigningService | null {
  const { ports, stores, environments, registry, practice, network } = room;
  const { audit, pictures, returned, policy, vault } = stores;
  if (!stores.journal.ok) {
    return null;
  }
  const journal = stores.journal.value;
  return new SigningService({
    environments,
    policy,
    journal,
    stepsFor: (environment) =>
      createSigningSteps({
        environment,
        journal,
        clock: ports.clock,
        fonts: ports.paths.fonts,
        network: { ...network, timeLimitMilliseconds: RESULT_TIME_LIMIT },
        pictures,
        returned,
        documentPassword: (path) => registry.password(path),
      }),
    pages: ports.pages,
    openLink: (address, environment) =>
      environment.practice ? openPracticeApp(ports, practice, address) : ports.desktop.openProgram(address),
    desk: {
      records: sealedRecords(vault.vault),
      offerFile: (file) => saveOffered(ports.dialogs.chooseSavePath, file),
      openWebPage: ports.desktop.openWebPage,
    },
    ...(ports.startCheck === undefined ? {} : { startCheck: ports.startCheck }),
    ...(audit === null ? {} : { audit }),
    ...(ports.log === undefined ? {} : { log: ports.log }),
    clock: ports.clock,
    randomUuid: ports.randomUuid,
    ...(ports.unexpected === undefined ? {} : { unexpected: ports.unexpected }),
  });
}

/** SECURITY: practice reaches no program of the real world; the app on this computer is a page of the practice phone. */
async function openPracticeApp(
  { desktop }: Pick<ApplicationPorts, "desktop">,
  practice: Practice,
  address: string,
): Promise<boolean> {
  const environment = await practice.environment();
  if (!environment.ok || URL.parse(address)?.origin !== new URL(environment.value.phoneUrl).origin) {
    return false;
  }
  await desktop.openPracticePhone(address);
  return true;
}
