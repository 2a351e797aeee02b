import type { IdnowChoices } from "../../../shared/app-state.ts";
import { offeredDraft } from "../../state/idnow-draft.ts";
import type { IdnowDraft } from "../../state/idnow-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { TickBox } from "../controls/tick-box.tsx";
import panel from "../sign-panel/sign-panel.module.css";
import { Checkboxes } from "./checkboxes.tsx";
import styles from "./idnow-order.module.css";
import { Signers } from "./signers.tsx";

/** What IDnow needs to know: who signs, and how. */
export function IdnowSection({ offered }: { readonly offered: IdnowChoices }) {
  const { view, dispatch } = useWindow();
  const order = offeredDraft(view.order, offered);
  const change = (part: Partial<IdnowDraft>): void => dispatch({ kind: "order", change: part });
  return (
    <section className={panel["section"]} aria-label={text("order.title")} data-order="">
      <h2 className={panel["title"]}>{text("order.title")}</h2>
      <p className={panel["help"]}>{text("order.title-help")}</p>
      <Signers />
      {offered.signatureTypes.length < 2 ? null : (
        <Choice
          label={text("order.type")}
          value={order.signatureType}
          options={offered.signatureTypes.map((value) => ({ value, label: text(`order.type.${value}`) }))}
          help={text(`order.type-help.${order.signatureType}`)}
          onChange={(signatureType) => change({ signatureType })}
        />
      )}
      {offered.codeEntries.length < 2 ? null : (
        <Choice
          label={text("order.code")}
          value={order.codeEntry}
          options={offered.codeEntries.map((value) => ({ value, label: text(`order.code.${value}`) }))}
          onChange={(codeEntry) => change({ codeEntry })}
        />
      )}
      <Identification order={order} offered={offered} onChange={change} />
      <Further order={order} offered={offered} onChange={change} />
    </section>
  );
}

interface PartProps {
  readonly order: IdnowDraft;
  readonly offered: IdnowChoices;
  readonly onChange: (part: Partial<IdnowDraft>) => void;
}

function Identification({ order, offered, onChange }: PartProps) {
  return (
    <>
      <div className={panel["stack"]}>
        <TickBox
          isSelected={order.showIdentification}
          onChange={(showIdentification) => onChange({ showIdentification })}
        >
          {text("order.show")}
        </TickBox>
        <p className={panel["help"]}>{text("order.show-help")}</p>
      </div>
      {offered.keepsIdentification ? (
        <div className={panel["stack"]}>
          <TickBox
            isSelected={order.keepIdentification}
            onChange={(keepIdentification) => onChange({ keepIdentification })}
          >
            {text("order.keep")}
          </TickBox>
          <p className={panel["help"]}>{text("order.keep-help")}</p>
        </div>
      ) : null}
    </>
  );
}

const NOBODY = "none";
const ROBOTS = [NOBODY, "positive", "negative", "fraud"] as const;

/** What few orders need. */
function Further({ order, offered, onChange }: PartProps) {
  const isAlone = order.signers.length === 1;
  return (
    <details className={styles["further"]}>
      <summary>{text("order.further")}</summary>
      <div className={styles["inside"]}>
        <Checkboxes lines={order.checkboxes} onChange={(checkboxes) => onChange({ checkboxes })} />
        {offered.robots ? (
          <Choice
            label={text("order.robot")}
            value={order.robot ?? NOBODY}
            options={ROBOTS.map((value) => ({ value, label: text(`order.robot.${value}`) }))}
            help={text(isAlone ? "order.robot-help" : "order.robot-alone")}
            isDisabled={!isAlone}
            onChange={(robot) => onChange({ robot: robot === NOBODY ? null : robot })}
          />
        ) : null}
      </div>
    </details>
  );
}
