import { TabList, TabPanel, Tabs } from "react-aria-components";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { OneTab } from "../controls/one-tab.tsx";
import { SignPanel } from "../sign-panel/sign-panel.tsx";
import { SignaturesPanel } from "../signatures-panel/signatures-panel.tsx";
import styles from "./side-panel.module.css";

/** The right pane: sign, or look at signatures. */
export function SidePanel() {
  const { view, dispatch } = useWindow();
  return (
    <section className={styles["pane"]} aria-label={text("pane.panel")} data-pane="panel">
      <Tabs
        className={styles["tabs"] ?? ""}
        selectedKey={view.tab}
        onSelectionChange={(key) => dispatch({ kind: "tab", tab: key === "signatures" ? "signatures" : "sign" })}
      >
        <TabList className={styles["list"] ?? ""} aria-label={text("tabs.label")}>
          <OneTab id="sign">{text("tabs.sign")}</OneTab>
          <OneTab id="signatures">{text("tabs.signatures")}</OneTab>
        </TabList>
        <TabPanel id="sign" className={styles["panel"] ?? ""}>
          <SignPanel />
        </TabPanel>
        <TabPanel id="signatures" className={styles["panel"] ?? ""}>
          <SignaturesPanel />
        </TabPanel>
      </Tabs>
    </section>
  );
}
