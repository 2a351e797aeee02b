import { html } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { WebAnswer } from "../web/loopback-server.ts";
import type { PageNotice } from "./page-actions.ts";
import { actionForm, orderFacts, orderPage } from "./page-frame.ts";
import type { PageContext } from "./page-frame.ts";
import { idnowPageTexts } from "./page-texts.ts";
import { mobileOf } from "./signing-steps.ts";
import { tanField } from "./tan-field.ts";

/** Between identification and signing: what will be signed, and where the TAN goes. */
export function introView(context: PageContext): WebAnswer {
  const { room, language } = context;
  const texts = idnowPageTexts[language];
  const elsewhere = room.account.customerSideSigning
    ? actionForm(context, "in-program", texts.inProgram, { look: "no" })
    : html``;
  const body = html`<div class="card">
    <h1>${texts.signIntroTitle}</h1>
    <p>${texts.signIntroText}</p>
    ${signingFacts(context)}
    <div class="buttons">
      ${actionForm(context, "send-tan", texts.sendTan)} ${elsewhere}
      ${actionForm(context, "give-up", texts.giveUp, { look: "no" })}
    </div>
  </div>`;
  return orderPage(context, texts.signIntroTitle, body);
}

/** The page where the TAN is typed in. */
export function signingView(context: PageContext, notice: PageNotice | null): WebAnswer {
  const { order, language } = context;
  const texts = idnowPageTexts[language];
  const lost = order.signTan?.value === "";
  const boxes = order.request.checkboxes.map(
    (text, index) =>
      html`<label class="check"><input type="checkbox" name="agreed" value="${index}" required /> ${text}</label>`,
  );
  const unchecked = notice === "check-first" ? html`<p class="wrong" role="alert">${texts.checkFirst}</p>` : html``;
  const form = lost
    ? html`<p class="wrong" role="alert">${texts.tanNotSent}</p>`
    : actionForm(context, "sign", texts.sign, {
        look: "wide",
        before: html`${boxes}${unchecked}${tanField(context, notice)}`,
      });
  const body = html`<div class="card">
    <h1>${texts.tanTitle}</h1>
    <p>${texts.tanText}</p>
    ${signingFacts(context)} ${form}
    <div class="buttons">
      ${actionForm(context, "resend", texts.resend, { look: "no" })}
      ${actionForm(context, "give-up", texts.giveUp, { look: "no" })}
    </div>
  </div>`;
  return orderPage(context, texts.tanTitle, body);
}

function signingFacts(context: PageContext): Html {
  const { order, room, language } = context;
  const texts = idnowPageTexts[language];
  const names = [
    ...(room.contracts.documents(order.documentsOf) ?? []).map(({ filename }) => filename),
    ...order.request.hashes.map(({ filename }) => filename),
  ];
  const items = names.map((name) => html`<li>${name}</li>`);
  return orderFacts(
    context,
    html`<dt>${texts.documents}</dt>
      <dd>
        <ul class="files">
          ${items}
        </ul>
      </dd>
      <dt>${texts.number}</dt>
      <dd>${mobileOf(order)}</dd>`,
  );
}
