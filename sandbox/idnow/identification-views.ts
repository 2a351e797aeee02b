import { html } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { WebAnswer } from "../web/loopback-server.ts";
import type { IdentifyMethod, IdnowOrder } from "./order.ts";
import type { PageNotice } from "./page-actions.ts";
import { actionForm, orderFacts, orderPage } from "./page-frame.ts";
import type { PageContext } from "./page-frame.ts";
import { idnowPageTexts } from "./page-texts.ts";
import type { IdnowPageTexts } from "./page-texts.ts";
import { mobileOf } from "./signing-steps.ts";
import { KIND } from "./status-codes.ts";
import { tanField } from "./tan-field.ts";

/** The ways to identify oneself that a product allows. */
export function methodsOf(order: IdnowOrder, autoId: boolean): readonly IdentifyMethod[] {
  switch (order.request.product) {
    case 8:
      return ["Shop"];
    case 12:
      return ["Video", "eID", "Shop"];
    case 15:
      return autoId ? ["Video", "eID", "AutoID"] : ["Video", "eID"];
    case 16:
      return ["AutoID"];
    default:
      return ["eID", "Shop"];
  }
}

/** The landing page: what it is about, and the methods as buttons. */
export function landingView(context: PageContext): WebAnswer {
  const { order, room, language } = context;
  const texts = idnowPageTexts[language];
  const buttons = methodsOf(order, room.account.autoId).map((method) => {
    const [name, hint] = methodWords(texts, method);
    const fields = html`<input type="hidden" name="method" value="${method}" />`;
    return actionForm(context, "choose", html`<strong>${name}</strong><span>${hint}</span>`, { fields });
  });
  const body = html`<div class="card">
    <h1>${texts.chooseTitle}</h1>
    ${brokenOff(order, texts)} ${orderFacts(context)}
    <p>${texts.chooseText}</p>
    <div class="choices">${buttons}</div>
  </div>`;
  return orderPage(context, texts.chooseTitle, body);
}

/** Where the person decides how the identification ends. */
export function identificationView(context: PageContext): WebAnswer {
  const { order, language } = context;
  const texts = idnowPageTexts[language];
  const [method] = methodWords(texts, order.method ?? "Video");
  const fail = actionForm(context, "fail", texts.fail, {
    look: "no",
    before: reasons("fail-reason", texts.failReason, texts.failReasons),
  });
  const body = order.fraud
    ? html`<div class="card">
          <h1>${texts.suspected}</h1>
          ${orderFacts(context)}
          <div class="buttons">${actionForm(context, "pass", texts.pass)}</div>
        </div>
        <div class="card stack">${fail}</div>`
    : html`<div class="card">
          <h1>${texts.playTitle}</h1>
          <p>${method} · ${texts.playText}</p>
          ${orderFacts(context)}
          <div class="buttons">
            ${actionForm(context, "pass", texts.pass)} ${actionForm(context, "decline", texts.decline, { look: "no" })}
          </div>
        </div>
        <div class="card stack">
          ${actionForm(context, "break-off", texts.breakOff, {
            look: "no",
            before: reasons("break-off-reason", texts.breakOffReason, texts.breakOffReasons),
          })}
          ${fail} ${actionForm(context, "fraud", texts.fraud, { look: "no" })}
        </div>`;
  return orderPage(context, order.fraud ? texts.suspected : texts.playTitle, body);
}

/** Product 17: nothing but the phone number is checked. */
export function phoneCheckView(context: PageContext, notice: PageNotice | null): WebAnswer {
  const { order, language } = context;
  const texts = idnowPageTexts[language];
  const facts = orderFacts(
    context,
    html`<dt>${texts.number}</dt>
      <dd>${mobileOf(order)}</dd>`,
  );
  const body =
    order.phoneTan === null
      ? html`<p>${texts.phoneText}</p>
          <div class="buttons">${actionForm(context, "check-phone", texts.sendTan)}</div>`
      : html`${actionForm(context, "prove-phone", texts.prove, { look: "wide", before: tanField(context, notice) })}
          <div class="buttons">${actionForm(context, "check-phone", texts.resend, { look: "no" })}</div>`;
  return orderPage(
    context,
    texts.phoneTitle,
    html`<div class="card">
      <h1>${texts.phoneTitle}</h1>
      ${facts} ${body}
    </div>`,
  );
}

function methodWords(texts: IdnowPageTexts, method: IdentifyMethod): readonly [string, string] {
  const words = texts.methods[method];
  return [words[0], words[1]];
}

function reasons(id: string, label: string, list: Readonly<Record<number, string>>): Html {
  const options = Object.entries(list).map(([code, text]) => html`<option value="${code}">${text}</option>`);
  return html`<label for="${id}">${label}</label
    ><select id="${id}" name="reason">
      ${options}
    </select>`;
}

/** What became of the attempt before, when there was one. */
function brokenOff(order: IdnowOrder, texts: IdnowPageTexts): Html {
  const last = order.history.at(-1);
  const codes: readonly number[] = [KIND.brokenOff, KIND.eidBrokenOff, KIND.autoIdAborted, KIND.autoIdImpossible];
  if (last === undefined || !codes.includes(last.kind)) return html``;
  const reason = (texts.breakOffReasons as Readonly<Record<number, string>>)[last.subKind ?? 0];
  const why = reason === undefined ? html`` : html` ${texts.attemptReason}: ${reason}.`;
  return html`<p class="note" role="status">${texts.attemptBroken}${why}</p>`;
}
