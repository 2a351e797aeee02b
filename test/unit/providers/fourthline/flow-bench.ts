import { createFourthlineProvider } from "../../../../electron/providers/fourthline/create-fourthline-provider.ts";
import { fourthlineProfileSchema } from "../../../../electron/providers/fourthline/fourthline-profile.ts";
import type {
  FourthlineProfileInput,
  FourthlineSecrets,
} from "../../../../electron/providers/fourthline/fourthline-profile.ts";
import type { FourthlineSettings } from "../../../../electron/providers/fourthline/flow/settings.ts";
import type {
  FlowInput,
  FlowInteraction,
  SigningOrder,
  SigningProvider,
} from "../../../../electron/providers/provider.ts";
import type { FourthlineDetails } from "../../../../shared/order-details.ts";
import { documentOf, driveIdnow } from "../idnow/drive-idnow.ts";
import type { DriveOptions, DriveOutcome } from "../idnow/drive-idnow.ts";
import { BASE, FakeFourthline, PASSCODE } from "./fake-fourthline.ts";
import { lentSecret } from "../lent-secret.ts";

export const START = Date.parse("2026-11-28T09:00:00Z");
export const MOBILE = "+31612345678";

const profileInput: FourthlineProfileInput = {
  environment: "test",
  baseUrl: BASE,
  clientId: "organisation",
  clientSecret: "vault-id",
  workflowNames: { completed: "QES only", pending: "QES pending" },
};

export const contract = documentOf("contract", "contract");
export const annex = documentOf("annex", "annex");

/** The smallest JPEG that has a frame and a scan (ITU-T T.81 annex B): SOI, SOF0, SOS, EOI. */
export const JPEG = new Uint8Array(Buffer.from("ffd8ffc0000b080001000101011100ffda0008010100003f0000ffd9", "hex"));

export interface BenchOptions {
  readonly profile?: Partial<FourthlineProfileInput>;
  readonly details?: Partial<FourthlineDetails>;
  readonly settings?: Partial<FourthlineSettings>;
  readonly secret?: FourthlineSecrets["clientSecret"];
}

/** One run against the fake, from an order to its end. */
export class FlowBench {
  readonly fake = new FakeFourthline();
  readonly clock = { time: START };
  readonly #options: BenchOptions;
  #provider: SigningProvider | null = null;

  constructor(options: BenchOptions = {}) {
    this.#options = options;
  }

  /** Another one knows nothing but what is in the state, as after a restart of the program. */
  newProvider(): SigningProvider {
    const { profile, settings, secret } = this.#options;
    return createFourthlineProvider({
      profile: fourthlineProfileSchema.parse({ ...profileInput, ...profile }),
      http: this.fake.http,
      secrets: { clientSecret: secret ?? (() => lentSecret("the-secret")) },
      now: () => this.clock.time,
      random: () => 0.5,
      settings: settings ?? {},
    });
  }

  provider(): SigningProvider {
    this.#provider ??= this.newProvider();
    return this.#provider;
  }

  restart(): void {
    this.#provider = null;
  }

  order(): SigningOrder {
    return {
      documents: [
        { id: "contract", name: "contract.pdf", size: contract.size },
        { id: "annex", name: "annex.pdf", size: annex.size },
      ],
      language: "NL",
      description: null,
      policy: null,
      commitmentType: null,
      signerRole: null,
      knownPerson: null,
      details: {
        provider: "fourthline",
        signer: { givenName: "Sofie", surname: "de Boer", mobile: MOBILE },
        flow: "completed",
        reference: "customer-4711",
        ...this.#options.details,
      },
    };
  }

  run(options: Partial<DriveOptions> = {}): Promise<DriveOutcome> {
    return driveIdnow({
      provider: () => this.provider(),
      state: this.provider().begin(this.order()),
      clock: this.clock,
      person: willing,
      documents: [contract, annex],
      ...options,
    });
  }
}

/** Ticks everything, types the right passcode, has a picture, declines nothing. */
export function willing(interaction: FlowInteraction): FlowInput | null {
  switch (interaction.kind) {
    case "conditions":
      return answer(interaction, {
        kind: "accept",
        documents: interaction.documents.map(({ id }) => id),
        conditions: interaction.conditions.map(({ id }) => id),
      });
    case "code":
      return answer(interaction, { kind: "code", value: PASSCODE });
    case "phone":
      return answer(interaction, { kind: "phone", number: "+31 6 12345678" });
    case "selfie":
      return answer(interaction, { kind: "selfie", image: JPEG });
    case "confirm":
      return answer(interaction, { kind: "confirm", accepted: true });
    case "handover":
      return answer(
        interaction,
        interaction.isSaved ? { kind: "finish", delete: false } : { kind: "save-file", file: interaction.file },
      );
    case "page":
    case "waiting":
    case "secret":
    case "qr":
    case "identification":
      return null;
  }
}

export type Answer = Extract<FlowInput, { readonly kind: "answer" }>["answer"];

export const answer = (interaction: FlowInteraction, given: Answer): FlowInput => ({
  kind: "answer",
  interaction: interaction.id,
  answer: given,
});

/** Says the next of these for each interaction of the kind, and what a willing person says to all others. */
export function saying(
  kind: FlowInteraction["kind"],
  ...answers: readonly (Answer | null | "willing")[]
): (interaction: FlowInteraction) => FlowInput | null {
  const left = [...answers];
  return (interaction) => {
    if (interaction.kind !== kind || left.length === 0) return willing(interaction);
    const next = left.shift();
    return next === "willing" || next === undefined
      ? willing(interaction)
      : next === null
        ? null
        : answer(interaction, next);
  };
}
