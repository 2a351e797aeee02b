import type { TransactionView } from "../../../shared/app-state.ts";
import type { Interaction, PageInteraction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text, textOr } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Icon } from "../icon/icon.tsx";
import styles from "./approval-dialog.module.css";
import { SecretBody } from "./secret-body.tsx";
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
        <p className={styles["sentence"]}>{askText(interaction)}</p>
        <InteractionBody run={run} interaction={interaction} />
      </div>
    </div>
  );
}

function pictureOf(interaction: Interaction): "lock" | "phone" | "computer" | "question" {
  switch (interaction.kind) {
    case "page":
      return "lock";
    case "waiting":
      return interaction.device;
    case "confirm":
      return "question";
    case "secret":
      return "lock";
    case "code":
      return "phone";
    case "identification":
      return "question";
  }
}

function InteractionBody({ run, interaction }: InteractionViewProps) {
  switch (interaction.kind) {
    case "page":
      return <PageBody run={run} interaction={interaction} />;
    case "waiting":
      return (
        <>
          <WaitingTime deadline={interaction.deadline} typical={text(`approval.typical-${interaction.device}`)} />
          <div className={styles["row"]}>
            {interaction.canReopenPage === true ? <PageAgain run={run} interaction={interaction} /> : null}
            {interaction.device === "phone" ? <PracticePhone run={run} /> : null}
          </div>
        </>
      );
    case "confirm":
      return <ConfirmBody run={run} interaction={interaction} />;
    case "secret":
      return <SecretBody run={run} interaction={interaction} />;
    case "code":
    case "identification":
      // No provider of this program asks for these yet.
      return null;
  }
}

function PageBody({ run, interaction }: { readonly run: TransactionView; readonly interaction: PageInteraction }) {
  const { actions } = useWindow();
  return (
    <>
      <p className={styles["host"]}>
        <Icon name="lock" />
        <span className={styles["hostName"]}>{interaction.host}</span>
      </p>
      <p className={styles["muted"]}>{text("approval.page-text", { host: interaction.host })}</p>
      <div className={styles["row"]}>
        <ActionButton
          look="primary"
          autoFocus
          onPress={() => void actions.answer(run.id, interaction.id, { kind: "reopen-page" })}
        >
          {text("approval.page-front")}
        </ActionButton>
        <PracticePhone run={run} />
      </div>
      <WaitingTime deadline={interaction.deadline} typical={text("approval.typical-page")} />
    </>
  );
}

function PageAgain({ run, interaction }: InteractionViewProps) {
  const { actions } = useWindow();
  return (
    <ActionButton onPress={() => void actions.answer(run.id, interaction.id, { kind: "reopen-page" })}>
      {text("approval.page-again")}
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

/** In practice mode the phone is a window of this program. */
function PracticePhone({ run }: { readonly run: TransactionView }) {
  const { actions } = useWindow();
  if (!run.practice) return null;
  return (
    <ActionButton onPress={() => void actions.openPhone()}>
      <Icon name="phone" />
      {text("practice.open-phone")}
    </ActionButton>
  );
}
