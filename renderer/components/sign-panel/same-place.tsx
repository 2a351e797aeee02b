import { planSigning } from "../../state/sign-request.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { TickBox } from "../controls/tick-box.tsx";
import styles from "./sign-panel.module.css";

/** Several documents: one place for all of them, or each its own. */
export function SamePlace() {
  const { view, dispatch, selected } = useWindow();
  const { mark } = view;
  const { documents, unplaced } = planSigning(selected, mark, view.current);
  if (documents.length < 2) return null;
  return (
    <div className={styles["stack"]}>
      <TickBox
        isSelected={mark.sameForAll}
        onChange={(sameForAll) => dispatch({ kind: "mark", change: { sameForAll } })}
      >
        {text("mark.same-for-all")}
      </TickBox>
      {mark.sameForAll ? <p className={styles["help"]}>{text("mark.same-for-all-help")}</p> : null}
      {!mark.sameForAll && unplaced.length > 0 ? (
        <p className={styles["warning"]}>{text("mark.own-place-missing", { count: unplaced.length })}</p>
      ) : null}
    </div>
  );
}
