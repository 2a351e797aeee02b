import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ProviderId } from "../shared/ids.ts";
import { failureWords, words } from "../shared/messages/words.ts";
import type { ProxyResolver } from "../electron/net/proxy-route.ts";
import { completeTrail } from "../electron/services/auditing/complete-trail.ts";
import { Practice } from "../electron/services/application/practice.ts";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { createEnvironments } from "../electron/services/signing/environments.ts";
import type { SigningEnvironment, SigningEnvironments } from "../electron/services/signing/signing-environment.ts";
import { PRACTICE_PROFILE } from "../electron/storage/profiles.ts";
import { forgetOldRuns } from "../electron/services/signing/forget-old-runs.ts";
import { SigningService } from "../electron/services/signing/signing-service.ts";
import { createSigningSteps } from "../electron/services/signing/signing-steps.ts";
import type { Clock } from "../electron/services/ports.ts";
import { failed, success } from "../shared/result.ts";
import { commandLinePictures } from "./mark-options.ts";
import type { ItemRecord } from "../electron/storage/journal-record.ts";
import { openJournal } from "../electron/storage/open-journal.ts";
import { openReturnedFiles } from "../electron/storage/returned-files.ts";
import { browserPages } from "./browser-pages.ts";
import { connectedPractice } from "./connected-practice.ts";
import type { PracticeChoice } from "./connected-practice.ts";
import { CannotStart, UsageError } from "./exit-status.ts";
import { saveHandover } from "./handover-file.ts";
import { ownAuditTrail } from "./own-audit-trail.ts";
import type { SignParts } from "./sign-command.ts";
import { terminalLine } from "./terminal-question.ts";

export interface Opened<T> {
  readonly value: T;
  readonly close: () => Promise<void>;
}

export interface OpenedSigning extends Opened<SignParts> {
  readonly unfinished: () => readonly ItemRecord[];
  /** Completes the audit trail and forgets runs that ended long ago. */
  readonly tidy: () => void;
}

/** The practice providers, ready to sign; with `autoApprove` the sandbox plays the person. */
export async function openPracticeEnvironment(
  data: string,
  { provider, ...choice }: PracticeChoice & { readonly provider: ProviderId },
  resolveProxy: ProxyResolver,
): Promise<Opened<SigningEnvironment>> {
  const connected = await connectedPractice(data, choice);
  const practice = new Practice({ startPractice: async () => connected }, () => undefined);
  const environment = await createEnvironments({ practice, resolveProxy }).get(provider, "sandbox");
  if (!environment.ok) {
    await practice.close();
    throw new UsageError(failureWords(environment.failure).join(" "));
  }
  return { value: environment.value, close: () => practice.close() };
}

/** Another command may be between a step and its entry. */
const AT_WORK_MILLISECONDS = 60_000;

/** The signing service for one environment, with the command line's own journal. */
export function openSigning(
  data: string,
  environment: SigningEnvironment,
  password: string | undefined,
  policy: PolicyInForce,
  {
    folder,
    others,
    ...talk
  }: Omit<SignParts, "environment" | "signing" | "password" | "randomUuid"> & {
    readonly folder: string;
    /** Environments of what earlier commands began; undefined: none can be had. */
    readonly others: SigningEnvironments["get"] | undefined;
  },
): OpenedSigning {
  const { tell } = talk;
  const opened = openJournal(join(data, "command-line.db"), Date.now, process.pid);
  if (!opened.ok) {
    throw new CannotStart(failureWords(opened.failure).join(" "));
  }
  const journal = opened.value;
  const audit = ownAuditTrail(data, tell);
  // An earlier run may have been with another provider than this command's.
  const environments: SigningEnvironments = {
    get: async (provider, profile) =>
      provider === environment.provider.descriptor.id && profile === environment.profile
        ? success(environment)
        : others === undefined || provider === "certificate" || profile === PRACTICE_PROFILE
          ? failed({ code: "provider.not-available", params: { provider } })
          : others(provider, profile),
  };
  const signing = new SigningService({
    environments,
    policy,
    journal,
    stepsFor: (own) =>
      createSigningSteps({
        environment: own,
        journal,
        clock: systemClock,
        pictures: commandLinePictures(data),
        returned: openReturnedFiles(join(data, "returned")),
        fonts: fontFolder(),
        documentPassword: () => password,
      }),
    pages: browserPages({ tell, readLine: terminalLine() }),
    // A command opens no program: the person does, on whichever computer the app is.
    openLink: async (address) => {
      tell(`${words("cli.open-link")} ${address}`);
      return true;
    },
    ...(audit === null ? {} : { audit }),
    clock: systemClock,
    randomUuid: randomUUID,
    desk: { offerFile: (file) => saveHandover(folder, file, tell) },
    // SECURITY: the kind of a bug, never its text: texts may hold names and paths.
    unexpected: (error) => tell(`sealdesk: unexpected ${error instanceof Error ? error.name : typeof error}`),
  });
  return {
    value: { environment, signing, password, randomUuid: randomUUID, ...talk },
    tidy: () => {
      const now = Date.now();
      if (audit !== null) {
        completeTrail(audit, journal, new Date(now - AT_WORK_MILLISECONDS).toISOString());
      }
      forgetOldRuns(journal, now);
    },
    unfinished: () => journal.unfinished().flatMap(({ id }) => journal.items(id)),
    close: async () => {
      await signing.detach();
      await audit?.close();
      journal.close();
    },
  };
}

function fontFolder(): string {
  return join(import.meta.dirname, "..", "node_modules", "@expo-google-fonts", "noto-sans", "400Regular");
}

const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
};
