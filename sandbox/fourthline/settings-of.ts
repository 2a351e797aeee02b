import { clientByReference, usualPerson } from "./practice-clients.ts";
import type { FourthlineRoom } from "./fourthline-room.ts";
import type { IdentifiedPerson, PersonDetails } from "./persons.ts";
import type { FourthlineSettings } from "./settings.ts";
import type { Workflow } from "./workflow.ts";

/** The settings as they are for a practice client. */
export function settingsOf(room: Pick<FourthlineRoom, "settings">, reference: string): FourthlineSettings {
  return { ...room.settings, ...clientByReference(reference)?.settings };
}

/** What a certificate that is made now says of the person. */
export function personOf(
  room: Pick<FourthlineRoom, "persons" | "checked">,
  { reference, flow }: Pick<Workflow, "reference" | "flow">,
): PersonDetails {
  const person: IdentifiedPerson = room.persons.get(reference) ?? clientByReference(reference)?.person ?? usualPerson;
  return flow === "completed" || room.checked.has(reference) ? person.confirmed : person.extracted;
}
