import { smsInbox } from "../phone/sms-inbox.ts";
import type { PhonePart } from "../phone/phone-part.ts";
import { smsPhone } from "../phone/sms-cards.ts";
import { randomDigits } from "../random-digits.ts";
import type { AutoApprove, ProviderPart, SharedRoom } from "../shared-room.ts";
import { fourthlineApiHandler } from "./api-handler.ts";
import { checkCards } from "./check-cards.ts";
import { tableWith } from "./endpoint-table.ts";
import type { FourthlineTable, FourthlineTableChange } from "./endpoint-table.ts";
import { fourthlineControl } from "./fourthline-control.ts";
import type { FourthlineControl } from "./fourthline-control.ts";
import { practiceAccount } from "./fourthline-room.ts";
import type { FourthlineAccount, FourthlineRoom } from "./fourthline-room.ts";
import { languageOf } from "./language.ts";
import { passcodeText } from "./passcode-texts.ts";
import { practiceClients } from "./practice-clients.ts";
import { noFlaws, usualSettings } from "./settings.ts";
import { personOf, settingsOf } from "./settings-of.ts";
import { signatures } from "./signatures.ts";
import { tokens } from "./tokens.ts";
import { current } from "./workflow.ts";
import type { Workflow } from "./workflow.ts";
import type { WorkflowEvent } from "./workflow-events.ts";
import { workflowStore } from "./workflow-store.ts";

/** What a customer's program has to know of the practice account. No secret: everybody may practise. */
export interface FourthlineProfile extends FourthlineAccount {
  /** Where the calls are, and how their fields are called. */
  readonly table: FourthlineTable;
  /** Whom the customer's own identifiers stand for; the first one is everybody whose identifier is not here. */
  readonly persons: readonly PracticePerson[];
}

export interface PracticePerson {
  readonly reference: string;
  readonly givenNames: string;
  readonly surname: string;
  readonly what: string;
}

/** The practice Fourthline with its server. */
export interface FourthlinePart extends ProviderPart<FourthlineControl> {
  /** Origin; the table holds the paths. */
  readonly baseUrl: string;
  readonly profile: FourthlineProfile;
  /** Resolves when nothing is written to the folder any more. */
  end(): Promise<void>;
}

/** Ten documents of 10 MB in one form. */
const maximumBodyBytes = 110 * 1024 * 1024;

export async function openFourthline(
  shared: SharedRoom,
  autoApprove: AutoApprove | null,
  change: FourthlineTableChange,
): Promise<FourthlinePart> {
  const { clock, random } = shared;
  const address = { origin: "" };
  const workflows = workflowStore({
    clock,
    settingsOf: (reference) => settingsOf(room, reference),
    isChecked: (reference) => room.checked.has(reference),
    newPasscode: (reference) => randomDigits(random, settingsOf(room, reference).passcodeLength),
    autoApprove,
    changed: (workflow, event) => noteChange(room, workflow, event),
  });
  const room: FourthlineRoom = {
    clock,
    random,
    table: tableWith(change),
    settings: usualSettings,
    flaws: noFlaws,
    tokens: tokens(clock, random),
    workflows,
    inbox: smsInbox(clock),
    signatures: signatures({ ...shared, personOf: (workflow) => personOf(room, workflow) }),
    clientIds: new Map(),
    persons: new Map(),
    checked: new Set(),
    origin: () => address.origin,
  };
  const port = await shared.listen("fourthline", {
    handle: fourthlineApiHandler(room, shared.faults),
    tls: shared.serverTls,
    maximumBodyBytes,
  });
  address.origin = `https://localhost:${port}`;
  const control = fourthlineControl(room, shared.revocations);
  return {
    baseUrl: address.origin,
    profile: {
      ...practiceAccount,
      table: room.table,
      persons: practiceClients.map(({ reference, what, person }) => ({
        reference,
        givenNames: person.confirmed.givenNames,
        surname: person.confirmed.surname,
        what,
      })),
    },
    control,
    phone: bothParts(
      smsPhone(room.inbox, { key: "fourthline", name: "Fourthline (practice)" }),
      checkCards(room, control),
    ),
    setAutoApprove(value) {
      workflows.autoApprove = value;
    },
    reset() {
      workflows.clear();
      room.inbox.clear();
      room.signatures.clear();
      room.clientIds.clear();
      room.persons.clear();
      room.checked.clear();
      room.settings = usualSettings;
      room.flaws = noFlaws;
    },
    end: () => room.signatures.settled(),
  };
}

/** What a change of status brings about elsewhere. */
function noteChange(room: FourthlineRoom, workflow: Workflow, event: WorkflowEvent): void {
  const { status } = current(workflow);
  if (event.do === "send-passcode") {
    room.inbox.send({
      to: workflow.mobile ?? "",
      text: passcodeText(languageOf(workflow.passcodeLanguage), event.passcode, workflow.documents.length),
      tan: event.passcode,
      order: workflow.id,
    });
  }
  if (event.do !== "move" || workflow.flow === "completed") return;
  // The certificate is made before the check ends: it says what was known then.
  if (workflow.signedAt !== null) room.signatures.signer(workflow).catch(() => undefined);
  if (status === "signed" || status === "invalid_signature") room.checked.add(workflow.reference);
}

function bothParts(one: PhonePart, other: PhonePart): PhonePart {
  return {
    version: () => `${one.version()}/${other.version()}`,
    cards: (language) => [...one.cards(language), ...other.cards(language)],
    answer(form) {
      one.answer(form);
      other.answer(form);
    },
  };
}
