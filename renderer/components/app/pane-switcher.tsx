import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import styles from "./pane-switcher.module.css";

const PANES = ["documents", "pages", "panel"] as const;

/** Only visible when the window is too narrow for three panes. */
export function PaneSwitcher() {
  const { view, dispatch } = useWindow();
  return (
    <nav className={styles["switcher"]} aria-label={text("pane.show")}>
      {PANES.map((pane) => (
        <button
          key={pane}
          type="button"
          className={styles["button"]}
          aria-current={view.pane === pane ? "true" : undefined}
          onClick={() => dispatch({ kind: "pane", pane })}
        >
          {text(`pane.${pane}-short`)}
        </button>
      ))}
    </nav>
  );
}
