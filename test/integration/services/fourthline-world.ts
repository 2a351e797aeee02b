import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { success } from "../../../shared/result.ts";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import { createFourthlineProvider } from "../../../electron/providers/fourthline/create-fourthline-provider.ts";
import {
  fourthlineHttpOptions,
  fourthlineProfileSchema,
} from "../../../electron/providers/fourthline/fourthline-profile.ts";
import type { FourthlineProfileInput } from "../../../electron/providers/fourthline/fourthline-profile.ts";
import type { FourthlineSettings } from "../../../electron/providers/fourthline/flow/settings.ts";
import { practiceFourthline } from "../../../electron/services/signing/practice/practice-fourthline.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import { announceSandbox } from "../../../sandbox/running-sandbox.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import type { SandboxOptions } from "../../../sandbox/start-sandbox.ts";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import type { FourthlineDetails } from "../../../shared/order-details.ts";
import { JPEG } from "../../unit/providers/fourthline/flow-bench.ts";

/** The practice Fourthline, and the program's own environment over it. */
export interface FourthlineWorld {
  readonly sandbox: Sandbox;
  /** What the sandbox's clock is ahead of the real one, in milliseconds. */
  readonly time: { ahead: number };
  /** As in practice mode, but without the pauses that people need; each with its own token, as after a restart. */
  readonly environment: (
    profile?: Partial<FourthlineProfileInput>,
    settings?: Partial<FourthlineSettings>,
  ) => Promise<SigningEnvironment>;
  readonly close: () => Promise<void>;
}

const FAST = {
  pollInterval: 5,
  quietInterval: 10,
  verificationInterval: 10,
  firstPause: 1,
  longestPause: 20,
  settleTime: 400,
  errorGrace: 300,
  resendPause: 0,
};

export async function openFourthlineWorld(options: Partial<SandboxOptions> = {}): Promise<FourthlineWorld> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-fourthline-"));
  const time = { ahead: 0 };
  const sandbox = await startSandbox({ folder, clock: () => Date.now() + time.ahead, ...options });
  await announceSandbox(sandbox, process.pid);
  const practice = await connectPractice(folder);
  const { baseUrl, clientId, clientSecret, workflowNames, extraCa } = practice.fourthline;
  return {
    sandbox,
    time,
    environment: async (change = {}, settings = {}) => {
      const profile = fourthlineProfileSchema.parse({
        environment: "sandbox",
        baseUrl,
        clientId,
        clientSecret: "vault",
        workflowNames,
        extraCa: [...extraCa],
        ...change,
      });
      const provider = createFourthlineProvider({
        profile,
        http: createHttpClient(fourthlineHttpOptions(profile)),
        secrets: { clientSecret: () => Promise.resolve(success(clientSecret)) },
        settings: { ...FAST, ...settings },
      });
      return { ...(await practiceFourthline(practice, {})), provider };
    },
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const PEOPLE = {
  practice: { givenName: "Anna Maria Sofia", surname: "de Vries" },
  "practice-selfie": { givenName: "Daan", surname: "Visser" },
  "practice-not-eligible": { givenName: "Femke", surname: "Smit" },
  "practice-mismatch": { givenName: "Lotte", surname: "Bakker-Jansen" },
  "practice-infocert": { givenName: "José María Gabriel", surname: "Müller-Núñez" },
  "practice-error": { givenName: "Ruben", surname: "de Boer" },
} as const;

export const MOBILE = "+31612345678";

/** An order for one of the people whom the sandbox knows. */
export function detailsOf(
  reference: keyof typeof PEOPLE = "practice",
  flow: FourthlineDetails["flow"] = "completed",
): FourthlineDetails {
  return { provider: "fourthline", signer: { ...PEOPLE[reference], mobile: MOBILE }, flow, reference };
}

/** Reads the SMS, ticks everything, has a picture, says yes, leaves the contract. */
export function personWith(sandbox: Sandbox): (shown: Interaction) => InteractionAnswer | null {
  return (shown) => {
    switch (shown.kind) {
      case "conditions":
        return {
          kind: "accept",
          documents: shown.documents.map(({ id }) => id),
          conditions: shown.conditions.map(({ id }) => id),
        };
      case "code": {
        const [newest] = sandbox.control.fourthline.messages();
        return newest === undefined ? null : { kind: "code", value: newest.passcode };
      }
      case "phone":
        return { kind: "phone", number: MOBILE };
      case "selfie":
        return { kind: "selfie", image: JPEG };
      case "confirm":
        return { kind: "confirm", accepted: true };
      case "handover":
        return shown.isSaved ? { kind: "finish", delete: false } : { kind: "save-file", file: shown.file };
      case "page":
      case "waiting":
      case "secret":
      case "qr":
      case "identification":
        return null;
    }
  };
}
