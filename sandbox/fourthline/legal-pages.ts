import { html, htmlAnswer } from "../web/html.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { languageLinks, pageLanguage, pageLanguages } from "../web/page-language.ts";
import type { PageLanguage } from "../web/page-language.ts";
import { conditionIds, legalCondition, legalTexts } from "./legal-texts.ts";
import type { ConditionId } from "./legal-texts.ts";
import type { FourthlineSettings } from "./settings.ts";

/** Where the legal texts are, according to a public partner SDK. Nobody has to be known to read them. */
const folder = "/v1/qualifiedElectronicSignature/legal/";
const trustServices = ["namirial", "infocert"] as const;

export function legalPagePath(
  trustService: FourthlineSettings["trustService"],
  id: ConditionId,
  language: PageLanguage,
): string {
  return `${folder}${trustService}/${id}?language=${language.toLowerCase()}`;
}

/** One condition as a page of its own; null: the request is for something else. */
export function legalPage(request: WebRequest): WebAnswer | null {
  const { pathname, searchParams } = request.url;
  if (request.method !== "GET" || !pathname.startsWith(folder)) return null;
  const [wantedService, wantedId, ...more] = pathname.slice(folder.length).split("/");
  const trustService = trustServices.find((name) => name === wantedService);
  const id = conditionIds.find((name) => name === wantedId);
  if (trustService === undefined || id === undefined || more.length > 0) return null;
  const language = pageLanguage(searchParams.get("language"), request.headers["accept-language"], pageLanguages);
  const words = legalTexts(language);
  const { title, text } = legalCondition(id, language, trustService);
  return htmlAnswer({
    language: language.toLowerCase(),
    title,
    body: html`<header class="practice">${words.practice}</header>
      <main>
        ${languageLinks(new URLSearchParams(), language, words.languages, pageLanguages)}
        <h1>${title}</h1>
        <div class="card"><p>${text}</p></div>
      </main>`,
  });
}
