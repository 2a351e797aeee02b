import type { ReactNode } from "react";
import type { DocumentView } from "../../../shared/app-state.ts";
import { isLocked } from "../../state/locked.ts";
import { useReport } from "../../state/use-report.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { FailureMessage } from "../failure/failure-message.tsx";
import { SignedHere } from "../history/signed-here.tsx";
import { UnlockButton } from "../unlock/unlock-button.tsx";
import styles from "./document-banner.module.css";
import { documentNotes } from "./document-notes.ts";
import { signatureBanner } from "./signature-banner.ts";

/** Over the pages: what the file already is, and what stands in the way of signing it. */
export function DocumentBanner({ document }: { readonly document: DocumentView }) {
  const { view, dispatch, actions } = useWindow();
  const { report, checking } = useReport(document);
  const banner = signatureBanner(document, report);
  const notes = documentNotes(document);
  // The signatures' tab says it itself.
  const tellsSigning = view.tab !== "signatures" && document.result === null && document.signedFrom === null;
  const showReport = (): void => {
    if (report === null && !checking) void actions.verify(document.id);
    dispatch({ kind: "show", document: document.id, tab: "signatures" });
  };
  return (
    <div className={styles["banners"]}>
      {banner === null ? null : (
        <MessageBar
          tone={banner.tone}
          role="status"
          buttons={
            <ActionButton size="small" onPress={showReport}>
              {report === null && !checking ? text("banner.check") : text("banner.show")}
            </ActionButton>
          }
        >
          <p>{banner.sentences.join(" ")}</p>
        </MessageBar>
      )}
      {tellsSigning ? <SignedHere document={document} /> : null}
      {document.inspection.refusal === null || isLocked(document) ? null : (
        <MessageBar
          tone="warn"
          buttons={
            document.inspection.refusal.code === "document.signing-not-permitted" ? (
              <UnlockButton document={document} />
            ) : undefined
          }
        >
          <p>
            <strong>{text("banner.cannot-sign")}</strong>
          </p>
          <FailureMessage failure={document.inspection.refusal} />
        </MessageBar>
      )}
      {notes.length === 0 ? null : (
        <MessageBar tone="info" buttons={<ShowResult document={document} />}>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </MessageBar>
      )}
    </div>
  );
}

function ShowResult({ document }: { readonly document: DocumentView }): ReactNode {
  const { dispatch } = useWindow();
  const { result } = document;
  if (result === null) return null;
  return (
    <ActionButton size="small" onPress={() => dispatch({ kind: "show", document: result })}>
      {text("banner.show-signed")}
    </ActionButton>
  );
}
