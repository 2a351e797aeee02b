import type { FourthlineChoices } from "../../../shared/app-state.ts";
import type { MessageKey } from "../../../shared/messages/en.ts";
import {
  FOURTHLINE_FIELDS,
  changedFourthline,
  leftFourthline,
  offeredFlow,
  shownFourthlineProblem,
} from "../../state/fourthline-draft.ts";
import type { FourthlineField } from "../../state/fourthline-draft.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { Choice } from "../controls/choice.tsx";
import { TextInput } from "../controls/text-input.tsx";
import panel from "../sign-panel/sign-panel.module.css";

/** More than may be sent: what is too long is told, not cut off unseen. */
const MAXIMUM_TYPED = 150;

const KINDS = { givenName: "name", surname: "name", mobile: "tel", reference: "name" } as const;

/** What Fourthline needs to know: who signs, and under which reference it has identified the person. */
export function FourthlineSection({ offered }: { readonly offered: FourthlineChoices }) {
  const { view, dispatch } = useWindow();
  return (
    <section className={panel["section"]} aria-label={text("order.title")} data-order="">
      <h2 className={panel["title"]}>{text("order.title")}</h2>
      <p className={panel["help"]}>{text("fourthline-order.help")}</p>
      {FOURTHLINE_FIELDS.map((field) => (
        <Field key={field} field={field} />
      ))}
      {offered.flows.length < 2 ? null : (
        <Choice
          label={text("fourthline-order.flow")}
          value={offeredFlow(view.fourthline.flow, offered.flows)}
          options={offered.flows.map((value) => ({ value, label: text(`fourthline-order.flow.${value}`) }))}
          help={text(`fourthline-order.flow-help.${offeredFlow(view.fourthline.flow, offered.flows)}`)}
          onChange={(flow) => dispatch({ kind: "fourthline", change: (draft) => ({ ...draft, flow }) })}
        />
      )}
    </section>
  );
}

function Field({ field }: { readonly field: FourthlineField }) {
  const { view, dispatch } = useWindow();
  const problem = shownFourthlineProblem(view.fourthline, field);
  return (
    <TextInput
      label={text(field === "reference" ? "fourthline-order.reference" : `order.${field}`)}
      value={view.fourthline.values[field]}
      kind={KINDS[field]}
      maximumLength={MAXIMUM_TYPED}
      {...(field === "mobile" ? { placeholder: text("order.mobile-placeholder") } : {})}
      {...(field === "reference" ? { help: text("fourthline-order.reference-help") } : {})}
      problem={problem === null ? null : text(problemKey(field, problem))}
      onChange={(value) => dispatch({ kind: "fourthline", change: (draft) => changedFourthline(draft, field, value) })}
      onLeave={() => dispatch({ kind: "fourthline", change: (draft) => leftFourthline(draft, field) })}
    />
  );
}

function problemKey(
  field: FourthlineField,
  problem: NonNullable<ReturnType<typeof shownFourthlineProblem>>,
): MessageKey {
  if (problem === "missing") {
    return field === "reference" ? "fourthline-order.reference-missing" : `order.missing.${field}`;
  }
  return problem === "too-long" ? "fourthline-order.too-long" : `order.wrong.${problem}`;
}
