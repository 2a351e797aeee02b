import { appendFileSync, readFileSync } from "node:fs";
import { createApplication } from "../../electron/services/application/application.ts";
import type { Application } from "../../electron/services/application/application.ts";
import type { Interaction, InteractionAnswer } from "../../shared/interaction.ts";
import type { OrderDetails } from "../../shared/order-details.ts";
import { faultPorts } from "./fault-ports.ts";
import type { ProgramAnswer, ProgramOrder } from "./fault.ts";
import { watchPlaces } from "./places.ts";
import { shownFile } from "./times-asked.ts";

// The program without its window, as a process of its own that a fault may end: signs what it is told to, or finishes what an
// earlier start left undone, with a person who says yes to everything. Prints a ProgramAnswer.

const TIME_LIMIT_MILLISECONDS = 60_000;

/** Who signs, for the providers that have to know it. */
const DETAILS: Readonly<Partial<Record<ProgramOrder["provider"], OrderDetails>>> = {
  idnow: {
    provider: "idnow",
    signers: [{ givenName: "Erika", surname: "Mustermann", email: "erika@example.com", mobile: "+491701234567" }],
    signatureType: "QES",
    codeEntry: "page",
    showIdentification: false,
    keepIdentification: false,
    checkboxes: [],
    robot: null,
  },
  bankid: { provider: "bankid", personalNumber: null, language: "sv", format: "plain", start: "qr" },
  fourthline: {
    provider: "fourthline",
    signer: { givenName: "Anna Maria Sofia", surname: "de Vries", mobile: "+31612345678" },
    flow: "completed",
    reference: "practice",
  },
};

const order = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as ProgramOrder;
const application = createApplication(faultPorts(order));
sayYes(application);
const watched = await watchPlaces(order);
const refused = order.documents.length > 0 ? await begin(application) : await resume(application);
await untilEnded(application);
const { app, documents, transactions: runs } = application.state.current;
const answer: ProgramAnswer = {
  places: watched.places,
  happened: watched.happened(),
  refused,
  runs: runs.map(({ outcome }) => ({
    outcome:
      outcome === null ? null : { kind: outcome.kind, code: outcome.kind === "failed" ? outcome.failure.code : null },
    items: documents.map(({ state }) => ("failure" in state ? `${state.kind} ${state.failure.code}` : state.kind)),
  })),
  notices: app.notices.map(({ code }) => code),
};
await application.close();
process.stdout.write(JSON.stringify(answer), () => process.exit(0));

/** Code of why it was not started; null: it was. */
async function begin(program: Application): Promise<string | null> {
  const { provider, level } = order;
  if (provider === "certificate") {
    await program.handlers["settings.change"]({ provider });
    await program.handlers["certificate.usePractice"]({});
  }
  const { opened } = await program.openFiles(order.documents);
  const details = DETAILS[provider];
  const reviewed = await program.handlers["signing.review"]({
    request: {
      provider,
      documents: [...opened],
      placement: { kind: "invisible" },
      level,
      language: "EN",
      ...(details === undefined ? {} : { details }),
    },
  });
  if (!reviewed.ok) return reviewed.failure.code;
  watched.begin();
  const started = await program.handlers["signing.start"]({ review: reviewed.value.review });
  return started.ok ? null : started.failure.code;
}

async function resume(program: Application): Promise<null> {
  watched.begin();
  await program.resume();
  return null;
}

function sayYes(program: Application): void {
  const answered = new Set<string>();
  program.state.onChange(() => {
    for (const { id, interaction, outcome } of program.state.current.transactions) {
      if (interaction?.kind === "qr") appendFileSync(shownFile(order.data), `${interaction.code}\n`);
      const yes = interaction === null || outcome !== null ? null : yesTo(interaction);
      const key = `${id} ${interaction?.id ?? ""}`;
      if (yes === null || interaction === null || answered.has(key)) continue;
      answered.add(key);
      void program.handlers["signing.answer"]({ transaction: id, interaction: interaction.id, answer: yes });
    }
  });
}

function yesTo(interaction: Interaction): InteractionAnswer | null {
  switch (interaction.kind) {
    case "confirm":
      return { kind: "confirm", accepted: true };
    case "secret":
      return { kind: "secret", value: interaction.practiceHint ?? "" };
    case "conditions":
      return {
        kind: "accept",
        documents: interaction.documents.map(({ id }) => id),
        conditions: interaction.conditions.map(({ id }) => id),
      };
    case "identification":
    case "handover":
      return { kind: "finish", delete: true };
    case "code":
    case "page":
    case "phone":
    case "qr":
    case "selfie":
    case "waiting":
      // The sandbox plays the rest of the person.
      return null;
  }
}

async function untilEnded(program: Application): Promise<void> {
  const deadline = Date.now() + TIME_LIMIT_MILLISECONDS;
  while (Date.now() < deadline) {
    const { transactions } = program.state.current;
    if (transactions.every(({ outcome }) => outcome !== null)) return;
    await new Promise((settle) => setTimeout(settle, 20));
  }
}
