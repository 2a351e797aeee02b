import type { SandboxClock } from "../clock.ts";
import type { RandomSource } from "../random-id.ts";
import type { AccountOptions } from "./account-options.ts";
import type { Contracts } from "./contracts.ts";
import type { IdnowFlaws, SystemStatus } from "./flaws.ts";
import type { OrderStore } from "./order-store.ts";
import type { Persons } from "./persons.ts";
import type { SignedIdentities } from "./signed-identity.ts";
import type { SignPdfRoom } from "./sign-pdf.ts";
import type { SmsInbox } from "../phone/sms-inbox.ts";
import type { Webhooks } from "./webhooks.ts";

/** Whether the trust service sign-me knows somebody. */
export interface SignMeUser {
  readonly exists: boolean;
  readonly able: boolean;
}

/** Everything the IDnow handlers share. What is not read-only can be changed by the control endpoint. */
export interface IdnowRoom {
  readonly clock: SandboxClock;
  readonly random: RandomSource;
  account: AccountOptions;
  flaws: IdnowFlaws;
  systemStatus: SystemStatus;
  readonly signMeUsers: Map<string, SignMeUser>;
  /** The TAN of the password change that is going on. */
  passwordTan: string | null;
  readonly orders: OrderStore;
  readonly inbox: SmsInbox;
  readonly contracts: Contracts;
  readonly signing: SignPdfRoom;
  readonly persons: Persons;
  readonly identities: SignedIdentities;
  readonly webhooks: Webhooks;
  /** Origin of the browser pages; known once the server listens. */
  pagesUrl(): string;
}
