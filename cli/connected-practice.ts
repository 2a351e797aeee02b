import { join } from "node:path";
import { connectPractice, UnknownPerson } from "../sandbox/connect-practice.ts";
import type { ConnectedPractice } from "../sandbox/connect-practice.ts";
import { UsageError } from "./exit-status.ts";

export interface PracticeChoice {
  readonly autoApprove: boolean;
  /** Of the person to play; null: the first one. */
  readonly phone: string | null;
}

/**
 * The practice service that runs, or one for the time of the command; with `autoApprove` it plays the person. Throws
 * `UsageError` when it knows nobody with this phone number.
 */
export async function connectedPractice(
  data: string,
  { autoApprove, phone }: PracticeChoice,
): Promise<ConnectedPractice> {
  const connected = await connectPractice(join(data, "practice"), { announced: false });
  if (autoApprove) {
    try {
      await connected.approveAll(phone);
    } catch (error) {
      await connected.close();
      throw error instanceof UnknownPerson ? new UsageError(`--phone: ${error.message}`) : error;
    }
  }
  return connected;
}
