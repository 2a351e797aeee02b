import { CERTIFICATIONS } from "../../../shared/certification.ts";
import type { Certification } from "../../../shared/certification.ts";
import type { DocumentView } from "../../../shared/app-state.ts";
import { notCertifiable } from "../../state/field-wishes.ts";
import type { FieldWishes } from "../../state/field-wishes.ts";
import { effectiveCertification } from "../../state/sign-request.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { TickBox } from "../controls/tick-box.tsx";
import styles from "./sign-panel.module.css";

const NONE = "none";
const OFFERED = [NONE, ...CERTIFICATIONS] as const;

/** What others may do with the document after this signature: certify it, or lock what was filled in. */
export function AfterwardsChoice({
  documents,
  wishes,
}: {
  readonly documents: readonly DocumentView[];
  readonly wishes: FieldWishes;
}) {
  const { view, dispatch } = useWindow();
  const certification = effectiveCertification(documents, wishes, view.choices);
  const obstacle = obstacleText(documents, wishes);
  const choose = (value: Certification | typeof NONE): void =>
    dispatch({ kind: "choose", change: { certification: value === NONE ? null : value } });
  return (
    <>
      <Choice
        label={text("options.certify")}
        value={certification ?? NONE}
        options={OFFERED.map((value) => ({ value, label: text(`options.certify.${value}`) }))}
        help={obstacle ?? text(`options.certify-help.${certification ?? NONE}`)}
        isDisabled={obstacle !== null}
        onChange={choose}
      />
      <div className={styles["stack"]}>
        <TickBox
          isSelected={view.choices.lockFields}
          onChange={(lockFields) => dispatch({ kind: "choose", change: { lockFields } })}
        >
          {text("options.lock-fields")}
        </TickBox>
        <p className={styles["help"]}>{text("options.lock-fields-help")}</p>
      </div>
    </>
  );
}

/** Why the person cannot choose; null when he can. */
function obstacleText(documents: readonly DocumentView[], { certification }: FieldWishes): string | null {
  const document = notCertifiable(documents);
  if (document !== null) return text("options.certify-signed", { name: document.name });
  return certification === null ? null : text("options.certify-field", { field: certification.field });
}
