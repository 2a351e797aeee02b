import type { PhonePart } from "../phone/phone-part.ts";
import { html } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { PageLanguage } from "../web/page-language.ts";
import { choosePerson, codeOnScreen, openLink, scanCode, waiting } from "./app-steps.ts";
import type { AppOutcome } from "./app-steps.ts";
import { appLanguage, appTexts } from "./app-texts.ts";
import type { AppLanguage, AppTexts } from "./app-texts.ts";
import type { BankIdRoom } from "./bankid-room.ts";
import { limits } from "./due-events.ts";
import type { OrderEvent } from "./order-events.ts";
import { isDocumentToRead, pendingHint, textOf } from "./order.ts";
import type { BankIdOrder } from "./order.ts";
import { personByNumber, personName, practicePersons } from "./persons.ts";

/** BankID's app on the practice phone, and on this computer: whoever opens a link for it is shown the same cards. */
export function bankidPhone(room: BankIdRoom): PhonePart {
  const tell = (outcome: AppOutcome, order: string | null = null): void => {
    room.notice = outcome.ok ? null : { reason: outcome.reason, order };
  };
  return {
    version: () => {
      const taken = inApp(room).map((order) => `${order.id.slice(0, 8)}${pendingHint(order)}`);
      const open = waiting(room).map(({ id }) => id.slice(0, 8));
      return [room.notice?.reason ?? "", ...open, ...taken].join(" ");
    },
    cards: (language) => cards(room, language),
    answer(form) {
      const action = form.get("bankid");
      if (action === null) return;
      const id = form.get("order") ?? "";
      const apply = (event: OrderEvent): void => {
        // Somebody may press a button of an old page: what cannot happen any more does not.
        room.notice = room.orders.apply(id, event) === null ? { reason: "over", order: null } : null;
      };
      switch (action) {
        case "scan-screen":
          tell(scanCode(room, codeOnScreen(room) ?? ""));
          break;
        case "scan":
          tell(scanCode(room, form.get("code") ?? ""));
          break;
        case "choose": {
          const person = personByNumber(form.get("person") ?? "");
          if (person !== null) tell(choosePerson(room, id, person), id);
          break;
        }
        case "read-document":
        case "sign":
        case "cancel":
          apply({ do: action });
          break;
        default:
      }
    },
    opened(parameters) {
      const token = parameters.get("autostarttoken");
      if (token === null) return false;
      tell(openLink(room, `bankid:///?autostarttoken=${encodeURIComponent(token)}`));
      return true;
    },
  };
}

/** Orders that the app has and that wait for the person. */
function inApp(room: BankIdRoom): readonly BankIdOrder[] {
  return room.orders.list().filter(({ state, taken }) => state.kind === "pending" && taken !== null);
}

function cards(room: BankIdRoom, language: PageLanguage): readonly Html[] {
  const texts = appTexts[appLanguage(language)];
  const orders = inApp(room);
  const notice = room.notice === null ? null : texts.notices[room.notice.reason];
  const isOf = (order: BankIdOrder): boolean => room.notice?.order === order.id;
  const elsewhere = orders.some(isOf) ? null : notice;
  const start = waiting(room).length > 0 || elsewhere !== null ? [startCard(room, language, elsewhere)] : [];
  return [...orders.map((order) => orderCard(room, order, language, isOf(order) ? notice : null)), ...start];
}

function startCard(room: BankIdRoom, language: PageLanguage, told: string | null): Html {
  const spoken = appLanguage(language);
  const texts = appTexts[spoken];
  const isWrong = told === null ? html`` : html` aria-describedby="bankid-notice"`;
  const isWaiting = waiting(room).length > 0;
  const ways = !isWaiting
    ? html``
    : html`<p>${texts.scanText}</p>
        ${actionForm(language, "scan-screen", texts.scanScreen, { look: "wide" })}
        <form method="post" action="/phone" class="apart">
          ${hidden(language, "scan")}
          <label for="bankid-code">${texts.codeLabel}</label>
          <input id="bankid-code" name="code" type="text" autocomplete="off" spellcheck="false" required${isWrong} />
          <button type="submit" class="no under">${texts.read}</button>
        </form>`;
  return html`<section class="card" lang="${spoken.toLowerCase()}" aria-labelledby="bankid-start">
    <h2 id="bankid-start">${isWaiting ? texts.scanTitle : texts.appTitle}</h2>
    ${ways} ${noticeOf(told)}
  </section>`;
}

function noticeOf(told: string | null): Html {
  return told === null ? html`` : html`<p class="wrong" id="bankid-notice" role="alert">${told}</p>`;
}

function orderCard(room: BankIdRoom, order: BankIdOrder, language: PageLanguage, told: string | null): Html {
  const spoken: AppLanguage = appLanguage(language);
  const texts = appTexts[spoken];
  const { title, body, buttons } = stepOf(order, language, texts);
  const until = new Date(order.createdAt + limits.transaction * room.account.timeFactor).toISOString().slice(11, 19);
  const person =
    order.person === null
      ? html``
      : html`<dt>${texts.person}</dt>
          <dd>${personName(order.person)} <span class="soft">${order.person.personalNumber}</span></dd>`;
  return html`<section class="card" lang="${spoken.toLowerCase()}" aria-labelledby="t-${order.id}">
    <h2 id="t-${order.id}">${title}</h2>
    <dl>
      <dt>${texts.partner}</dt>
      <dd>${room.account.displayName}</dd>
      ${person}
      <dt>${texts.until}</dt>
      <dd><time>${until}</time> UTC</dd>
    </dl>
    ${body} ${noticeOf(told)}
    <div class="buttons">
      ${buttons} ${actionForm(language, "cancel", texts.cancel, { look: "no", order: order.id })}
    </div>
  </section>`;
}

interface Step {
  readonly title: string;
  readonly body: Html;
  readonly buttons: Html;
}

function stepOf(order: BankIdOrder, language: PageLanguage, texts: AppTexts): Step {
  const { id, person, request } = order;
  const isSigning = request.function === "Signing";
  if (person === null) {
    return { title: texts.chooseTitle, body: choice(order, language, texts), buttons: html`` };
  }
  if (isDocumentToRead(order)) {
    return {
      title: texts.documentTitle,
      body: html`<p>${texts.documentText}</p>`,
      buttons: actionForm(language, "read-document", texts.readDocument, { order: id }),
    };
  }
  return {
    title: isSigning ? texts.signTitle : texts.identifyTitle,
    body: shownText(order, texts),
    buttons: actionForm(language, "sign", isSigning ? texts.sign : texts.identify, { order: id }),
  };
}

function choice({ id }: BankIdOrder, language: PageLanguage, texts: AppTexts): Html {
  const options = practicePersons.map(
    (person) =>
      html`<option value="${person.personalNumber}" lang="en">
        ${personName(person)}: ${person.what} (${person.personalNumber})
      </option>`,
  );
  return html`<form method="post" action="/phone">
    ${hidden(language, "choose", id)}
    <label for="p-${id}">${texts.chooseLabel}</label>
    <select id="p-${id}" name="person">
      ${options}
    </select>
    <button type="submit" class="wide">${texts.choose}</button>
  </form>`;
}

/** Exactly what is signed. Marks of a format are shown as they are: nothing of the text is left out. */
function shownText({ id, request }: BankIdOrder, texts: AppTexts): Html {
  if (request.visible === null) return html``;
  const format = request.format === null ? html`` : html` <span class="soft">(${request.format})</span>`;
  return html`<h3 id="x-${id}">${texts.text}${format}</h3>
    <div class="signed" tabindex="0" role="region" aria-labelledby="x-${id}">${textOf(request.visible)}</div>`;
}

function actionForm(
  language: PageLanguage,
  action: string,
  label: string,
  options: { readonly look?: "no" | "wide"; readonly order?: string } = {},
): Html {
  const look = options.look === undefined ? html`` : html` class="${options.look}"`;
  return html`<form method="post" action="/phone">
    ${hidden(language, action, options.order)}
    <button type="submit" ${look}>${label}</button>
  </form>`;
}

function hidden(language: PageLanguage, action: string, order?: string): Html {
  const id = order === undefined ? html`` : html`<input type="hidden" name="order" value="${order}" />`;
  return html`<input type="hidden" name="bankid" value="${action}" />${id}
    <input type="hidden" name="language" value="${language}" />`;
}
