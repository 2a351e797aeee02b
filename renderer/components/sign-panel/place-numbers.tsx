import { Input, Label, NumberField } from "react-aria-components";
import type { DocumentId } from "../../../shared/ids.ts";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { fitSeen } from "../../placement/adjust-placement.ts";
import { fromSeen, seenSize, toSeen } from "../../placement/page-geometry.ts";
import type { SeenRectangle } from "../../placement/page-geometry.ts";
import { usePageGeometry } from "../../placement/use-page-geometry.ts";
import { useWindow } from "../../state/window-context.tsx";
import type { VisiblePlacement } from "../../state/window-state.ts";
import { text } from "../../text/text.ts";
import controls from "../controls/controls.module.css";
import styles from "./sign-panel.module.css";

interface PlaceNumbersProps {
  readonly document: DocumentId;
  readonly place: Extract<VisiblePlacement, { readonly kind: "rectangle" }>;
  readonly viewer: PageViewer;
}

const SIDES = ["left", "bottom", "width", "height"] as const satisfies readonly (keyof SeenRectangle)[];

/** The place in numbers, as seen on the upright page. */
export function PlaceNumbers({ document, place, viewer }: PlaceNumbersProps) {
  const { dispatch } = useWindow();
  const geometry = usePageGeometry(viewer, place.page);
  if (geometry === null) return null;
  const seen = toSeen(place.rectangle, geometry);
  const page = seenSize(geometry);
  const change = (side: keyof SeenRectangle, value: number): void => {
    if (!Number.isFinite(value)) return;
    const rectangle = fromSeen(fitSeen({ ...seen, [side]: value }, geometry), geometry);
    dispatch({ kind: "place", document, place: { ...place, rectangle } });
  };
  return (
    <div className={styles["stack"]}>
      <p className={styles["caption"]}>
        {text("mark.on-page", { page: place.page })}, {text("mark.points")}
      </p>
      <div className={styles["numbers"]}>
        {SIDES.map((side) => (
          <NumberField
            key={side}
            className={controls["field"] ?? ""}
            value={Math.round(seen[side] * 10) / 10}
            minValue={0}
            maxValue={side === "left" || side === "width" ? page.width : page.height}
            formatOptions={{ maximumFractionDigits: 1, useGrouping: false }}
            onChange={(value) => change(side, value)}
            isWheelDisabled
          >
            <Label className={controls["label"] ?? ""}>{text(`mark.${side}`)}</Label>
            <Input className={controls["input"] ?? ""} />
          </NumberField>
        ))}
      </div>
    </div>
  );
}
