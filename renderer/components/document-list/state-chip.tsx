import type { DocumentState } from "../../../shared/app-state.ts";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import styles from "./state-chip.module.css";

type ChipTone = "quiet" | "ready" | "waiting" | "working" | "good" | "bad" | "warn";

const untouched = ({ kind }: DocumentState): boolean => kind === "new" || kind === "ready";

/** A locked document and a signed copy with which nothing else happens say just that. */
export function stateText(state: DocumentState, signedCopy: boolean, locked = false): string {
  if (locked && untouched(state)) return text("state.locked");
  if (signedCopy && untouched(state)) return text("list.signed-copy");
  switch (state.kind) {
    case "waiting-for-provider":
      return text("state.waiting-for-provider", { provider: providerName(state.provider) });
    case "working":
      return text(`state.${state.step}`);
    case "new":
    case "ready":
    case "waiting-for-you":
    case "waiting-for-password":
    case "signed":
    case "failed":
    case "needs-attention":
      return text(`state.${state.kind}`);
  }
}

function tone(state: DocumentState): ChipTone {
  switch (state.kind) {
    case "new":
      return "quiet";
    case "ready":
      return "ready";
    case "waiting-for-you":
    case "waiting-for-password":
      return "warn";
    case "waiting-for-provider":
      return "waiting";
    case "working":
      return "working";
    case "signed":
      return "good";
    case "failed":
      return "bad";
    case "needs-attention":
      return "warn";
  }
}

interface StateChipProps {
  readonly state: DocumentState;
  readonly signedCopy?: boolean;
  readonly locked?: boolean;
}

export function StateChip({ state, signedCopy = false, locked = false }: StateChipProps) {
  const look = untouched(state) && locked ? "warn" : untouched(state) && signedCopy ? "good" : tone(state);
  return <span className={`${styles["chip"]} ${styles[look]}`}>{stateText(state, signedCopy, locked)}</span>;
}
