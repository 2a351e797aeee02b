import { useState } from "react";
import {
  Button,
  Group,
  Input,
  Menu,
  MenuItem,
  MenuTrigger,
  NumberField,
  Popover,
  Toolbar,
} from "react-aria-components";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { usePageViewState } from "../../pdf/pages-context.tsx";
import { useWindow } from "../../state/window-context.tsx";
import { percent } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import controls from "../controls/controls.module.css";
import { IconButton } from "../controls/icon-button.tsx";
import styles from "./page-toolbar.module.css";

const SCALES = ["0.5", "0.75", "1", "1.25", "1.5", "2", "3", "4"] as const;

/** Thumbnails, page number, zoom, rotation and find, over the pages. */
export function PageToolbar({ viewer }: { readonly viewer: PageViewer }) {
  const { view, dispatch } = useWindow();
  const state = usePageViewState(viewer);
  return (
    <Toolbar className={styles["toolbar"] ?? ""} aria-label={text("pages.toolbar")}>
      <IconButton
        icon="thumbnails"
        label={text("pages.thumbnails")}
        isSelected={view.thumbnails}
        onPress={() => dispatch({ kind: "thumbnails", open: !view.thumbnails })}
      />
      <PageNumber key={state.page} viewer={viewer} page={state.page} pages={state.pages} />
      <span className={styles["space"]} />
      <Group aria-label={text("pages.zoom")} className={styles["group"] ?? ""}>
        <IconButton icon="minus" label={text("pages.zoom-out")} onPress={() => viewer.zoom(-1)} />
        <ScaleMenu viewer={viewer} scale={state.scale} />
        <IconButton icon="add" label={text("pages.zoom-in")} onPress={() => viewer.zoom(1)} />
      </Group>
      <IconButton
        icon="fit-width"
        label={text("pages.fit-width")}
        isSelected={state.fit === "page-width"}
        onPress={() => viewer.setScale("page-width")}
      />
      <IconButton
        icon="fit-page"
        label={text("pages.fit-page")}
        isSelected={state.fit === "page-fit"}
        onPress={() => viewer.setScale("page-fit")}
      />
      <IconButton icon="rotate" label={text("pages.rotate")} onPress={() => viewer.rotate()} />
      <span className={styles["space"]} />
      <IconButton
        icon="search"
        label={text("pages.find")}
        isSelected={view.find}
        onPress={() => dispatch({ kind: "find", open: !view.find })}
      />
    </Toolbar>
  );
}

interface PageNumberProps {
  readonly viewer: PageViewer;
  readonly page: number;
  readonly pages: number;
}

/** Keyed by the page, so that scrolling puts the new number into the box. */
function PageNumber({ viewer, page, pages }: PageNumberProps) {
  const [value, setValue] = useState(page);
  const go = (next: number): void => {
    setValue(next);
    if (Number.isFinite(next)) viewer.goTo(next);
  };
  return (
    <NumberField
      className={styles["pageNumber"] ?? ""}
      aria-label={text("pages.page-number")}
      minValue={1}
      maxValue={pages}
      step={1}
      formatOptions={{ useGrouping: false }}
      value={value}
      onChange={go}
      isWheelDisabled
    >
      <Input className={`${controls["input"]} ${styles["pageInput"]}`} />
      <span className={styles["pages"]}>{text("pages.of", { count: pages })}</span>
    </NumberField>
  );
}

function ScaleMenu({ viewer, scale }: { readonly viewer: PageViewer; readonly scale: number }) {
  return (
    <MenuTrigger>
      <Button
        className={`${controls["iconButton"]} ${styles["scale"]}`}
        aria-label={`${text("pages.zoom")} ${percent(scale)}`}
      >
        {percent(scale)}
      </Button>
      <Popover className={controls["popover"] ?? ""}>
        <Menu aria-label={text("pages.zoom")} onAction={(key) => viewer.setScale(String(key))}>
          {SCALES.map((value) => (
            <MenuItem key={value} id={value} className={controls["option"] ?? ""}>
              {percent(Number(value))}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
