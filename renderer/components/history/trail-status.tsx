import { useState } from "react";
import type { TrailCheck } from "../../../shared/history.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import type { Tone } from "../controls/message-bar.tsx";

/** Whether the record is as it was written, checked each time somebody looks. */
export function TrailStatus() {
  const { actions } = useWindow();
  const [times, setTimes] = useState(1);
  const { answer, isPending } = useAnswer(actions.checkTrail, times);
  // What was found an earlier time says nothing about now.
  const check = isPending ? null : answer;
  return (
    <section aria-label={text("history.trail")}>
      <MessageBar
        tone={check === null ? (isPending ? "info" : "warn") : toneOf(check)}
        role="status"
        buttons={
          <ActionButton size="small" isDisabled={isPending} onPress={() => setTimes(times + 1)}>
            {text("history.check-again")}
          </ActionButton>
        }
      >
        {check === null ? (
          <p>{text(isPending ? "history.checking" : "history.not-checked")}</p>
        ) : (
          <CheckWords check={check} />
        )}
      </MessageBar>
    </section>
  );
}

const isBroken = ({ problem, breaks }: TrailCheck): boolean => problem !== null || breaks.length > 0;

function toneOf(check: TrailCheck): Tone {
  if (isBroken(check)) return "bad";
  if (check.entries === 0 || check.seals === "none") return "info";
  return check.seals === "checked" && check.uncheckedSeals === 0 ? "good" : "warn";
}

function CheckWords({ check }: { readonly check: TrailCheck }) {
  const { entries, problem, breaks, uncheckedSeals } = check;
  if (entries === 0 && problem === null) return <p>{text("history.no-entries")}</p>;
  return (
    <>
      {isBroken(check) ? (
        <p>
          <strong>{text("history.broken")}</strong>{" "}
          {problem === null ? null : text(`history.problem.${problem.code}`, { seq: problem.seq })}{" "}
          {problem === null || entries === 0 ? null : text("history.before-hold", { count: entries })}
        </p>
      ) : (
        <p>{wholeText(check)}</p>
      )}
      {breaks.map((seq) => (
        <p key={seq}>{text("history.break", { seq })}</p>
      ))}
      {isBroken(check) ? <p>{text("history.broken-next")}</p> : <p>{sealText(check)}</p>}
      {check.seals === "checked" && uncheckedSeals > 0 ? (
        <p>{text("history.other-seals", { count: uncheckedSeals })}</p>
      ) : null}
    </>
  );
}

/** Only what seals prove is called whole: a chain alone can be made anew. */
function wholeText({ entries, seals }: TrailCheck): string {
  return text(seals === "checked" ? "history.whole" : "history.chained", { count: entries });
}

function sealText({ seals, sealedTo, entries }: TrailCheck): string {
  switch (seals) {
    case "none":
      return text("history.not-sealed");
    case "no-key":
      return text("history.no-key");
    case "checked":
      return sealedTo === entries ? text("history.sealed-all") : text("history.sealed-to", { seq: sealedTo });
  }
}
