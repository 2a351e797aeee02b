import type { TransactionView } from "../../../shared/app-state.ts";
import type { Interaction, WaitingInteraction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { day } from "../../text/format.ts";
import { text, textOr } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Icon } from "../icon/icon.tsx";
import styles from "./approval-dialog.module.css";
import { CodeBody } from "./code-body.tsx";
import { ConditionsBody } from "./conditions-body.tsx";
import { FailureSentences } from "./failure-sentences.tsx";
import { HandoverBody } from "./handover-body.tsx";
import { PageBody } from "./page-body.tsx";
import { QrBody } from "./qr-body.tsx";
import { PhoneBody } from "./phone-body.tsx";
import { PracticePhone } from "./practice-phone.tsx";
import { SecretBody } from "./secret-body.tsx";
import { SelfieBody } from "./selfie-body.tsx";
import { WaitingTime } from "./waiting-time.tsx";

interface InteractionViewProps {
  readonly run: TransactionView;
  readonly interaction: Interaction;
}

/** The sentence of an interaction; a provider's unknown key never shows. */
export function askText(interaction: Interaction): string {
  return textOr(interaction.message, "interaction.generic", { ...interaction.params });
}

/** What the person is asked for now. */
export function InteractionView({ run, interaction }: InteractionViewProps) {
  return (
    <div className={styles["interaction"]}>
      <span className={styles["picture"]}>
        <Icon name={pictureOf(interaction)} />
      </span>
      <div className={styles["ask"]}>
        <p className={styles["sentence"]} lang={interaction.language}>
          {askText(interaction)}
        </p>
        <InteractionBody run={run} interaction={interaction} />
      </div>
    </div>
  );
}

function pictureOf(interaction: Interaction): "lock" | "phone" | "computer" | "question" | "document" | "person" {
  switch (interaction.kind) {
    case "page":
    case "secret":
      return "lock";
    case "waiting":
      return interaction.device;
    case "confirm":
      return "question";
    case "code":
    case "qr":
    case "phone":
      return "phone";
    case "selfie":
      return "person";
    case "conditions":
    case "handover":
    case "identification":
      return "document";
  }
}

function InteractionBody({ run, interaction }: InteractionViewProps) {
  switch (interaction.kind) {
    case "page":
      return <PageBody run={run} interaction={interaction} />;
    case "waiting":
      return (
        <>
          {interaction.hint === undefined || interaction.hint === null ? null : (
            <FailureSentences failure={interaction.hint} tone="info" />
          )}
          {interaction.takesDays === true ? (
            <DaysToWait interaction={interaction} />
          ) : (
            <WaitingTime deadline={interaction.deadline} typical={typicalOf(interaction)} />
          )}
          <div className={styles["row"]}>
            {interaction.canReopenPage === true ? <PageAgain run={run} interaction={interaction} /> : null}
            {interaction.canShowQr === true ? <ShowQr run={run} interaction={interaction} /> : null}
            {interaction.device === "phone" ? <PracticePhone run={run} /> : null}
          </div>
        </>
      );
    case "confirm":
      return <ConfirmBody run={run} interaction={interaction} />;
    case "secret":
      return <SecretBody run={run} interaction={interaction} />;
    case "code":
      return <CodeBody run={run} interaction={interaction} />;
    case "qr":
      return <QrBody run={run} interaction={interaction} />;
    case "phone":
      return <PhoneBody run={run} interaction={interaction} />;
    case "selfie":
      return <SelfieBody run={run} interaction={interaction} />;
    case "conditions":
      return <ConditionsBody run={run} interaction={interaction} />;
    case "handover":
      return <HandoverBody run={run} interaction={interaction} />;
    case "identification":
      // It has a dialog of its own.
      return null;
  }
}

/** Nobody looks at seconds while days go by. */
function DaysToWait({ interaction: { deadline } }: { readonly interaction: WaitingInteraction }) {
  return (
    <div className={styles["time"]}>
      <p>{text("approval.typical-days")}</p>
      {deadline === null ? null : (
        <p className={styles["muted"]}>{text("approval.asks-until", { day: day(deadline) })}</p>
      )}
    </div>
  );
}

/** What may wait for the person, and not for this computer, takes as long as the person does. */
function typicalOf({ canReopenPage, device, isOpenEnded }: WaitingInteraction): string | null {
  const isUnknown = isOpenEnded === true || (device === "computer" && canReopenPage === true);
  return isUnknown ? null : text(`approval.typical-${device}`);
}

function PageAgain({ run, interaction }: InteractionViewProps) {
  const { actions } = useWindow();
  return (
    <ActionButton onPress={() => void actions.answer(run.id, interaction.id, { kind: "reopen-page" })}>
      {text("approval.page-again")}
    </ActionButton>
  );
}

function ShowQr({ run, interaction }: InteractionViewProps) {
  const { actions } = useWindow();
  return (
    <ActionButton onPress={() => void actions.answer(run.id, interaction.id, { kind: "show-qr" })}>
      {text("qr.show")}
    </ActionButton>
  );
}

function ConfirmBody({ run, interaction }: InteractionViewProps) {
  const { actions } = useWindow();
  const answer = (accepted: boolean): void =>
    void actions.answer(run.id, interaction.id, { kind: "confirm", accepted });
  return (
    <div className={styles["row"]}>
      <ActionButton look="primary" autoFocus onPress={() => answer(true)}>
        {text("approval.yes")}
      </ActionButton>
      <ActionButton onPress={() => answer(false)}>{text("approval.no")}</ActionButton>
    </div>
  );
}
