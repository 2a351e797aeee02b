import { useRef } from "react";
import type { ReactElement } from "react";
import { UNSAFE_PortalProvider as PortalProvider } from "react-aria/PortalProvider";
import { Tooltip, TooltipTrigger } from "react-aria-components";
import styles from "./hint.module.css";

/**
 * A tooltip for a control whose name is not written on it. It is drawn beside everything else of the control's own landmark (or
 * dialog): outside of all landmarks a screen reader that goes from one to the next would never meet it.
 */
export function Hint({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <PortalProvider getContainer={() => anchor.current?.closest<HTMLElement>(LANDMARK) ?? document.body}>
      <span ref={anchor} hidden />
      <TooltipTrigger delay={600}>
        {children}
        <Tooltip className={styles["hint"] ?? ""} offset={4}>
          {text}
        </Tooltip>
      </TooltipTrigger>
    </PortalProvider>
  );
}

const LANDMARK = '[role="dialog"], main, section[aria-label], header, nav, [role="search"]';
