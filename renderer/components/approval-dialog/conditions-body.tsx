import type { TransactionView } from "../../../shared/app-state.ts";
import type { ConditionText, ConditionsInteraction } from "../../../shared/interaction.ts";
import type { Ticks } from "../../state/window-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text, textOr } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { TickBox } from "../controls/tick-box.tsx";
import styles from "./approval-dialog.module.css";
import conditions from "./conditions-body.module.css";
import { FailureSentences } from "./failure-sentences.tsx";
import { useSentAnswer } from "./use-sent-answer.ts";
import { WaitingTime } from "./waiting-time.tsx";

interface ConditionsProps {
  readonly run: TransactionView;
  readonly interaction: ConditionsInteraction;
}

/** What the person reads and agrees to, one by one. Nothing is ticked before the person does it. */
export function ConditionsBody({ run, interaction }: ConditionsProps) {
  const { view, dispatch } = useWindow();
  const { sent, answer } = useSentAnswer(run, interaction);
  const ticks = ticksOf(view.ticks, run, interaction);
  const tick = (part: "documents" | "conditions", id: string, isTicked: boolean): void => {
    const others = ticks[part].filter((one) => one !== id);
    dispatch({ kind: "ticks", ticks: { ...ticks, [part]: isTicked ? [...others, id] : others } });
  };
  const missing =
    interaction.documents.filter(({ id }) => !ticks.documents.includes(id)).length +
    interaction.conditions.filter(({ id }) => !ticks.conditions.includes(id)).length;
  const approve = (): void => void answer({ kind: "accept", documents: ticks.documents, conditions: ticks.conditions });
  return (
    <>
      {interaction.problem === null ? null : <FailureSentences failure={interaction.problem} tone="warn" />}
      <ul className={conditions["list"]} aria-label={text("conditions.documents")}>
        {interaction.documents.map(({ id, title }) => (
          <li key={id} className={conditions["piece"]}>
            <TickBox isSelected={ticks.documents.includes(id)} onChange={(isTicked) => tick("documents", id, isTicked)}>
              {text("conditions.document", { title })}
            </TickBox>
            <ReadDocument run={run} id={id} title={title} />
          </li>
        ))}
      </ul>
      <ul className={conditions["list"]} aria-label={text("conditions.conditions")}>
        {interaction.conditions.map((condition) => (
          <li key={condition.id} className={conditions["piece"]}>
            <TickBox
              isSelected={ticks.conditions.includes(condition.id)}
              onChange={(isTicked) => tick("conditions", condition.id, isTicked)}
            >
              {text("conditions.condition", { title: titleOf(condition) })}
            </TickBox>
            <ReadCondition run={run} interaction={interaction} condition={condition} />
          </li>
        ))}
      </ul>
      <p>{textOr(interaction.consequence, "interaction.generic", { phone: interaction.sentTo ?? "?" })}</p>
      <div className={styles["row"]}>
        <ActionButton look="primary" isDisabled={sent || missing > 0} onPress={approve}>
          {sent ? text("conditions.approving") : text("conditions.approve")}
        </ActionButton>
      </div>
      <p className={styles["muted"]} role="status">
        {missing === 0 ? "" : text("conditions.missing", { count: missing })}
      </p>
      <WaitingTime deadline={interaction.deadline} typical={null} />
    </>
  );
}

/** Ticks of an earlier question count for nothing: it may have been about other conditions. */
function ticksOf(known: Ticks | null, run: TransactionView, interaction: ConditionsInteraction): Ticks {
  return known?.run === run.id && known.interaction === interaction.id
    ? known
    : { run: run.id, interaction: interaction.id, documents: [], conditions: [] };
}

const titleOf = ({ title, id }: ConditionText): string => title ?? id;

interface ReadDocumentProps {
  readonly run: TransactionView;
  readonly id: string;
  readonly title: string;
}

/** In the window's own pages, where every page of it can be seen. */
function ReadDocument({ run, id, title }: ReadDocumentProps) {
  const { app, dispatch } = useWindow();
  const document = run.documents[Number(id) - 1]?.document;
  // Closed meanwhile: then it cannot be read here any more.
  if (document === undefined || !app.documents.some((one) => one.id === document)) return null;
  return (
    <ActionButton
      size="small"
      aria-label={text("conditions.read-named", { title })}
      onPress={() => dispatch({ kind: "read", transaction: run.id, document })}
    >
      {text("conditions.read")}
    </ActionButton>
  );
}

interface ReadConditionProps extends ConditionsProps {
  readonly condition: ConditionText;
}

function ReadCondition({ run, interaction, condition }: ReadConditionProps) {
  const { actions } = useWindow();
  const { id, url, text: words } = condition;
  const host = url === null ? null : (URL.parse(url)?.host ?? null);
  const title = titleOf(condition);
  return (
    <>
      {words === null ? null : (
        <details className={conditions["text"]}>
          <summary aria-label={text("conditions.read-named", { title })}>{text("conditions.read")}</summary>
          {/* Scrolls, so it takes the focus. */}
          <div className={conditions["words"]} tabIndex={0} role="region" aria-label={title}>
            {words}
          </div>
        </details>
      )}
      {host === null ? null : (
        <ActionButton
          size="small"
          aria-label={text("conditions.open-named", { title, host })}
          onPress={() => void actions.answer(run.id, interaction.id, { kind: "open-condition", condition: id })}
        >
          {text("conditions.open", { host })}
        </ActionButton>
      )}
    </>
  );
}
