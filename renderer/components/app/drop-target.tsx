import { useEffect, useState } from "react";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import styles from "./drop-target.module.css";

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

/** The whole window takes files and folders; a veil says so while something is dragged over it. */
export function DropTarget() {
  const { actions, view } = useWindow();
  // While a mark is edited, what is dropped is its picture.
  const editing = view.mark.editor !== null;
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Entering a child leaves its parent: only the difference of the two says whether the pointer is inside.
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    const allow = (event: DragEvent): void => {
      // Also for anything else: without this the browser would leave the page for what was dropped.
      event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      const forPicture = event.target instanceof Element && event.target.closest("[data-takes-pictures]") !== null;
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0 && !editing && !forPicture) void actions.openFiles(files);
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", allow);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", allow);
      window.removeEventListener("drop", drop);
    };
  }, [actions, editing]);
  if (!over || editing) return null;
  return (
    <div className={styles["veil"]}>
      <p className={styles["title"]}>{text("drop.title")}</p>
      <p>{text("drop.text")}</p>
    </div>
  );
}
