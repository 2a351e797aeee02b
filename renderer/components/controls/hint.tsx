import type { ReactElement } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";
import styles from "./hint.module.css";

/** A tooltip for a control whose name is not written on it. */
export function Hint({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  return (
    <TooltipTrigger delay={600}>
      {children}
      <Tooltip className={styles["hint"] ?? ""} offset={4}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
