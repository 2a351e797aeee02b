import { useEffect, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { Input, TextField } from "react-aria-components";
import type { PageViewState, PageViewer } from "../../pdf/page-viewer.ts";
import { usePageViewState } from "../../pdf/pages-context.tsx";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import controls from "../controls/controls.module.css";
import { IconButton } from "../controls/icon-button.tsx";
import styles from "./find-bar.module.css";

/** Finds text in the document while it is typed. Enter: next, Shift+Enter: previous, Escape: close. */
export function FindBar({ viewer }: { readonly viewer: PageViewer }) {
  const { dispatch } = useWindow();
  const { matches } = usePageViewState(viewer);
  const [query, setQuery] = useState("");
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    input.current?.focus();
    return () => viewer.stopFinding();
  }, [viewer]);

  const search = (next: string): void => {
    setQuery(next);
    viewer.find(next, "first");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && query !== "") viewer.find(query, event.shiftKey ? "previous" : "next");
    if (event.key === "Escape") dispatch({ kind: "find", open: false });
  };
  return (
    <div className={styles["bar"]} role="search" aria-label={text("find.label")}>
      <TextField aria-label={text("find.label")} value={query} onChange={search} className={styles["field"] ?? ""}>
        <Input
          ref={input}
          className={controls["input"] ?? ""}
          placeholder={text("find.placeholder")}
          onKeyDown={onKeyDown}
        />
      </TextField>
      <span className={styles["count"]} role="status">
        {countText(matches)}
      </span>
      <IconButton
        icon="up"
        label={text("find.previous")}
        isDisabled={query === ""}
        onPress={() => viewer.find(query, "previous")}
      />
      <IconButton
        icon="down"
        label={text("find.next")}
        isDisabled={query === ""}
        onPress={() => viewer.find(query, "next")}
      />
      <IconButton icon="close" label={text("find.close")} onPress={() => dispatch({ kind: "find", open: false })} />
    </div>
  );
}

function countText({ state, current, total }: PageViewState["matches"]): string {
  switch (state) {
    case "none":
      return "";
    case "searching":
      return text("find.searching");
    case "not-found":
      return text("find.not-found");
    case "found":
      return text("find.count", { current, total });
  }
}
