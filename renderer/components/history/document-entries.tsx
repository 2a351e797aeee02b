import { signingStates } from "../../state/signing-states.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { DocumentEntry } from "./document-entry.tsx";
import { PagedEntries } from "./paged-entries.tsx";
import type { EntriesProps } from "./paged-entries.tsx";

/** The documents of all signings. */
export function DocumentEntries(props: EntriesProps) {
  const { app, actions } = useWindow();
  return (
    <PagedEntries
      {...props}
      label={text("history.list-documents")}
      isAboutDocuments
      ask={actions.historyDocuments}
      since={signingStates(app)}
    >
      {(entry) => <DocumentEntry key={`${entry.run} ${entry.item}`} entry={entry} />}
    </PagedEntries>
  );
}
