import type { AutoApprove, ProviderPart, SharedRoom } from "../shared-room.ts";
import { textAnswer } from "../web/loopback-server.ts";
import { practiceAccount } from "./account-options.ts";
import { bankidPhone } from "./app-cards.ts";
import { bankidCertificates } from "./bankid-certificates.ts";
import { bankidControl } from "./bankid-control.ts";
import type { BankIdControl } from "./bankid-control.ts";
import type { BankIdRoom } from "./bankid-room.ts";
import { evidenceKeeper } from "./evidence-keeper.ts";
import { noFlaws } from "./flaws.ts";
import { orderStore } from "./order-store.ts";
import { defaultPerson } from "./persons.ts";
import { answerPhenixId } from "./phenixid-handler.ts";
import { rpApi, rpPath } from "./rp-handler.ts";

/** What a customer's program has to know of the practice installation. No secret: everybody may practise. */
export interface BankIdProfile {
  /** Header `tenant`. */
  readonly tenant: string;
  readonly user: string;
  readonly password: string;
}

/** The practice BankID: PhenixID's server, and BankID's own with client certificates. */
export interface BankIdPart extends ProviderPart<BankIdControl> {
  /** Origin of PhenixID's local API with user and password. */
  readonly phenixIdUrl: string;
  /** Origin of PhenixID's local API with a client certificate. */
  readonly mutualUrl: string;
  /** BankID's RP API, with its path and without a slash at the end; with a client certificate. */
  readonly rpUrl: string;
  readonly profile: BankIdProfile;
  /** PEM of the root that the persons' certificates lead to. */
  readonly rootPem: () => Promise<string>;
}

export async function openBankId(shared: SharedRoom, autoApprove: AutoApprove | null): Promise<BankIdPart> {
  const { clock, faults, random, revocations, serverTls } = shared;
  const certificates = bankidCertificates(shared);
  const room: BankIdRoom = {
    clock,
    random,
    revocations,
    account: practiceAccount,
    flaws: noFlaws,
    orders: orderStore({ clock, random, account: () => room.account, autoApprove }),
    certificates,
    evidence: evidenceKeeper(() => room),
    asked: new Map(),
    notice: null,
  };
  const rp = rpApi(room, faults);
  const nothing = textAnswer(404, "nothing here");
  const phenixIdPort = await shared.listen("bankid", {
    handle: async (request) => (await answerPhenixId(room, faults, request, "password")) ?? nothing,
    tls: serverTls,
  });
  const mutualPort = await shared.listen("bankidMutual", {
    handle: async (request) =>
      (await rp(request)) ?? (await answerPhenixId(room, faults, request, "client-certificate")) ?? nothing,
    tls: { ...serverTls, clientCaPem: shared.clientAuthorityPem },
  });
  const { password, tenant, user } = practiceAccount;
  return {
    phenixIdUrl: `https://localhost:${phenixIdPort}`,
    mutualUrl: `https://localhost:${mutualPort}`,
    rpUrl: `https://localhost:${mutualPort}${rpPath}`,
    profile: { tenant, user, password },
    rootPem: () => certificates.rootPem(),
    control: bankidControl(room),
    phone: bankidPhone(room),
    setAutoApprove(value) {
      room.orders.autoApprove = value;
    },
    reset() {
      room.orders.clear();
      room.orders.played = defaultPerson;
      room.evidence.clear();
      room.asked.clear();
      room.account = practiceAccount;
      room.flaws = noFlaws;
      room.notice = null;
    },
  };
}
