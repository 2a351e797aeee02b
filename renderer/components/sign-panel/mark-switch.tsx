import type { ReactNode } from "react";
import { usePages } from "../../pdf/pages-context.tsx";
import { useWindow } from "../../state/window-context.tsx";
import { OnOff } from "../controls/tick-box.tsx";

/** Turns the visible mark, or the choice of its place, on and off; without a place yet, the next drag draws it. */
export function MarkSwitch({ children }: { readonly children: ReactNode }) {
  const { view, dispatch, current } = useWindow();
  const { viewer } = usePages();
  const { mark } = view;
  return (
    <OnOff
      isSelected={mark.visible}
      onChange={(visible) => {
        const hasPlace = current !== null && mark.places.has(current.id);
        dispatch({ kind: "mark", change: { visible, drawing: visible && !hasPlace && viewer !== null } });
      }}
    >
      {children}
    </OnOff>
  );
}
