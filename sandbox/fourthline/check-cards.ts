import type { PhonePart } from "../phone/phone-part.ts";
import { html } from "../web/html.ts";
import type { Html } from "../web/html.ts";
import type { PageLanguage } from "../web/page-language.ts";
import type { FourthlineControl } from "./fourthline-control.ts";
import type { FourthlineRoom } from "./fourthline-room.ts";
import { current } from "./workflow.ts";
import type { Workflow } from "./workflow.ts";

interface CheckTexts {
  readonly title: string;
  readonly text: string;
  readonly client: string;
  readonly documents: string;
  readonly signature: string;
  readonly match: string;
  readonly mismatch: string;
}

const texts: Readonly<Record<PageLanguage, CheckTexts>> = {
  EN: {
    title: "Fourthline is still checking the identity",
    text: "Practice: how does the check end? Without an answer it ends as the sandbox is set.",
    client: "Client",
    documents: "Documents",
    signature: "Signature",
    match: "The data are right",
    mismatch: "The data are different",
  },
  FR: {
    title: "Fourthline vérifie encore l’identité",
    text: "Exercice : comment finit la vérification ? Sans réponse, elle finit comme le bac à sable est réglé.",
    client: "Client",
    documents: "Documents",
    signature: "Signature",
    match: "Les données sont justes",
    mismatch: "Les données diffèrent",
  },
  NL: {
    title: "Fourthline controleert de identiteit nog",
    text: "Oefening: hoe loopt de controle af? Zonder antwoord eindigt ze zoals de sandbox is ingesteld.",
    client: "Klant",
    documents: "Documenten",
    signature: "Handtekening",
    match: "De gegevens kloppen",
    mismatch: "De gegevens wijken af",
  },
  DE: {
    title: "Fourthline prüft die Identität noch",
    text: "Übung: Wie geht die Prüfung aus? Ohne Antwort endet sie so, wie die Sandbox eingestellt ist.",
    client: "Kunde",
    documents: "Dokumente",
    signature: "Signatur",
    match: "Die Daten stimmen",
    mismatch: "Die Daten weichen ab",
  },
  SV: {
    title: "Fourthline kontrollerar fortfarande identiteten",
    text: "Övning: hur slutar kontrollen? Utan svar slutar den som sandlådan är inställd.",
    client: "Kund",
    documents: "Dokument",
    signature: "Underskrift",
    match: "Uppgifterna stämmer",
    mismatch: "Uppgifterna avviker",
  },
};

/** On the practice phone: signatures of the pending flow that wait for the identity check. */
export function checkCards(room: FourthlineRoom, control: FourthlineControl): PhonePart {
  const waiting = (): readonly Workflow[] =>
    room.workflows.list().filter((workflow) => current(workflow).status === "pending_verification");
  return {
    version: () =>
      waiting()
        .map(({ id }) => id)
        .join(" "),
    cards: (language) => waiting().map((workflow) => card(workflow, language)),
    answer(form) {
      const [id, outcome] = [form.get("fourthline-check"), form.get("outcome")];
      // A button of an old page does nothing.
      if (!waiting().some((workflow) => workflow.id === id)) return;
      if (outcome === "match" || outcome === "mismatch") control.finishVerification(id ?? "", outcome);
    },
  };
}

function card(workflow: Workflow, language: PageLanguage): Html {
  const words = texts[language];
  const heading = `fourthline-check-${workflow.id}`;
  const button = (outcome: "match" | "mismatch"): Html =>
    html`<form method="post" action="/phone">
      <input type="hidden" name="fourthline-check" value="${workflow.id}" />
      <input type="hidden" name="outcome" value="${outcome}" />
      <input type="hidden" name="language" value="${language}" />
      <button type="submit" ${outcome === "mismatch" ? html`class="no"` : html``}>${words[outcome]}</button>
    </form>`;
  return html`<section class="card" aria-labelledby="${heading} ${heading}-signature">
    <h2 id="${heading}">${words.title}</h2>
    <p>${words.text}</p>
    <dl>
      <dt>${words.client}</dt>
      <dd>${workflow.reference}</dd>
      <dt>${words.documents}</dt>
      <dd>${workflow.documents.map(({ title }) => title).join(", ")}</dd>
      <dt>${words.signature}</dt>
      <dd id="${heading}-signature">${workflow.id}</dd>
    </dl>
    <div class="buttons">${button("match")} ${button("mismatch")}</div>
  </section>`;
}
