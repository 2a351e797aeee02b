import { useEffect, useState } from "react";
import type { TokenList, TokenOffer } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { expiryWarning } from "../../text/expiry.ts";
import { day } from "../../text/format.ts";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import styles from "./token-dialog.module.css";

/** What is on the cards and tokens that are there now. Nobody is asked for a PIN here. */
export function TokenDialog({ onClose }: { readonly onClose: () => void }) {
  const { actions } = useWindow();
  const [looks, setLooks] = useState(0);
  const choose = async (id: string): Promise<void> => {
    await actions.takeToken(id);
    onClose();
  };
  return (
    <ModalSheet
      title={text("tokens.title")}
      onClose={onClose}
      buttons={
        <>
          <ActionButton onPress={() => setLooks(looks + 1)}>{text("tokens.refresh")}</ActionButton>
          <ActionButton onPress={onClose}>{text("common.cancel")}</ActionButton>
        </>
      }
    >
      <FoundTokens key={looks} onChoose={(id) => void choose(id)} />
    </ModalSheet>
  );
}

/** One look; mounted anew for the next. */
function FoundTokens({ onChoose }: { readonly onChoose: (id: string) => void }) {
  const { actions } = useWindow();
  const [list, setList] = useState<TokenList | "looking">("looking");
  useEffect(() => {
    let gone = false;
    const look = async (): Promise<void> => {
      const found = await actions.listTokens();
      if (!gone) setList(found ?? { offers: [], failures: [] });
    };
    void look();
    return () => {
      gone = true;
    };
  }, [actions]);
  return (
    <>
      <p role="status">{statusText(list)}</p>
      {list === "looking" ? null : <Offers list={list} onChoose={onChoose} />}
    </>
  );
}

function statusText(list: TokenList | "looking"): string {
  if (list === "looking") return text("tokens.looking");
  return list.offers.length === 0 ? text("tokens.none") : "";
}

function Offers({ list, onChoose }: { readonly list: TokenList; readonly onChoose: (id: string) => void }) {
  return (
    <>
      {list.offers.length === 0 ? <p className={styles["muted"]}>{text("tokens.software")}</p> : null}
      {list.offers.length === 0
        ? list.failures.map((failure, index) => (
            <p key={`${index}-${failure.code}`} className={styles["muted"]}>
              {failureText(failure, "what")} {failureText(failure, "why")}
            </p>
          ))
        : null}
      {list.offers.length === 0 ? null : (
        // Scrolls when there are many, so it takes the focus.
        <ul className={styles["list"]} aria-label={text("tokens.list")} tabIndex={0}>
          {list.offers.map((offer) => (
            <Offer key={offer.id} offer={offer} onChoose={() => onChoose(offer.id)} />
          ))}
        </ul>
      )}
    </>
  );
}

function Offer({ offer, onChoose }: { readonly offer: TokenOffer; readonly onChoose: () => void }) {
  const { token, model, facts, pin, pinState } = offer;
  const [now] = useState(() => Date.now());
  const warnings = [
    pinState === "good" ? null : text(`tokens.${pinState}`),
    facts === null ? null : expiryWarning(facts.validUntil, now),
  ].filter((warning) => warning !== null);
  const subject = facts?.subject ?? token;
  const usable = pinState !== "locked" && pinState !== "not-set";
  return (
    <li className={styles["offer"]}>
      <div className={styles["text"]}>
        <span className={styles["subject"]}>{subject}</span>
        <span className={styles["muted"]}>
          {facts === null
            ? text("tokens.hidden")
            : `${text("certificate.issuer")} ${facts.issuer} · ${text("certificate.valid-until")} ${day(facts.validUntil)}`}
        </span>
        <span className={styles["muted"]}>
          {[token, model].filter((part) => part !== "").join(" · ")}
          {pin === "reader" ? ` · ${text("tokens.pin-reader")}` : ""}
        </span>
        {warnings.map((warning) => (
          <span key={warning} className={styles["warning"]}>
            {warning}
          </span>
        ))}
      </div>
      <ActionButton
        size="small"
        isDisabled={!usable}
        aria-label={text("tokens.use-named", { subject, token })}
        onPress={onChoose}
      >
        {text("tokens.use")}
      </ActionButton>
    </li>
  );
}
