import type { PhonePart } from "../phone/phone-part.ts";
import { html } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { PageLanguage } from "../web/page-language.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import type { Sms } from "./sms-inbox.ts";

const texts: Readonly<Record<PageLanguage, { title: string; to: string; from: string; at: string; remove: string }>> = {
  EN: { title: "Text message", to: "Phone", from: "From", at: "Received", remove: "Delete" },
  FR: { title: "SMS", to: "Téléphone", from: "De", at: "Reçu", remove: "Supprimer" },
  NL: { title: "Sms", to: "Telefoon", from: "Van", at: "Ontvangen", remove: "Wissen" },
  DE: { title: "Textnachricht", to: "Telefon", from: "Von", at: "Empfangen", remove: "Löschen" },
  SV: { title: "Sms", to: "Telefon", from: "Från", at: "Mottaget", remove: "Ta bort" },
};

/** The practice phone's inbox: text messages with TANs, newest first. */
export function idnowPhone(room: IdnowRoom): PhonePart {
  return {
    version: () =>
      room.inbox
        .list()
        .map(({ id }) => id)
        .join(" "),
    cards: (language) => room.inbox.list().map((message) => card(message, language)),
    answer(form) {
      const id = form.get("delete-sms");
      if (id !== null) room.inbox.remove(Number(id));
    },
  };
}

function card(message: Sms, language: PageLanguage): Html {
  const words = texts[language];
  const [before = "", ...rest] = message.text.split(message.tan);
  return html`<section class="card sms" aria-labelledby="sms-${message.id}">
    <h2 id="sms-${message.id}">${words.title}</h2>
    <p class="message">${before}<strong class="tan">${message.tan}</strong>${rest.join(message.tan)}</p>
    <dl>
      <dt>${words.to}</dt>
      <dd>${message.to}</dd>
      <dt>${words.from}</dt>
      <dd>IDnow (practice)</dd>
      <dt>${words.at}</dt>
      <dd><time>${new Date(message.at).toISOString().slice(11, 19)}</time> UTC</dd>
    </dl>
    <div class="buttons">
      <form method="post" action="/phone">
        <input type="hidden" name="delete-sms" value="${message.id}" />
        <input type="hidden" name="language" value="${language}" />
        <button type="submit" class="no">${words.remove}</button>
      </form>
    </div>
  </section>`;
}
