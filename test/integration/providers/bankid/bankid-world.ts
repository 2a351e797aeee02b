import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { encode } from "uqr";

import { success } from "../../../../shared/result.ts";
import { createHttpClient } from "../../../../electron/net/http-client.ts";
import { type BankIdProfile, bankidHttpOptions } from "../../../../electron/providers/bankid/bankid-profile.ts";
import {
  type BankIdOptions,
  createBankIdProvider,
} from "../../../../electron/providers/bankid/create-bankid-provider.ts";
import type {
  FlowInput,
  FlowInteraction,
  SigningOrder,
  SigningProvider,
} from "../../../../electron/providers/provider.ts";
import {
  openingPracticeApp,
  practiceBankIdProfile,
} from "../../../../electron/services/signing/practice/practice-bankid.ts";
import type { PracticeBankId } from "../../../../electron/services/practice-environment.ts";
import { startSandbox } from "../../../../sandbox/start-sandbox.ts";
import {
  begin,
  type BankIdOutcome,
  Clock,
  driveBankId,
  type DriveOptions,
} from "../../../unit/providers/bankid/drive-bankid.ts";

export type Way = Parameters<typeof practiceBankIdProfile>[1];

interface SignChange {
  readonly change?: Partial<BankIdProfile>;
  readonly more?: Partial<BankIdOptions>;
  readonly order?: Partial<SigningOrder>;
}

/**
 * Our provider and the practice BankID over real HTTPS. Both follow one clock, so minutes pass without waiting; every step
 * gets its state as JSON, as from the journal.
 */
export async function bankidWorld() {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-bankid-"));
  const clock = new Clock();
  const sandbox = await startSandbox({ folder, clock: () => clock.time });
  const { bankid: control } = sandbox.control;
  const practice: PracticeBankId = {
    phenixId: { baseUrl: sandbox.baseUrls.bankid, ...sandbox.bankidProfile },
    phenixIdMutual: { baseUrl: sandbox.baseUrls.bankidMutual, tenant: sandbox.bankidProfile.tenant },
    rpApi: { baseUrl: sandbox.baseUrls.bankidRp, endUserIp: "127.0.0.1" },
    rootPem: await sandbox.bankidRootPem(),
    extraCa: [sandbox.tlsCaPem],
    appUrl: sandbox.phoneUrl,
  };
  const clientCertificate = { certificatePem: sandbox.clientCertificatePem, keyPem: sandbox.clientKeyPem };
  const clients = new Map<string, ReturnType<typeof createHttpClient>>();

  const provider = (
    way: Way,
    change: Partial<BankIdProfile> = {},
    more: Partial<BankIdOptions> = {},
  ): SigningProvider => {
    const profile: BankIdProfile = { ...practiceBankIdProfile(practice, way), ...change };
    const http =
      clients.get(way) ?? createHttpClient(bankidHttpOptions(profile, way === "phenixid" ? {} : { clientCertificate }));
    clients.set(way, http);
    const made = createBankIdProvider({
      profile,
      http,
      secrets: { password: () => Promise.resolve(success(sandbox.bankidProfile.password)) },
      monotonic: () => clock.time,
      ...more,
    });
    return openingPracticeApp(made, practice.appUrl);
  };

  /** Signs with one provider, as within one run of the program. */
  const sign = (
    way: Way,
    person: NonNullable<DriveOptions["person"]>,
    { change, more, order }: SignChange = {},
  ): Promise<BankIdOutcome> => {
    const one = provider(way, change, more);
    return driveBankId({ provider: () => one, state: begin(one, order), clock, person });
  };

  return {
    sandbox,
    control,
    clock,
    provider,
    sign,
    /** The newest order. */
    order: () => control.orders().at(-1)!,
    async close(): Promise<void> {
      await Promise.all([...clients.values()].map((client) => client.close()));
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type BankIdWorld = Awaited<ReturnType<typeof bankidWorld>>;

/** Reads the picture on the screen as a camera does: the text whose picture it is, among those of the order's life. */
export function readPicture({ control, order }: BankIdWorld, interaction: FlowInteraction): string {
  if (interaction.kind !== "qr") {
    throw new Error(`no picture is shown: ${interaction.kind}`);
  }
  const shown = interaction.picture.rows.join("\n");
  for (let second = 0; second < 400; second += 1) {
    const text = control.code(order().id, second);
    const { data } = encode(text, { ecc: "L", border: 0 });
    if (data.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")).join("\n") === shown) {
      return text;
    }
  }
  throw new Error("the picture is not one of this order");
}

/** Scans the code once it has been on the screen for so long, then signs. */
export function signing(world: BankIdWorld, after = 1_500) {
  return (interaction: FlowInteraction, passed: number): FlowInput | null => {
    if (interaction.kind === "qr" && passed >= after && world.control.orders().at(-1)?.takenBy === null) {
      world.control.scan(readPicture(world, interaction));
      world.control.approve(world.order().id);
    }
    return null;
  };
}

/** What a control operation says when it refuses. */
export function refusalOf(operation: () => unknown): string {
  try {
    operation();
  } catch (error) {
    return (error as Error).message;
  }
  return "not refused";
}
