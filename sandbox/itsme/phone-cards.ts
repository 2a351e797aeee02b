import type { PhonePart } from "../phone/phone-part.ts";
import { html } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { PageLanguage } from "../web/page-language.ts";
import { readablePhone } from "./accounts.ts";
import type { ItsmeRoom } from "./itsme-room.ts";
import type { ItsmeLanguage } from "./language.ts";
import { phoneTexts } from "./phone-texts.ts";
import type { PhoneTexts } from "./phone-texts.ts";
import type { ItsmeSession } from "./session-store.ts";

/** itsme's part of the practice phone: all requests that wait for an answer, each with Approve and Refuse. */
export function itsmePhone(room: ItsmeRoom): PhonePart {
  return {
    version: () =>
      onPhone(room)
        .map((session) => session.id.slice(0, 8))
        .join(" "),
    cards: (language) => onPhone(room).map((session) => requestCard(session, language)),
    answer(form) {
      const id = form.get("session") ?? "";
      const answer = form.get("answer");
      // Somebody may press a button of an old page: what is decided stays decided.
      if (answer === "approve") room.sessions.decide(id, "approved");
      if (answer === "refuse") room.sessions.decide(id, "refused");
    },
  };
}

function onPhone(room: ItsmeRoom): readonly ItsmeSession[] {
  return room.sessions.list().filter((session) => session.state.step === "phone");
}

/** itsme speaks no Swedish. */
const spoken = (language: PageLanguage): ItsmeLanguage => (language === "SV" ? "EN" : language);

function requestCard(session: ItsmeSession, page: PageLanguage): Html {
  const language = spoken(page);
  const texts = phoneTexts[language];
  const account = session.account;
  const name = account === null ? "" : `${account.givenName} ${account.surname}`;
  const signing = session.kind === "signing";
  const title = signing ? texts.signTitle : texts.identifyTitle;
  const until = session.state.step === "phone" ? new Date(session.state.expiresAt).toISOString().slice(11, 19) : "";
  const buttons = [
    answerButton(session, page, "approve", signing ? texts.sign : texts.confirm),
    answerButton(session, page, "refuse", texts.refuse),
  ];
  return html`<section class="card" lang="${language.toLowerCase()}" aria-labelledby="t-${session.id}">
    <h2 id="t-${session.id}">${title}</h2>
    <dl>
      <dt>${texts.person}</dt>
      <dd>${name} <span class="soft">${readablePhone(account?.phone ?? "")}</span></dd>
      <dt>${texts.partner}</dt>
      <dd>${session.partnerCode} / ${session.serviceCode}</dd>
      ${signing ? signingDetails(session, language, texts) : html``}
      <dt>${texts.until}</dt>
      <dd><time>${until}</time> UTC</dd>
    </dl>
    ${signing ? hashes(session, texts) : html`<p class="soft">${texts.identifyText}</p>`}
    <div class="buttons">${buttons}</div>
  </section>`;
}

type Signing = Extract<ItsmeSession, { kind: "signing" }>;

function signingDetails(session: Signing, language: ItsmeLanguage, texts: PhoneTexts): Html {
  const role = session.signerRole?.[language];
  return html`<dt>${texts.what}</dt>
    <dd>${session.description?.[language] ?? "–"}</dd>
    <dt>${texts.documents}</dt>
    <dd>${session.documents.length}</dd>
    ${
      role === undefined
        ? html``
        : html`<dt>${texts.role}</dt>
            <dd>${role}</dd>`
    }`;
}

function hashes(session: Signing, texts: PhoneTexts): Html {
  const items = session.documents.map(
    (document) =>
      html`<li><span>${document.id}</span><br /><span class="hash">${document.digest.toString("hex")}</span></li>`,
  );
  return html`<details${session.documents.length <= 3 ? html` open` : html``}><summary>${texts.hashes}</summary>
<ol class="hashes" tabindex="0">${items}</ol></details>`;
}

function answerButton(
  session: ItsmeSession,
  language: PageLanguage,
  answer: "approve" | "refuse",
  label: string,
): Html {
  const look = answer === "refuse" ? html` class="no"` : html``;
  return html`<form method="post" action="/phone">
    <input type="hidden" name="session" value="${session.id}" />
    <input type="hidden" name="answer" value="${answer}" /><input type="hidden" name="language" value="${language}" />
    <button type="submit" ${look}>${label}</button>
  </form>`;
}
