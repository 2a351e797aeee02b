import { useState } from "react";
import { MAXIMUM_SIGNERS } from "../../../shared/signer-fields.ts";
import { movedSigner, withSigner, withoutSigner } from "../../state/idnow-draft.ts";
import type { SignerDraft } from "../../state/idnow-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import type { OrderChange } from "../../state/window-state.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Icon } from "../icon/icon.tsx";
import styles from "./idnow-order.module.css";
import { SignerFields, signerName } from "./signer-fields.tsx";

/** Who signs, in which order. */
export function Signers() {
  const { view, dispatch } = useWindow();
  const { signers } = view.order;
  const [news, setNews] = useState("");
  const change = (part: OrderChange): void => dispatch({ kind: "order", change: part });
  const add = (): void => {
    change(withSigner);
    setNews(text("order.signer-added", { number: signers.length + 1 }));
    focusSoon("[data-signer]:last-child input");
  };
  const remove = (signer: SignerDraft, index: number): void => {
    change((order) => withoutSigner(order, signer.key));
    setNews(text("order.signer-removed", { name: signerName(signer, index + 1) }));
    const next = signers[index + 1] ?? signers[index - 1];
    if (next !== undefined) focusSoon(`[data-signer="${next.key}"] input`);
  };
  const move = (signer: SignerDraft, index: number, by: -1 | 1): void => {
    change((order) => movedSigner(order, signer.key, by));
    setNews(text("order.signer-moved", { name: signerName(signer, index + 1), number: index + 1 + by }));
    // The button moves with the signer; at the end of the list only the other one is left.
    const at = `[data-signer="${signer.key}"] [data-move`;
    focusSoon(`${at}="${by}"] button:enabled`, `${at}="${-by}"] button:enabled`);
  };
  return (
    <>
      <div className={styles["list"]}>
        {signers.map((signer, index) => (
          <SignerFields
            key={signer.key}
            signer={signer}
            index={index}
            count={signers.length}
            onMove={(by) => move(signer, index, by)}
            onRemove={() => remove(signer, index)}
          />
        ))}
      </div>
      <span className={styles["spoken"]} role="status">
        {news}
      </span>
      {signers.length >= MAXIMUM_SIGNERS ? null : (
        <div>
          <ActionButton size="small" onPress={add}>
            <Icon name="add" />
            {text("order.signer-add")}
          </ActionButton>
        </div>
      )}
    </>
  );
}

/** What a change of the list brings is there one frame later. */
function focusSoon(...selectors: readonly string[]): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      for (const selector of selectors) {
        const found = globalThis.document.querySelector<HTMLElement>(selector);
        if (found !== null) {
          found.focus();
          return;
        }
      }
    }),
  );
}
