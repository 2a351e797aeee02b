import { createApplication } from "../../electron/services/application/application.ts";
import type { Application } from "../../electron/services/application/application.ts";
import type { Interaction, InteractionAnswer } from "../../shared/interaction.ts";
import type { OrderDetails } from "../../shared/order-details.ts";
import { connectPractice } from "../../sandbox/connect-practice.ts";
import { barePorts } from "../integration/services/bare-ports.ts";
import type { ProgramAnswer, ProgramOrder } from "./fault.ts";
import { watchPlaces } from "./places.ts";

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

const order = JSON.parse(process.argv[2] ?? "{}") as ProgramOrder;
const practice = await connectPractice(order.practice, { announced: false });
const application = createApplication(barePorts(order.data, practice));
sayYes(application);
const { places } = order.documents.length > 0 ? await begin(application) : await resume(application);
await untilEnded(application);
const answer: ProgramAnswer = {
  places,
  runs: application.state.current.transactions.map(({ outcome }) => ({
    outcome,
    items: application.state.current.documents.map(({ state }) =>
      "failure" in state ? `${state.kind} ${state.failure.code}` : state.kind,
    ),
  })),
};
await application.close();
process.stdout.write(JSON.stringify(answer), () => process.exit(0));

async function begin(program: Application): Promise<{ readonly places: readonly string[] }> {
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
  if (!reviewed.ok) throw new Error(reviewed.failure.code);
  const watched = await watchPlaces(order.fault, order.data.slice(0, order.data.lastIndexOf("/")));
  await program.handlers["signing.start"]({ review: reviewed.value.review });
  return watched;
}

async function resume(program: Application): Promise<{ readonly places: readonly string[] }> {
  const watched = await watchPlaces(order.fault, order.data.slice(0, order.data.lastIndexOf("/")));
  await program.resume();
  return watched;
}

function sayYes(program: Application): void {
  const answered = new Set<string>();
  program.state.onChange(() => {
    for (const { id, interaction, outcome } of program.state.current.transactions) {
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
