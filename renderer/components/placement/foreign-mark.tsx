import { useWindow } from "../../state/window-context.tsx";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import styles from "./placement.module.css";

/** In a box on the page: that somebody else draws the mark here, and of which signer when there are several. */
export function ForeignMark({ index }: { readonly index: number }) {
  const { app, view } = useWindow();
  const { signers } = view.order;
  const signer = signers[index];
  const name = signer === undefined ? "" : `${signer.givenName} ${signer.surname}`.trim();
  return (
    <span className={styles["foreignFrame"]}>
      <span className={styles["foreign"]}>
        <span>{text("mark.foreign-here", { provider: providerName(app.settings.provider) })}</span>
        {signers.length < 2 ? null : (
          <span className={styles["foreignName"]}>
            {name === "" ? text("order.signer", { number: index + 1 }) : `${index + 1}. ${name}`}
          </span>
        )}
      </span>
    </span>
  );
}
