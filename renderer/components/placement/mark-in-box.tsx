import type { UserSpaceRectangle } from "../../../shared/placement.ts";
import type { PageGeometry } from "../../placement/page-geometry.ts";
import { chosenDesign } from "../../state/mark-looks.ts";
import { useWindow } from "../../state/window-context.tsx";
import { MarkDrawing } from "../mark-drawing/mark-drawing.tsx";
import { spoken } from "../mark-drawing/paper-preview.tsx";
import { useMarkPreview } from "../mark-drawing/use-mark-preview.ts";
import { sizeInPoints } from "../mark-drawing/use-mark-size.ts";
import { usePicture } from "../mark-drawing/use-picture.ts";

interface MarkInBoxProps {
  readonly rectangle: UserSpaceRectangle;
  readonly geometry: PageGeometry;
  /** How the reader has turned the view, in degrees clockwise. */
  readonly turn: number;
}

/** The mark in its place on the page, exactly as it will be drawn there. */
export function MarkInBox({ rectangle, geometry, turn }: MarkInBoxProps) {
  const { app, view } = useWindow();
  const design = chosenDesign(view.mark.look, app.marks);
  const { width, height } = sizeInPoints(rectangle, geometry);
  const drawing = useMarkPreview({ kind: "mark", design }, width, height);
  const picture = usePicture(design.picture);
  if (drawing === null) return null;
  return <MarkDrawing drawing={drawing} picture={picture} turn={turn} label={spoken(drawing)} />;
}
