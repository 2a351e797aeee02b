import type { VaultState, VaultView } from "../../../shared/vault.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import type { Tone } from "../controls/message-bar.tsx";

interface KeychainStateProps {
  readonly vault: VaultView;
  readonly isBusy: boolean;
  readonly onTryAgain: () => void;
}

const TONES: Readonly<Record<VaultState, Tone>> = {
  opening: "info",
  usable: "good",
  locked: "warn",
  missing: "warn",
  "key-lost": "bad",
  damaged: "bad",
};

/** How the keychain stands, in words, and how much is kept where. */
export function KeychainState({ vault, isBusy, onTryAgain }: KeychainStateProps) {
  const { state, stored, session } = vault;
  const isKeptForSession = state !== "usable" && state !== "opening";
  return (
    <MessageBar
      tone={TONES[state]}
      buttons={
        isKeptForSession ? (
          <ActionButton size="small" isDisabled={isBusy} onPress={onTryAgain}>
            {text("vault.try-again")}
          </ActionButton>
        ) : undefined
      }
    >
      <p>
        {text(`vault.state.${state}`)}
        {stored > 0 ? ` ${text("vault.stored", { count: stored })}` : ""}
        {session > 0 ? ` ${text("vault.session", { count: session })}` : ""}
      </p>
      {isKeptForSession ? <p>{text("vault.session-help")}</p> : null}
    </MessageBar>
  );
}
