import type { MenuCommand } from "../../shared/ipc.ts";

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const WITH_CONTROL: Readonly<Record<string, MenuCommand>> = {
  o: "open",
  w: "close-document",
  f: "find",
  "+": "zoom-in",
  "=": "zoom-in",
  "-": "zoom-out",
  "0": "zoom-fit",
  r: "rotate",
  enter: "sign",
  ",": "settings",
};

const WITH_CONTROL_AND_SHIFT: Readonly<Record<string, MenuCommand>> = { h: "history" };

/** The command of a key press, the same as the menu's. Command on a Mac, Control elsewhere. Null: not ours. */
export function commandOfKey(event: KeyPress, platform: "windows" | "macos" | "linux"): MenuCommand | null {
  if (event.key === "F4" && !event.altKey && !event.ctrlKey && !event.metaKey) return "thumbnails";
  const control = platform === "macos" ? event.metaKey : event.ctrlKey;
  if (!control || event.altKey) return null;
  const key = event.key.toLowerCase();
  return (event.shiftKey ? WITH_CONTROL_AND_SHIFT[key] : undefined) ?? WITH_CONTROL[key] ?? null;
}
