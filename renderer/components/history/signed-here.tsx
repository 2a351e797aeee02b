import { useCallback, useMemo } from "react";
import type { DocumentView } from "../../../shared/app-state.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { useWindow } from "../../state/window-context.tsx";
import { shortDateTime } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { EnvironmentChip } from "../controls/environment-chip.tsx";
import { howSigned } from "./entry-words.ts";

/** "This file was signed here on …", for a document whose digest the history knows; otherwise nothing. */
export function SignedHere({ document }: { readonly document: DocumentView }) {
  // What is known of one document must never stand beside another, not even for a moment.
  return <KnownSigning key={document.id} document={document} />;
}

function KnownSigning({ document }: { readonly document: DocumentView }) {
  const { actions, dispatch } = useWindow();
  const { id, size } = document;
  // A document that was just signed is in the history from then on.
  const since = document.state.kind;
  const ask = useCallback((asked: { readonly id: DocumentId }) => actions.historyOf(asked.id), [actions]);
  const question = useMemo(() => ({ id, size, since }), [id, size, since]);
  const { answer: known } = useAnswer(ask, question);
  const signed = (known?.rows ?? []).filter(({ state }) => state === "delivered");
  const [newest] = signed;
  if (newest === undefined) return null;
  const key = newest.result === known?.sha256 ? "signed-here.result" : "signed-here.source";
  return (
    <MessageBar
      tone="info"
      buttons={
        <ActionButton size="small" onPress={() => dispatch({ kind: "history", history: { document: id } })}>
          {text("signed-here.show")}
        </ActionButton>
      }
    >
      <p>
        {text(key, { time: shortDateTime(newest.time), how: howSigned(newest) })}{" "}
        {signed.length > 1 ? text("signed-here.more", { count: signed.length - 1 }) : ""}{" "}
        {newest.environment === null ? null : <EnvironmentChip environment={newest.environment} />}
      </p>
    </MessageBar>
  );
}
