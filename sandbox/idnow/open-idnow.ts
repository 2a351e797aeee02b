import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AutoApprove, ProviderPart, SharedRoom } from "../shared-room.ts";
import { practiceAccount } from "./account-options.ts";
import { idnowApiHandler, idnowBasePath } from "./api-handler.ts";
import { contracts } from "./contracts.ts";
import { allAvailable, noFlaws } from "./flaws.ts";
import { hookTriggers } from "./hook-triggers.ts";
import { idnowControl } from "./idnow-control.ts";
import type { IdnowControl } from "./idnow-control.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import { orderStore } from "./order-store.ts";
import { idnowPagesHandler, practiceReturnPaths } from "./pages-handler.ts";
import { persons } from "./persons.ts";
import { signedIdentities } from "./signed-identity.ts";
import { smsPhone } from "../phone/sms-cards.ts";
import { smsInbox } from "../phone/sms-inbox.ts";
import { KIND } from "./status-codes.ts";
import { webhooks } from "./webhooks.ts";

/** What a customer's program has to know of the practice account. No secret: everybody may practise. */
export interface IdnowProfile {
  readonly user: string;
  readonly password: string;
  /** Where the pages lead back to; addresses of the practice pages. */
  readonly redirectUrls: { readonly success: string; readonly abort: string };
  /** For `/crypt`: AES-256, hexadecimal. */
  readonly cryptKeyHex: string;
  /** Wrong TANs until the order is cancelled. */
  readonly wrongTans: number;
}

/** The practice IDnow with its two servers. */
export interface IdnowPart extends ProviderPart<IdnowControl> {
  /** With the path of the API, without a slash at the end. */
  readonly baseUrl: string;
  /** Origin of the browser pages. */
  readonly pagesUrl: string;
  readonly profile: IdnowProfile;
  /** Ends what still waits to be called; resolves when nothing is written to the folder any more. */
  end(): Promise<void>;
}

/** Orders carry whole documents in Base64. */
const maximumBodyBytes = 64 * 1024 * 1024;

export async function openIdnow(
  shared: SharedRoom,
  autoApprove: AutoApprove | null,
  fonts: string | null,
): Promise<IdnowPart> {
  const { clock, random, store, services } = shared;
  const address = { pages: "" };
  const ending = new AbortController();
  const account = () => room.account;
  const people = persons(shared);
  const font = () => markFont(fonts);
  const signing = { services, font };
  const documents = contracts({
    ...signing,
    persons: people,
    account,
    inUse: (id) => orders.list().some(({ documentsOf }) => documentsOf === id),
  });
  const hooks = webhooks(account, ending.signal);
  const callHooks = hookTriggers(() => hooks, account);
  const orders = orderStore({
    clock,
    account,
    flaws: () => room.flaws,
    autoApprove,
    changed(before, order, event) {
      const signed = order.history.at(-1);
      if (event?.do === "sign" && signed?.kind === KIND.signed) documents.sign(order, signed.time);
      callHooks(before, order, event);
    },
  });
  const room: IdnowRoom = {
    clock,
    random,
    account: practiceAccount,
    flaws: noFlaws,
    systemStatus: allAvailable,
    signMeUsers: new Map(),
    passwordTan: null,
    orders,
    inbox: smsInbox(clock),
    contracts: documents,
    signing,
    persons: people,
    identities: signedIdentities(store, random),
    webhooks: hooks,
    pagesUrl: () => address.pages,
  };
  const pagesPort = await shared.listen("idnowPages", {
    handle: idnowPagesHandler(room, () => shared.phoneUrl()),
    tls: shared.serverTls,
  });
  address.pages = `https://localhost:${pagesPort}`;
  const apiPort = await shared.listen("idnow", {
    handle: idnowApiHandler(room, shared.faults),
    tls: shared.serverTls,
    maximumBodyBytes,
  });
  const { user, password, cryptKeyHex, wrongTans } = practiceAccount;
  return {
    baseUrl: `https://localhost:${apiPort}${idnowBasePath}`,
    pagesUrl: address.pages,
    profile: {
      user,
      password,
      redirectUrls: {
        success: `${address.pages}${practiceReturnPaths.success}`,
        abort: `${address.pages}${practiceReturnPaths.abort}`,
      },
      cryptKeyHex: cryptKeyHex ?? "",
      wrongTans,
    },
    control: idnowControl(room, shared.revocations),
    phone: smsPhone(room.inbox, { key: "idnow", name: "IDnow (practice)" }),
    setAutoApprove(value) {
      orders.autoApprove = value;
    },
    reset() {
      orders.clear();
      documents.clear();
      hooks.clear();
      room.inbox.clear();
      room.signMeUsers.clear();
      room.account = practiceAccount;
      room.flaws = noFlaws;
      room.systemStatus = allAvailable;
      room.passwordTan = null;
    },
    async end() {
      ending.abort();
      await documents.settled();
    },
  };
}

/** From the given folder (a built program brings its fonts along), else where npm puts it. */
async function markFont(fonts: string | null): Promise<Uint8Array> {
  const installed = join(import.meta.dirname, "../../node_modules/@expo-google-fonts/noto-sans/400Regular");
  return new Uint8Array(await readFile(join(fonts ?? installed, "NotoSans_400Regular.ttf")));
}
