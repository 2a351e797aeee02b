import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { FailureMessage } from "./failure-message.tsx";

/** What went wrong just now, until it is dismissed. A dialog has its own: the window's notices are behind it and out of reach. */
export function ProblemBar() {
  const { view, dispatch } = useWindow();
  if (view.problem === null) return null;
  return (
    <MessageBar
      tone="bad"
      role="alert"
      buttons={
        <IconButton
          icon="close"
          label={text("common.dismiss")}
          onPress={() => dispatch({ kind: "problem", problem: null })}
        />
      }
    >
      <FailureMessage failure={view.problem} />
    </MessageBar>
  );
}
