import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failed, success } from "../../../shared/result.ts";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import { createIdnowProvider } from "../../../electron/providers/idnow/create-idnow-provider.ts";
import { idnowHttpOptions, idnowProfileSchema } from "../../../electron/providers/idnow/idnow-profile.ts";
import type { IdnowProfileInput } from "../../../electron/providers/idnow/idnow-profile.ts";
import { practiceIdnow } from "../../../electron/services/signing/practice/practice-idnow.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import type { ConnectedPractice } from "../../../sandbox/connect-practice.ts";
import { announceSandbox } from "../../../sandbox/running-sandbox.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import type { IdnowDetails } from "../../../shared/order-details.ts";

/** The practice IDnow with somebody who does all that is asked, and the program's own environment over it. */
export interface IdnowWorld {
  readonly sandbox: Sandbox;
  /** As in practice mode, but for the account's profile and the pauses that people need. */
  readonly environment: (profile?: Partial<IdnowProfileInput>) => Promise<SigningEnvironment>;
  readonly close: () => Promise<void>;
}

export async function openIdnowWorld(): Promise<IdnowWorld> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-idnow-"));
  const sandbox = await startSandbox({ folder, autoApprove: true });
  await announceSandbox(sandbox, process.pid);
  const practice = await connectPractice(folder);
  return {
    sandbox,
    environment: (profile = {}) => environmentOf(practice, profile),
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function environmentOf(
  practice: ConnectedPractice,
  change: Partial<IdnowProfileInput>,
): Promise<SigningEnvironment> {
  const { baseUrl, user, password, pageOrigins, extraCa, redirectUrls } = practice.idnow;
  const profile = idnowProfileSchema.parse({
    environment: "sandbox",
    baseUrl,
    user,
    password: "vault",
    pageOrigins: [...pageOrigins],
    redirectUrl: redirectUrls.success,
    extraCa: [...extraCa],
    ...change,
  });
  const provider = createIdnowProvider({
    profile,
    http: createHttpClient(idnowHttpOptions(profile)),
    secrets: {
      password: () => Promise.resolve(success(password)),
      cryptKey: () => Promise.resolve(failed({ code: "provider.no-credentials" })),
    },
    settings: { pollInterval: 5, firstPause: 1, longestPause: 20, lookPause: 5 },
  });
  return { ...(await practiceIdnow(practice, {})), provider };
}

/** An order for one person. */
export const orderDetails: IdnowDetails = {
  provider: "idnow",
  signers: [{ givenName: "Zoë", surname: "Müller-Straße", email: "zoe@example.com", mobile: "+491700000001" }],
  signatureType: "QES",
  codeEntry: "page",
  showIdentification: false,
  keepIdentification: false,
  checkboxes: [],
  robot: null,
};

/** Says yes, and lets IDnow delete everything. */
export function willingPerson(shown: Interaction): InteractionAnswer | null {
  switch (shown.kind) {
    case "identification":
      return { kind: "finish", delete: true };
    case "confirm":
      return { kind: "confirm", accepted: true };
    case "page":
    case "code":
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
