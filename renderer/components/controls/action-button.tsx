import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import type { ButtonProps } from "react-aria-components";
import styles from "./controls.module.css";

interface ActionButtonProps extends Omit<ButtonProps, "className" | "children" | "style"> {
  readonly children: ReactNode;
  readonly look?: "primary" | "plain" | "quiet";
  readonly size?: "small" | "normal" | "large";
}

/** A button with words. */
export function ActionButton({ children, look = "plain", size = "normal", ...props }: ActionButtonProps) {
  const classes = [styles["button"], styles[look], styles[size]].filter(Boolean).join(" ");
  return (
    <Button {...props} className={classes}>
      {children}
    </Button>
  );
}
