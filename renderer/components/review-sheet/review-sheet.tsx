import type { ReviewSheet as Sheet } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { digestGroups } from "../../text/format.ts";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { EnvironmentNote } from "../controls/environment-note.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { ReviewFacts } from "./review-facts.tsx";
import { SignedText } from "./signed-text.tsx";
import styles from "./review-sheet.module.css";

/** Shown before anything leaves the computer: which documents, with which digests, and what goes where. */
export function ReviewSheet() {
  const { view, dispatch, actions } = useWindow();
  if (view.review.kind !== "shown") return null;
  const shown = view.review;
  const { review, sheet, starting } = shown;
  const count = sheet.items.length;
  const back = (): void => dispatch({ kind: "review", review: { kind: "none" } });
  const confirm = (): void => {
    dispatch({ kind: "review", review: { ...shown, starting: true } });
    void actions.start(review);
  };
  return (
    <ModalSheet
      title={text("review.title", { count, provider: providerName(sheet.provider) })}
      onClose={starting ? null : back}
      buttons={
        <>
          <ActionButton onPress={back} isDisabled={starting}>
            {text("review.back")}
          </ActionButton>
          <ActionButton look="primary" onPress={confirm} isDisabled={starting} autoFocus>
            {text("review.confirm", { count })}
          </ActionButton>
        </>
      }
    >
      <EnvironmentNote environment={sheet.environment} provider={sheet.provider} practice={text("review.practice")} />
      {sheet.sends === "document" ? <LeavesWhole sheet={sheet} /> : null}
      <ReviewWarnings sheet={sheet} />
      {sheet.text === null ? null : <SignedText preview={sheet.text} />}
      <ReviewDocuments sheet={sheet} />
      <ReviewFacts sheet={sheet} details={shown.details} />
      {sheet.rewritten.length === 0 ? null : (
        <MessageBar tone="warn">
          <p className={styles["strong"]}>{text("review.rewritten", { count: sheet.rewritten.length })}</p>
          <p>
            {text("review.rewritten-text")} {sheet.rewritten.join(", ")}
          </p>
        </MessageBar>
      )}
      {sheet.clipped.length === 0 ? null : (
        <MessageBar tone="warn">
          <p>{text("marks.clipped", { names: sheet.clipped.join(", ") })}</p>
        </MessageBar>
      )}
    </ModalSheet>
  );
}

/** More than a fingerprint leaves the computer: nobody should learn that from the small print. */
function LeavesWhole({ sheet }: { readonly sheet: Sheet }) {
  const provider = providerName(sheet.provider);
  return (
    <MessageBar tone="warn">
      <p className={styles["strong"]}>
        {text("review.leaves-whole", { count: sheet.items.length, provider, host: sheet.recipient })}
      </p>
      <p>
        {text("review.kept-there", { provider })}
        {sheet.provider === "idnow" ? ` ${text("order.review-keeps")}` : ""}
      </p>
    </MessageBar>
  );
}

/** What speaks for another look before confirming. */
function ReviewWarnings({ sheet }: { readonly sheet: Sheet }) {
  if (sheet.warnings.length === 0) return null;
  return (
    <MessageBar tone="warn">
      <p className={styles["strong"]}>{text("review.warnings")}</p>
      {sheet.warnings.map(({ warning, documents }) => (
        <p key={JSON.stringify(warning)} className={styles["warning"]}>
          {text(`warning.${warning.code}`, warning.params)}
          {sheet.items.length === 1 ? null : (
            <span className={styles["becomes"]}>{` ${documents.slice(0, MOST_NAMES).join(", ")}`}</span>
          )}
          {documents.length > MOST_NAMES ? (
            <span className={styles["becomes"]}>
              {` ${text("review.warnings-more", { count: documents.length - MOST_NAMES })}`}
            </span>
          ) : null}
        </p>
      ))}
    </MessageBar>
  );
}

/** A warning that concerns hundreds of documents must not push the buttons away. */
const MOST_NAMES = 5;

function ReviewDocuments({ sheet }: { readonly sheet: Sheet }) {
  return (
    <section className={styles["section"]}>
      <h3 className={styles["caption"]} id="review-documents">
        {text("review.documents")}
      </h3>
      {/* Scrolls when there are many, so it takes the focus. */}
      <ul className={styles["documents"]} aria-labelledby="review-documents" tabIndex={0}>
        {sheet.items.map(({ document, name, sha256, outputName }) => (
          <li key={document} className={styles["document"]}>
            <span className={styles["strong"]}>{name}</span>
            <code className={styles["digest"]}>
              {digestGroups(sha256).map((group, index) => (
                <span key={`${index}-${group}`}>{group}</span>
              ))}
            </code>
            <span className={styles["becomes"]}>{text("review.becomes", { name: outputName })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
