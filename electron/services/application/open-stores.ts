import { join } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import type { Result } from "../../../shared/result.ts";
import { isJournalFailure } from "../../storage/journal-errors.ts";
import type { Journal } from "../../storage/journal.ts";
import { openMarkPresets } from "../../storage/mark-presets.ts";
import type { MarkPresets } from "../../storage/mark-presets.ts";
import { openJournal } from "../../storage/open-journal.ts";
import { openPictures } from "../../storage/picture-store.ts";
import type { PictureStore } from "../../storage/picture-store.ts";
import { openProfiles } from "../../storage/profiles.ts";
import type { ProfileStore } from "../../storage/profiles.ts";
import { openReturnedFiles } from "../../storage/returned-files.ts";
import type { ReturnedFiles } from "../../storage/returned-files.ts";
import { SettingsStore } from "../../storage/settings.ts";
import type { Settings } from "../../storage/settings.ts";
import { openAuditTrail } from "../auditing/audit-trail.ts";
import type { AuditTrail } from "../auditing/audit-trail.ts";
import { completeTrail } from "../auditing/complete-trail.ts";
import { lookIntoJournals } from "../history/all-journals.ts";
import { usedPictures } from "../marks/used-pictures.ts";
import { NO_POLICY, policyInForce } from "../policy/load-policy.ts";
import type { PolicyInForce } from "../policy/load-policy.ts";
import { underPolicy } from "../policy/policy-rules.ts";
import type { ApplicationPorts } from "../ports.ts";
import { PROFILE_SCHEMAS } from "../profiles/setups.ts";
import { forgetOldRuns } from "../signing/forget-old-runs.ts";
import { openProgramVault } from "./program-vault.ts";
import type { ProgramVault } from "./program-vault.ts";

/** What lies on the disk for this person, and what the administrator laid down. */
export interface Stores {
  /** The folder of it all. */
  readonly data: string;
  readonly journal: Result<Journal, Failure>;
  readonly settings: SettingsStore;
  readonly policy: PolicyInForce;
  /** The settings as they hold under the policy. */
  readonly current: () => Settings;
  readonly profiles: ProfileStore;
  readonly vault: ProgramVault;
  readonly audit: AuditTrail | null;
  readonly presets: MarkPresets;
  readonly pictures: PictureStore;
  readonly returned: ReturnedFiles;
  /** What was found wrong while opening, for the window to say. */
  readonly notices: readonly Failure[];
}

export function openStores(ports: ApplicationPorts): Stores {
  const { now } = ports.clock;
  const inData = (name: string): string => join(ports.paths.data, name);
  const journal = openJournal(inData("sealdesk.db"), now, process.pid);
  const settings = new SettingsStore(ports.paths.data, now);
  const policy = ports.policy === undefined ? NO_POLICY : policyInForce(ports.policy);
  const profiles = openProfiles(inData("profiles.json"), PROFILE_SCHEMAS, now);
  const vault = openProgramVault(ports);
  const audit = openAuditTrail({
    path: inData("audit.db"),
    now,
    vault: vault.vault,
    ...(ports.unexpected === undefined ? {} : { unexpected: ports.unexpected }),
  });
  return {
    data: ports.paths.data,
    journal,
    settings,
    policy,
    current: () => underPolicy(settings.current, policy),
    profiles,
    vault,
    audit,
    presets: openMarkPresets(inData("marks.json")),
    pictures: openPictures(inData("mark-pictures")),
    returned: openReturnedFiles(inData("returned")),
    notices: [
      ...(settings.wasReset ? [{ code: "app.settings-reset" } as const] : []),
      ...profileNotices(profiles),
      ...(journal.ok ? [] : [journal.failure]),
      ...(audit === null ? [{ code: "app.audit-unavailable" } as const] : []),
      ...(policy.kind === "malformed" ? [{ code: "policy.malformed" } as const] : []),
    ],
  };
}

/** Forgets what nobody needs any more: runs that ended long ago, and files of runs that are no more. */
export function tidyStores(stores: Stores, now: number): void {
  const { journal, audit } = stores;
  if (!journal.ok) {
    return;
  }
  if (audit !== null) {
    completeTrail(audit, journal.value, new Date(now).toISOString());
  }
  forgetOldRuns(journal.value, now);
  try {
    forgetFiles(stores, journal.value, now);
  } catch (error) {
    // A journal that cannot be read now may need all of them; the next start tries again.
    if (!isJournalFailure(error)) {
      throw error;
    }
  }
}

function forgetFiles({ data, journal, returned, pictures, presets }: Stores, own: Journal, now: number): void {
  const unfinished = own.unfinished();
  // The command line keeps its returned documents in the same folder: only who knows all runs may throw any away.
  lookIntoJournals(data, journal, ({ journals, isComplete }) => {
    if (isComplete) {
      returned.tidy(new Set(journals.flatMap((one) => one.unfinished().map(({ id }) => id))), now);
    }
  });
  const items = unfinished.flatMap(({ id }) => own.items(id));
  pictures.keepOnly(usedPictures(presets.current(), items), now);
}

/** Forgets runs that ended long enough ago. */
export function forgetRuns({ journal }: Stores, now: number): void {
  if (journal.ok) {
    forgetOldRuns(journal.value, now);
  }
}

/** What is wrong with the file of profiles. Never silently back to practice. */
function profileNotices(store: ProfileStore): readonly Failure[] {
  return [
    ...(store.wasReset ? [{ code: "app.profiles-reset" } as const] : []),
    ...(store.isNewer ? [{ code: "app.profiles-newer" } as const] : []),
    ...(store.unreadable > 0
      ? [{ code: "app.profiles-unreadable", params: { count: store.unreadable } } as const]
      : []),
  ];
}
