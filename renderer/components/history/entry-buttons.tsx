import { useState } from "react";
import type { HistoryDocument } from "../../../shared/history.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./history.module.css";

interface ButtonsProps {
  readonly entry: HistoryDocument;
  readonly name: string;
}

/** What can be done with an entry now: open its result, show its dialog, go on. */
export function EntryButtons({ entry, name }: ButtonsProps) {
  const { actions, dispatch } = useWindow();
  const [isBusy, setBusy] = useState(false);
  const { run, item, state } = entry;
  const close = (): void => dispatch({ kind: "history", history: null });
  const after = async (work: Promise<boolean>): Promise<void> => {
    setBusy(true);
    if (await work) close();
    else setBusy(false);
  };
  if (state === "running") {
    const show = (): void => {
      close();
      dispatch({ kind: "hide-run", transaction: run, hidden: false });
    };
    return <Button label={text("history.show-run")} spoken={text("history.show-run-named", { name })} onPress={show} />;
  }
  if (state === "waiting" || state === "interrupted") {
    return (
      <Button
        label={text("history.go-on")}
        spoken={text("history.go-on-named", { name })}
        isBusy={isBusy}
        onPress={() => void after(actions.goOn(run))}
      />
    );
  }
  if (!entry.canOpen) return null;
  return (
    <Button
      label={text("history.open")}
      spoken={text("history.open-named", { name })}
      isBusy={isBusy}
      onPress={() => void after(actions.openSigned(run, item))}
    />
  );
}

interface ButtonProps {
  readonly label: string;
  readonly spoken: string;
  readonly isBusy?: boolean;
  readonly onPress: () => void;
}

function Button({ label, spoken, isBusy = false, onPress }: ButtonProps) {
  return (
    <div className={styles["buttons"]}>
      <ActionButton size="small" aria-label={spoken} isDisabled={isBusy} onPress={onPress}>
        {label}
      </ActionButton>
    </div>
  );
}
