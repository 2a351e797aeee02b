import { usePages } from "../../pdf/pages-context.tsx";
import { planSigning } from "../../state/sign-request.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { OnOff, TickBox } from "../controls/tick-box.tsx";
import { MarkPlace } from "./mark-place.tsx";
import { MarkLook } from "./mark-look.tsx";
import { MarkPreview } from "./mark-preview.tsx";
import styles from "./sign-panel.module.css";

/** Visible mark on or off, what it will say, and where it goes. */
export function MarkSection() {
  const { view, dispatch, current, selected } = useWindow();
  const { viewer } = usePages();
  const { mark } = view;
  const { documents, unplaced } = planSigning(selected, mark, view.current);
  return (
    <section className={styles["section"]}>
      <OnOff
        isSelected={mark.visible}
        onChange={(visible) => {
          const hasPlace = current !== null && mark.places.has(current.id);
          dispatch({ kind: "mark", change: { visible, drawing: visible && !hasPlace && viewer !== null } });
        }}
      >
        {text("mark.switch")}
      </OnOff>
      {mark.visible ? (
        <>
          <MarkLook />
          <div className={styles["stack"]}>
            <p className={styles["caption"]}>{text("mark.preview")}</p>
            <MarkPreview />
          </div>
          {current === null ? null : <MarkPlace document={current} />}
          {documents.length > 1 ? (
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
          ) : null}
        </>
      ) : (
        <p className={styles["help"]}>{text("mark.off-help")}</p>
      )}
    </section>
  );
}
