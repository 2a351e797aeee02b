import { uptime } from "node:os";
import { basename } from "node:path";
import { failureWords, words } from "../shared/messages/words.ts";
import { ownerIsAlive } from "../electron/services/signing/owner-is-alive.ts";
import type { RunListener } from "../electron/services/signing/run-listener.ts";
import type { FoundRun } from "../electron/services/signing/signing-service.ts";
import type { ItemRecord, TransactionRecord } from "../electron/storage/journal-record.ts";
import { untilEnded } from "./sign-command.ts";
import type { SignParts } from "./sign-command.ts";

/** How long a provider may take to say whether somebody approved before the earlier command was ended. */
const ASKING_MILLISECONDS = 15_000;

/**
 * Finishes what earlier commands that were ended (a crash, a power cut) left undone, and tells so. Only what was, or
 * may have been, approved then is delivered: nobody asked this command to sign anything else.
 */
export async function finishEarlier(parts: SignParts): Promise<void> {
  const bootTime = Date.now() - uptime() * 1_000;
  const found = parts.signing.unfinished((processId, updated) => ownerIsAlive(processId, updated, bootTime));
  for (const run of found) {
    await finishOne(parts, run);
  }
}

/** A text that is signed leaves its document as it is: that it was sent is all that is known here. */
const isOutForApproval = ({ phase, sent }: ItemRecord, { provider }: TransactionRecord): boolean =>
  phase === "prepared" || (provider === "bankid" && sent !== null && sent !== undefined);

async function finishOne({ signing, tell }: SignParts, { record, items, trouble }: FoundRun): Promise<void> {
  const names = items.map(({ name }) => name).join(", ");
  if (trouble !== undefined) {
    tell(`An earlier run was interrupted and cannot go on now: ${names}. ${failureWords(trouble).join(" ")}`);
    return;
  }
  tell(`An earlier run was interrupted; finishing it first: ${names}`);
  // Without a prepared document nobody can have approved one. A local certificate would only sign the rest.
  const canBeApproved = items.some((item) => isOutForApproval(item, record)) && record.provider !== "certificate";
  let timer: NodeJS.Timeout | null = null;
  let mayBeSigned = false;
  let hasAskedAgain = false;
  const listener: RunListener = {
    onInteraction: (interaction) => {
      if (interaction?.kind === "waiting" && interaction.takesDays === true) {
        // What the person did is done; it is looked at again by the next command.
        tell(`${names}: ${words(interaction.message)}`);
        void signing.leave(record.id);
      } else if (interaction?.kind === "confirm" && interaction.repeats === true && interaction.mayBeSigned === true) {
        tell(`${names}: ${words(interaction.message, interaction.params ?? {})}`);
        if (hasAskedAgain) {
          void signing.leave(record.id);
        } else {
          // Once for each command: what stopped it may have been mended since.
          hasAskedAgain = true;
          signing.answer(record.id, interaction.id, { kind: "confirm", accepted: true });
        }
      } else if (interaction !== null) {
        mayBeSigned = interaction.mayBeSigned === true;
        timer ??= setTimeout(() => {
          // What may be signed is looked at again by the next command.
          if (mayBeSigned) {
            void signing.leave(record.id);
          } else {
            signing.cancel(record.id);
          }
        }, ASKING_MILLISECONDS);
      }
    },
    onItem: (item, progress) => {
      const name = items.find((other) => other.item === item)?.name ?? item;
      if (progress.kind === "waiting-for-password") {
        const needed = failureWords({ code: "document.password-needed", params: { name } });
        tell(`${name}: not signed in the earlier run. ${needed.join(" ")}`);
        signing.cancel(record.id);
      } else if (progress.kind === "delivered") {
        tell(`${name}: ${basename(progress.outputPath)} (approved in the earlier run)`);
      } else if (progress.kind === "failed" || progress.kind === "needs-attention") {
        tell(`${name}: not signed in the earlier run. ${failureWords(progress.failure).join(" ")}`);
      }
    },
    onEnd: () => undefined,
  };
  const resumed = await signing.resume(record.id, () => listener, false, !canBeApproved);
  if (!resumed.ok) {
    tell(`The earlier run with ${record.provider} cannot be finished now. ${failureWords(resumed.failure).join(" ")}`);
    return;
  }
  await untilEnded(signing, record.id);
  if (timer !== null) {
    clearTimeout(timer);
  }
}
