import type { SandboxClock } from "../clock.ts";
import type { SmsInbox } from "../phone/sms-inbox.ts";
import type { RandomSource } from "../random-id.ts";
import type { FourthlineTable } from "./endpoint-table.ts";
import type { IdentifiedPerson } from "./persons.ts";
import type { FourthlineFlaws, FourthlineSettings } from "./settings.ts";
import type { Signatures } from "./signatures.ts";
import type { Tokens } from "./tokens.ts";
import type { WorkflowStore } from "./workflow-store.ts";

/** What a customer's program has to know of the practice account. No secret: everybody may practise. */
export interface FourthlineAccount {
  readonly clientId: string;
  readonly clientSecret: string;
  /** As agreed with Fourthline, one for each flow. */
  readonly workflowNames: { readonly completed: string; readonly pending: string };
}

export const practiceAccount: FourthlineAccount = {
  clientId: "sealdesk-practice",
  clientSecret: "practice",
  workflowNames: { completed: "practice-qes-completed", pending: "practice-qes-pending" },
};

/** Everything the Fourthline handlers share. What is not read-only can be changed by the control endpoint. */
export interface FourthlineRoom {
  readonly clock: SandboxClock;
  readonly random: RandomSource;
  readonly table: FourthlineTable;
  settings: FourthlineSettings;
  flaws: FourthlineFlaws;
  readonly tokens: Tokens;
  readonly workflows: WorkflowStore;
  readonly inbox: SmsInbox;
  readonly signatures: Signatures;
  /** Fourthline's ids of persons, by the customer's own identifier. */
  readonly clientIds: Map<string, string>;
  /** Persons that were named for an identifier. */
  readonly persons: Map<string, IdentifiedPerson>;
  /** Whose identity check has ended meanwhile. */
  readonly checked: Set<string>;
  /** Origin of the API, which also serves the legal conditions; known once the server listens. */
  origin(): string;
}
