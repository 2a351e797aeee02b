import type { TrailFacts } from "../../../shared/history.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { useWindow } from "../../state/window-context.tsx";
import { shortDateTime } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { ProblemBar } from "../failure/problem-bar.tsx";

/** Says what the file will hold before anybody chooses where it goes. */
export function ExportTrail({ onEnd }: { readonly onEnd: (said: string) => void }) {
  const { actions } = useWindow();
  const { answer: facts, isPending } = useAnswer(actions.trailFacts, null);
  const save = async (): Promise<void> => {
    // A dialog that was closed leaves the question as it is.
    if (await actions.exportTrail()) onEnd(text("history.export-saved"));
  };
  return (
    <ModalSheet
      title={text("history.export-title")}
      onClose={() => onEnd("")}
      buttons={
        <>
          <ActionButton onPress={() => onEnd("")}>{text("common.cancel")}</ActionButton>
          <ActionButton look="primary" isDisabled={(facts?.entries ?? 0) === 0} onPress={() => void save()}>
            {text("history.export-save")}
          </ActionButton>
        </>
      }
    >
      <ProblemBar />
      <p role="status">{facts === null ? (isPending ? text("history.loading") : "") : content(facts)}</p>
      <p>{text("history.export-holds")}</p>
      <p>{text("history.export-check")}</p>
    </ModalSheet>
  );
}

function content({ entries, first, last }: TrailFacts): string {
  if (first === null || last === null) return text("history.no-entries");
  return text("history.export-text", { count: entries, first: shortDateTime(first), last: shortDateTime(last) });
}
