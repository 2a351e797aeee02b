import { success } from "../../../../shared/result.ts";
import { createIdnowProvider } from "../../../../electron/providers/idnow/create-idnow-provider.ts";
import { idnowProfileSchema } from "../../../../electron/providers/idnow/idnow-profile.ts";
import type { IdnowProfileInput, IdnowSecrets } from "../../../../electron/providers/idnow/idnow-profile.ts";
import type { IdnowSettings } from "../../../../electron/providers/idnow/flow/settings.ts";
import type {
  FlowInput,
  FlowInteraction,
  SigningOrder,
  SigningProvider,
} from "../../../../electron/providers/provider.ts";
import type { IdnowDetails } from "../../../../shared/order-details.ts";
import { driveIdnow } from "./drive-idnow.ts";
import type { DriveOptions, DriveOutcome } from "./drive-idnow.ts";
import { FakeIdnow, TAN } from "./fake-idnow.ts";
import { lentSecret } from "../lent-secret.ts";
import { BASE } from "./scripted-http.ts";

export const START = Date.parse("2026-11-22T10:00:00Z");

export const erika = {
  givenName: "Erika",
  surname: "Mustermann",
  email: "erika@example.com",
  mobile: "+491701234567",
};
export const jan = { givenName: "Jan", surname: "de Vries", email: "jan@example.com", mobile: "+31612345678" };

const profileInput: IdnowProfileInput = {
  environment: "test",
  baseUrl: BASE,
  user: "kunde",
  password: "vault-id",
  pageOrigins: ["https://pages.example"],
  redirectUrl: "https://partner.example/back",
  signatureTypes: ["QES", "AES", "BES"],
  customerSideSigning: true,
  codeAttempts: 3,
};

export interface BenchOptions {
  readonly profile?: Partial<IdnowProfileInput>;
  readonly details?: Partial<IdnowDetails>;
  readonly order?: Partial<SigningOrder>;
  readonly settings?: Partial<IdnowSettings>;
  readonly password?: IdnowSecrets["password"];
}

/** One run against the fake, from an order to its end. */
export class FlowBench {
  readonly fake = new FakeIdnow();
  readonly clock = { time: START };
  readonly #options: BenchOptions;
  #ids = 0;

  constructor(options: BenchOptions = {}) {
    this.#options = options;
  }

  provider(): SigningProvider {
    const { profile, settings, password } = this.#options;
    return createIdnowProvider({
      profile: idnowProfileSchema.parse({ ...profileInput, ...profile }),
      http: this.fake.http,
      secrets: {
        password: password ?? (() => lentSecret("secret-password")),
        cryptKey: () => Promise.resolve(success(new Uint8Array(32))),
      },
      random: () => 0.5,
      newId: () => `id-${(this.#ids += 1)}`,
      settings: settings ?? {},
    });
  }

  order(): SigningOrder {
    const details: IdnowDetails = {
      provider: "idnow",
      signers: [erika],
      signatureType: "QES",
      codeEntry: "page",
      showIdentification: false,
      keepIdentification: false,
      checkboxes: [],
      robot: null,
      ...this.#options.details,
    };
    return {
      documents: [{ id: "contract", name: "contract.pdf", size: 28 }],
      language: "DE",
      description: null,
      policy: null,
      commitmentType: null,
      signerRole: null,
      knownPerson: null,
      details,
      ...this.#options.order,
    };
  }

  run(options: Partial<DriveOptions> = {}): Promise<DriveOutcome> {
    return driveIdnow({
      provider: () => this.provider(),
      state: this.provider().begin(this.order()),
      clock: this.clock,
      person: willing,
      ...options,
    });
  }
}

/** Finishes pages, says yes, types the right code, lets IDnow delete everything. */
export function willing(interaction: FlowInteraction): FlowInput | null {
  switch (interaction.kind) {
    case "page":
      return { kind: "page-returned", interaction: interaction.id, url: "https://partner.example/back?idnow=success" };
    case "confirm":
      return answer(interaction, { kind: "confirm", accepted: true });
    case "code":
      return answer(interaction, { kind: "code", value: TAN });
    case "identification":
      return answer(interaction, { kind: "finish", delete: true });
    case "waiting":
    case "secret":
    case "qr":
    case "phone":
    case "selfie":
    case "conditions":
    case "handover":
      return null;
  }
}

export type Answer = Extract<FlowInput, { readonly kind: "answer" }>["answer"];

export const answer = (interaction: FlowInteraction, given: Answer): FlowInput => ({
  kind: "answer",
  interaction: interaction.id,
  answer: given,
});
