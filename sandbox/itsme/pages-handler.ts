import { assetAnswer } from "../web/assets.ts";
import { html, htmlAnswer } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import { jsonAnswer, redirectAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebHandler, WebRequest } from "../web/loopback-server.ts";
import { languageLinks, pageLanguage } from "../web/page-language.ts";
import { isFromOwnPages } from "../web/same-origin.ts";
import { accountByPhone, practiceAccounts, readablePhone } from "./accounts.ts";
import type { ItsmeRoom } from "./itsme-room.ts";
import { itsmeLanguages } from "./language.ts";
import type { ItsmeLanguage } from "./language.ts";
import { pageTexts } from "./page-texts.ts";
import type { ItsmeSession } from "./session-store.ts";

/** Where the registered return address of practice mode is; shown only when a real browser gets there. */
export const practiceReturnPath = "/practice-return";

/** Parameters of our own addresses; all others are carried along to the return address. */
const ownParameters = new Set(["q", "language"]);

/** The pretend provider's pages. No client certificate here: these are for the person's browser. */
export function itsmePagesHandler(room: ItsmeRoom, phoneUrl: () => string): WebHandler {
  return async (request) => {
    const asset = assetAnswer(request.url.pathname);
    if (asset !== null) return asset;
    const parameters = request.url.searchParams;
    const language = pageLanguage(parameters.get("language"), request.headers["accept-language"], itsmeLanguages);
    if (request.url.pathname === practiceReturnPath) return notePage(language, "return", 200);
    const session = room.sessions.byPageToken(parameters.get("q") ?? "");
    switch (request.url.pathname) {
      case "/qes/state":
        return session === null ? jsonAnswer(404, {}) : jsonAnswer(200, { step: session.state.step });
      case "/qes/identify_yourself":
        if (session?.kind !== "identification") return notePage(language, "gone", 410);
        return request.method === "POST"
          ? enterNumber(room, session, request, language)
          : showSession(session, request, language, phoneUrl());
      case "/qes/prove_its_you_poka":
        if (session?.kind !== "signing") return notePage(language, "gone", 410);
        return showSession(room.sessions.visit(session.id) ?? session, request, language, phoneUrl());
      default:
        return notePage(language, "gone", 404);
    }
  };
}

function showSession(session: ItsmeSession, request: WebRequest, language: ItsmeLanguage, phone: string): WebAnswer {
  switch (session.state.step) {
    case "page":
      return identifyPage(session, request, language, null);
    case "phone":
      return waitingPage(session, request, language, phone);
    case "decided":
      return redirectAnswer(returnAddress(session, request.url));
  }
}

/** The return address with every parameter that the program added to the page's address. */
export function returnAddress(session: ItsmeSession, opened: URL): string {
  const address = new URL(session.redirectUrl);
  for (const [name, value] of opened.searchParams) {
    if (!ownParameters.has(name)) address.searchParams.append(name, value);
  }
  return address.href;
}

function enterNumber(room: ItsmeRoom, session: ItsmeSession, request: WebRequest, language: ItsmeLanguage): WebAnswer {
  if (!isFromOwnPages(request)) return textAnswer(403, "the form was sent from another site");
  const typed = new URLSearchParams(request.body.toString("utf8")).get("phone") ?? "";
  const account = accountByPhone(typed);
  if (account === null) return identifyPage(session, request, language, typed);
  room.sessions.enterPhone(session.id, account);
  return redirectAnswer(`${request.url.pathname}${request.url.search}`);
}

function identifyPage(
  session: ItsmeSession,
  request: WebRequest,
  language: ItsmeLanguage,
  wrong: string | null,
): WebAnswer {
  const texts = pageTexts[language];
  const rows = practiceAccounts.map(
    (account) =>
      html`<tr>
        <td class="number">${readablePhone(account.phone)}</td>
        <td lang="nl">${account.givenName} ${account.surname}</td>
        <td lang="en">${account.what}</td>
      </tr>`,
  );
  const invalid = wrong === null ? html`` : html` aria-invalid="true" aria-describedby="wrong"`;
  const fault = wrong === null ? html`` : html`<p class="wrong" id="wrong" role="alert">${texts.unknownNumber}</p>`;
  return page(
    language,
    texts.identifyTitle,
    request,
    session,
    html`<main class="wide">
      ${languageLinks(request.url.searchParams, language, texts.languages, itsmeLanguages)}
      <div class="card">
        <h1>${texts.identifyTitle}</h1>
        <p>${texts.identifyText}</p>
        <p class="soft">${texts.partner}: <strong>${session.partnerCode}</strong></p>
        <form method="post" action="${request.url.pathname}${request.url.search}">
          <label for="phone">${texts.phoneLabel}</label>
          <input
            id="phone"
            name="phone"
            type="tel"
            autocomplete="tel"
            required
            autofocus
            placeholder="+32 470 00 00 01"
            value="${wrong ?? ""}"
            ${invalid}
          />
          ${fault}
          <button class="wide" type="submit">${texts.send}</button>
        </form>
      </div>
      <section class="card">
        <h2>${texts.numbers}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">${texts.numberColumn}</th>
              <th scope="col">${texts.nameColumn}</th>
              <th scope="col">${texts.whatColumn}</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </section>
    </main>`,
  );
}

function waitingPage(session: ItsmeSession, request: WebRequest, language: ItsmeLanguage, phone: string): WebAnswer {
  const texts = pageTexts[language];
  const signing = session.kind === "signing";
  const title = signing ? texts.signTitle : texts.waitTitle;
  const what = signing
    ? html`<p><strong>${session.description?.[language] ?? ""}</strong></p>
        <p class="soft">
          ${texts.documents(session.documents.length)} · ${texts.partner}: <strong>${session.partnerCode}</strong>
        </p>`
    : html`<p class="soft">${texts.partner}: <strong>${session.partnerCode}</strong></p>`;
  const head = html`<script src="/assets/waiting.js" defer></script>
    <noscript><meta http-equiv="refresh" content="2" /></noscript>`;
  const body = html`<main data-state="/qes/state?q=${session.pageToken}">
    ${languageLinks(request.url.searchParams, language, texts.languages, itsmeLanguages)}
    <div class="card center">
      <div class="phone" aria-hidden="true"><span></span></div>
      <h1>${title}</h1>
      <p role="status">${signing ? texts.signText : texts.waitText}</p>
      ${what}
      <p><a href="${phone}" target="_blank" rel="noopener">${texts.openPhone}</a></p>
    </div>
  </main>`;
  return page(language, title, request, session, body, head);
}

function notePage(language: ItsmeLanguage, kind: "gone" | "return", status: number): WebAnswer {
  const texts = pageTexts[language];
  const [title, text] = kind === "gone" ? [texts.goneTitle, texts.goneText] : [texts.returnTitle, texts.returnText];
  return htmlAnswer({
    language: language.toLowerCase(),
    title,
    status,
    body: html`${banner(language)}
      <main>
        <div class="card center">
          <h1>${title}</h1>
          <p>${text}</p>
        </div>
      </main>`,
  });
}

function page(
  language: ItsmeLanguage,
  title: string,
  request: WebRequest,
  session: ItsmeSession,
  body: Html,
  head: Html = html``,
): WebAnswer {
  return htmlAnswer({
    language: language.toLowerCase(),
    title: `${title} – ${pageTexts[language].provider}`,
    head,
    body: html`${banner(language)}${body}`,
    formTargets: [new URL(returnAddress(session, request.url)).origin],
  });
}

function banner(language: ItsmeLanguage): Html {
  return html`<header class="practice">${pageTexts[language].practice}</header>`;
}
