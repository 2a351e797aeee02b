import { html, htmlAnswer } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { languageLinks } from "../web/page-language.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import type { IdnowOrder } from "./order.ts";
import { idnowPageLanguages, idnowPageTexts } from "./page-texts.ts";
import type { IdnowPageLanguage, IdnowPageTexts } from "./page-texts.ts";
import { fullName } from "./persons.ts";

/** What a page is about. */
export interface PageContext {
  readonly room: IdnowRoom;
  readonly order: IdnowOrder;
  readonly language: IdnowPageLanguage;
  readonly request: WebRequest;
  readonly phoneUrl: string;
}

/** A page about an order; it goes on by itself when the order is finished elsewhere. */
export function orderPage(context: PageContext, title: string, body: Html): WebAnswer {
  const { order, language, request } = context;
  const texts = idnowPageTexts[language];
  const { success, abort } = order.request.redirect;
  const targets = [success, abort].flatMap((address) => {
    const origin = address === null ? null : (URL.parse(address)?.origin ?? null);
    return origin === null || origin === "null" ? [] : [origin];
  });
  return htmlAnswer({
    language: language.toLowerCase(),
    title: `${title} – ${texts.provider}`,
    head: html`<script src="/assets/waiting.js" defer></script>`,
    body: html`<header class="practice">${texts.practice}</header>
      <main data-state="/state/${order.token}">
        ${languageLinks(request.url.searchParams, language, texts.languages, idnowPageLanguages)} ${body}
        ${leaveCard(context, texts)}
      </main>`,
    formTargets: [...new Set(targets)],
  });
}

/** A form of one button. `fields` are hidden. */
export function actionForm(
  { request }: PageContext,
  action: string,
  label: Html | string,
  options: { readonly look?: "no" | "wide"; readonly fields?: Html; readonly before?: Html } = {},
): Html {
  const look = options.look === undefined ? html`` : html` class="${options.look}"`;
  return html`<form method="post" action="${request.url.pathname}${request.url.search}">
    ${options.fields ?? html``}${options.before ?? html``}
    <button type="submit" name="do" value="${action}" ${look}>${label}</button>
  </form>`;
}

/** Who this is about, and what for. */
export function orderFacts({ order, language }: PageContext, more: Html = html``): Html {
  const texts = idnowPageTexts[language];
  const { purpose, ref, person } = order.request;
  const row = (label: string, value: string | null): Html =>
    value === null || value === ""
      ? html``
      : html`<dt>${label}</dt>
          <dd>${value}</dd>`;
  return html`<dl>
    ${row(texts.person, fullName(person))} ${row(texts.purpose, purpose)} ${row(texts.reference, ref)} ${more}
  </dl>`;
}

export function notePage(language: IdnowPageLanguage, kind: "gone" | "done" | "ended", status: number): WebAnswer {
  const texts = idnowPageTexts[language];
  const [title, text] = {
    gone: [texts.goneTitle, texts.goneText],
    done: [texts.doneTitle, texts.doneText],
    ended: [texts.endedTitle, texts.endedText],
  }[kind] as [string, string];
  return htmlAnswer({
    language: language.toLowerCase(),
    title: `${title} – ${texts.provider}`,
    status,
    body: html`<header class="practice">${texts.practice}</header>
      <main>
        <div class="card center">
          <h1>${title}</h1>
          <p>${text}</p>
        </div>
      </main>`,
  });
}

function leaveCard(context: PageContext, texts: IdnowPageTexts): Html {
  return html`<div class="aside">
    <p class="soft">${texts.leaveText}</p>
    ${actionForm(context, "leave", texts.leave, { look: "no" })}
  </div>`;
}
