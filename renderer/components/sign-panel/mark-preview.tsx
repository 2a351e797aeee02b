import { USUAL_SIZE } from "../../placement/adjust-placement.ts";
import { chosenDesign } from "../../state/mark-looks.ts";
import { useWindow } from "../../state/window-context.tsx";
import { PaperPreview } from "../mark-drawing/paper-preview.tsx";
import { useMarkSize } from "../mark-drawing/use-mark-size.ts";

/** What the mark will look like, in the size of its place. */
export function MarkPreview() {
  const { app, view } = useWindow();
  const size = useMarkSize() ?? USUAL_SIZE;
  const design = chosenDesign(view.mark.look, app.marks);
  return <PaperPreview what={{ kind: "mark", design }} width={size.width} height={size.height} />;
}
