import type { ReactNode } from "react";
import { Icon } from "../icon/icon.tsx";
import type { IconName } from "../icon/icon.tsx";
import styles from "./message-bar.module.css";

export type Tone = "good" | "warn" | "bad" | "info" | "practice";

const ICONS: Readonly<Record<Tone, IconName>> = {
  good: "check",
  warn: "warning",
  bad: "error",
  info: "info",
  practice: "info",
};

interface MessageBarProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly buttons?: ReactNode | undefined;
  readonly icon?: IconName;
  /** "alert" is read out at once, "status" when there is a pause. */
  readonly role?: "alert" | "status";
}

/** A coloured strip; the colour never says anything that the words do not. */
export function MessageBar({ tone, children, buttons, icon, role }: MessageBarProps) {
  return (
    <div className={`${styles["bar"]} ${styles[tone]}`} role={role}>
      <span className={styles["icon"]}>
        <Icon name={icon ?? ICONS[tone]} />
      </span>
      <div className={styles["text"]}>{children}</div>
      {buttons === undefined ? null : <div className={styles["buttons"]}>{buttons}</div>}
    </div>
  );
}
