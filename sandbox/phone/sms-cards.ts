import { html } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { PageLanguage } from "../web/page-language.ts";
import type { PhonePart } from "./phone-part.ts";
import type { Sms, SmsInbox } from "./sms-inbox.ts";

const texts: Readonly<Record<PageLanguage, { title: string; to: string; from: string; at: string; remove: string }>> = {
  EN: { title: "Text message", to: "Phone", from: "From", at: "Received", remove: "Delete" },
  FR: { title: "SMS", to: "Téléphone", from: "De", at: "Reçu", remove: "Supprimer" },
  NL: { title: "Sms", to: "Telefoon", from: "Van", at: "Ontvangen", remove: "Wissen" },
  DE: { title: "Textnachricht", to: "Telefon", from: "Von", at: "Empfangen", remove: "Löschen" },
  SV: { title: "Sms", to: "Telefon", from: "Från", at: "Mottaget", remove: "Ta bort" },
};

/** Whose messages they are. */
export interface SmsSender {
  /** Distinguishes the forms of several senders: lower-case letters. */
  readonly key: string;
  readonly name: string;
}

/** One provider's text messages with their codes on the practice phone, newest first. */
export function smsPhone(inbox: SmsInbox, sender: SmsSender): PhonePart {
  return {
    version: () =>
      inbox
        .list()
        .map(({ id }) => id)
        .join(" "),
    cards: (language) => inbox.list().map((message) => card(message, sender, language)),
    answer(form) {
      const id = form.get(fieldOf(sender));
      if (id !== null) inbox.remove(Number(id));
    },
  };
}

/** Messages of several senders have the same numbers. */
function fieldOf({ key }: SmsSender): string {
  return `delete-${key}-sms`;
}

function card(message: Sms, sender: SmsSender, language: PageLanguage): Html {
  const heading = `${sender.key}-sms-${message.id}`;
  const words = texts[language];
  const [before = "", ...rest] = message.text.split(message.tan);
  return html`<section class="card sms" aria-labelledby="${heading} ${heading}-code">
    <h2 id="${heading}">${words.title}</h2>
    <p class="message">
      ${before}<strong class="tan" id="${heading}-code">${message.tan}</strong>${rest.join(message.tan)}
    </p>
    <dl>
      <dt>${words.to}</dt>
      <dd>${message.to}</dd>
      <dt>${words.from}</dt>
      <dd>${sender.name}</dd>
      <dt>${words.at}</dt>
      <dd><time>${new Date(message.at).toISOString().slice(11, 19)}</time> UTC</dd>
    </dl>
    <div class="buttons">
      <form method="post" action="/phone">
        <input type="hidden" name="${fieldOf(sender)}" value="${message.id}" />
        <input type="hidden" name="language" value="${language}" />
        <button type="submit" class="no">${words.remove}</button>
      </form>
    </div>
  </section>`;
}
