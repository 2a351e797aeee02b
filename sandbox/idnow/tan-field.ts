import { html } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { PageNotice } from "./page-actions.ts";
import type { PageContext } from "./page-frame.ts";
import { idnowPageTexts } from "./page-texts.ts";

/** Where a TAN is typed in, with the way to the phone that shows it. */
export function tanField({ language, phoneUrl }: PageContext, notice: PageNotice | null): Html {
  const texts = idnowPageTexts[language];
  const wrong = notice === "wrong-tan";
  const invalid = wrong ? html` aria-invalid="true" aria-describedby="wrong"` : html``;
  return html`<label for="tan">${texts.tanLabel}</label>
    <input
      id="tan"
      name="tan"
      type="text"
      inputmode="numeric"
      autocomplete="one-time-code"
      required
      autofocus
      maxlength="12"
      ${invalid}
    />
    ${wrong ? html`<p class="wrong" id="wrong" role="alert">${texts.wrongTan}</p>` : html``}
    <p class="under"><a href="${phoneUrl}" target="_blank" rel="noopener">${texts.openPhone}</a></p>`;
}
