import { html, htmlAnswer } from "../web/html.ts";
import { redirectAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { languageLinks, pageLanguage, pageLanguages } from "../web/page-language.ts";
import type { PhonePart } from "./phone-part.ts";
import { phoneTexts } from "./phone-texts.ts";

/** The pretend phone: everything that waits for an answer on it, whichever provider sent it. */
function phonePage(parts: readonly PhonePart[], request: WebRequest): WebAnswer {
  const parameters = request.url.searchParams;
  const language = pageLanguage(parameters.get("language"), request.headers["accept-language"], pageLanguages);
  const texts = phoneTexts[language];
  const cards = parts.flatMap((part) => part.cards(language));
  const body =
    cards.length === 0
      ? html`<div class="card center"><p class="soft" role="status">${texts.nothing}</p></div>`
      : cards;
  return htmlAnswer({
    language: language.toLowerCase(),
    title: texts.title,
    head: html`<script src="/assets/phone.js" defer></script>
      <noscript><meta http-equiv="refresh" content="3" /></noscript>`,
    body: html`<header class="practice">${texts.practice}</header>
      <main data-version="${phoneVersion(parts)}">
        ${languageLinks(new URLSearchParams(), language, texts.languages, pageLanguages)}
        <h1>${texts.title}</h1>
        ${body}
      </main>`,
  });
}

/** Changes whenever the page should be drawn again. */
export function phoneVersion(parts: readonly PhonePart[]): string {
  return parts.map((part) => part.version()).join("|");
}

/** A button was pressed. */
export function answerPhone(parts: readonly PhonePart[], body: Uint8Array): WebAnswer {
  const form = new URLSearchParams(new TextDecoder().decode(body));
  for (const part of parts) part.answer(form);
  return backToPhone(form);
}

/** The page; a link that opens an app on it is used up first, so that loading the page again does not open it again. */
export function openPhone(parts: readonly PhonePart[], request: WebRequest): WebAnswer {
  const parameters = request.url.searchParams;
  const isForApp = parts.some((part) => part.opened?.(parameters) === true);
  return isForApp ? backToPhone(parameters) : phonePage(parts, request);
}

function backToPhone(parameters: URLSearchParams): WebAnswer {
  const language = parameters.get("language");
  return redirectAnswer(language === null ? "/phone" : `/phone?language=${encodeURIComponent(language)}`);
}
