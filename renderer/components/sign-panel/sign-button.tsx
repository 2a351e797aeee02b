import { useSigning } from "../../state/use-signing.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { text } from "../../text/text.ts";
import { providerName } from "../../text/provider-name.ts";
import { useWindow } from "../../state/window-context.tsx";
import styles from "./sign-panel.module.css";

/** The one primary button: it says what it will do, and why it cannot when it cannot. */
export function SignButton() {
  const { app, view } = useWindow();
  const { plan, obstacle, isIncomplete, sign } = useSigning();
  const provider = providerName(app.settings.provider);
  const count = plan.documents.length;
  const asking = view.review.kind === "asking";
  const noteText = isIncomplete ? text("order.incomplete") : leftOutText(plan.leftOut.length);
  return (
    <div className={styles["foot"]}>
      <p className={styles["help"]} role="status">
        {asking ? text("sign.checking") : (obstacle ?? noteText)}
      </p>
      <ActionButton look="primary" size="large" isDisabled={obstacle !== null || asking} onPress={sign}>
        {count === 0 ? text("sign.button-none", { provider }) : text("sign.button", { count, provider })}
      </ActionButton>
    </div>
  );
}

function leftOutText(count: number): string | null {
  return count === 0 ? null : text("sign.left-out", { count });
}
