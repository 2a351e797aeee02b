import type { BankIdChoices } from "../../../shared/app-state.ts";
import { BANKID_FORMATS, BANKID_LANGUAGES } from "../../../shared/bankid-text.ts";
import { numberProblem } from "../../state/bankid-draft.ts";
import type { BankIdDraft } from "../../state/bankid-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { TextInput } from "../controls/text-input.tsx";
import { TickBox } from "../controls/tick-box.tsx";
import panel from "../sign-panel/sign-panel.module.css";

/** More than the twelve digits: what is too long is told, not cut off unseen. */
const MAXIMUM_TYPED = 30;

/** What BankID needs to know: how the text reads that is signed, and who has to sign. */
export function BankIdSection({ usual }: { readonly usual: BankIdChoices }) {
  const { view, dispatch } = useWindow();
  const draft = view.bankid;
  const change = (part: Partial<BankIdDraft>): void => dispatch({ kind: "bankid", change: part });
  const problem = draft.judged ? numberProblem(draft) : null;
  return (
    <section className={panel["section"]} aria-label={text("bankid.order.title")} data-order="">
      <h2 className={panel["title"]}>{text("bankid.order.title")}</h2>
      <p className={panel["help"]}>{text("bankid.order.title-help")}</p>
      <p className={panel["help"]}>
        {usual.sealedBy === null
          ? text("bankid.order.result-package")
          : text("bankid.order.result-sealed", { organisation: usual.sealedBy })}
      </p>
      <Choice
        label={text("bankid.order.language")}
        value={draft.language ?? usual.language}
        options={BANKID_LANGUAGES.map((value) => ({ value, label: text(`bankid.order.language.${value}`) }))}
        onChange={(language) => change({ language })}
      />
      <Choice
        label={text("bankid.order.format")}
        value={draft.format ?? usual.format}
        options={BANKID_FORMATS.map((value) => ({ value, label: text(`bankid.order.format.${value}`) }))}
        onChange={(format) => change({ format })}
      />
      <TextInput
        label={text("bankid.order.person")}
        value={draft.personalNumber}
        kind="digits"
        maximumLength={MAXIMUM_TYPED}
        help={text("bankid.order.person-help")}
        problem={problem === null ? null : text(`bankid.order.person.${problem}`)}
        onChange={(personalNumber) => change({ personalNumber })}
        onLeave={() => change({ judged: true })}
      />
      {usual.sealedBy === null ? null : (
        <div className={panel["stack"]}>
          <TickBox isSelected={draft.evidencePage} onChange={(evidencePage) => change({ evidencePage })}>
            {text("bankid.order.evidence-page")}
          </TickBox>
          <p className={panel["help"]}>{text("bankid.order.evidence-page-help")}</p>
        </div>
      )}
    </section>
  );
}
