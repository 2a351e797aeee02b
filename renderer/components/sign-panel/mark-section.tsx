import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { MarkPlace } from "./mark-place.tsx";
import { MarkLook } from "./mark-look.tsx";
import { MarkPreview } from "./mark-preview.tsx";
import { MarkSwitch } from "./mark-switch.tsx";
import { SamePlace } from "./same-place.tsx";
import styles from "./sign-panel.module.css";

/** Visible mark on or off, what it will say, and where it goes. */
export function MarkSection() {
  const { view, current } = useWindow();
  const { mark } = view;
  return (
    <section className={styles["section"]}>
      <MarkSwitch>{text("mark.switch")}</MarkSwitch>
      {mark.visible ? (
        <>
          <MarkLook />
          <div className={styles["stack"]}>
            <p className={styles["caption"]}>{text("mark.preview")}</p>
            <MarkPreview />
          </div>
          {current === null ? null : <MarkPlace document={current} />}
          <SamePlace />
        </>
      ) : (
        <p className={styles["help"]}>{text("mark.off-help")}</p>
      )}
    </section>
  );
}
