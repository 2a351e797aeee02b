import type { ReactNode } from "react";
import { Checkbox, Switch } from "react-aria-components";
import { Icon } from "../icon/icon.tsx";
import styles from "./controls.module.css";

interface TickBoxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (selected: boolean) => void;
}

export function TickBox({ children, isSelected, onChange }: TickBoxProps) {
  return (
    <Checkbox className={styles["checkbox"] ?? ""} isSelected={isSelected} onChange={onChange}>
      <span className={styles["tick"]}>
        <Icon name="check" />
      </span>
      {children}
    </Checkbox>
  );
}

/** The tick box of a list's row; the list itself says what it selects. */
export function RowTickBox({ label }: { readonly label: string }) {
  return (
    <Checkbox slot="selection" aria-label={label} className={styles["checkbox"] ?? ""}>
      <span className={styles["tick"]}>
        <Icon name="check" />
      </span>
    </Checkbox>
  );
}

export function OnOff({ children, isSelected, onChange }: TickBoxProps) {
  return (
    <Switch className={styles["switch"] ?? ""} isSelected={isSelected} onChange={onChange}>
      <span className={styles["track"]} />
      {children}
    </Switch>
  );
}
