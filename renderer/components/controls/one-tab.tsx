import type { ReactNode } from "react";
import { Tab } from "react-aria-components";
import styles from "./one-tab.module.css";

interface OneTabProps {
  readonly id: string;
  readonly children: ReactNode;
}

/** One of a row of tabs. */
export function OneTab({ id, children }: OneTabProps) {
  return (
    <Tab id={id} className={styles["tab"] ?? ""}>
      {children}
    </Tab>
  );
}
