import { useCallback, useEffect, useState } from "react";
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
  const [list, setList] = useState<TokenList | "looking">("looking");
  const look = useCallback(async (): Promise<void> => {
    const found = await actions.listTokens();
    setList(found ?? { offers: [], failures: [] });
  }, [actions]);
  useEffect(() => {
    void look();
  }, [look]);
  const again = (): void => {
    setList("looking");
    void look();
  };
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
          <ActionButton isDisabled={list === "looking"} onPress={again}>
            {text("tokens.refresh")}
          </ActionButton>
          <ActionButton onPress={onClose}>{text("common.cancel")}</ActionButton>
        </>
      }
    >
      <p role="status">{statusText(list)}</p>
      {list === "looking" ? null : <Offers list={list} onChoose={(id) => void choose(id)} />}
    </ModalSheet>
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
