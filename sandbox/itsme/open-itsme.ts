import type { AutoApprove, ProviderPart, SharedRoom } from "../shared-room.ts";
import { accountCertificates } from "./account-certificates.ts";
import { accountByPhone } from "./accounts.ts";
import { itsmeApiHandler, itsmeBasePath } from "./api-handler.ts";
import { commitmentTypes, signPolicies } from "./discovery.ts";
import { itsmeControl } from "./itsme-control.ts";
import type { ItsmeControl } from "./itsme-control.ts";
import type { ItsmeRoom } from "./itsme-room.ts";
import { itsmePagesHandler, practiceReturnPath } from "./pages-handler.ts";
import { itsmePhone } from "./phone-cards.ts";
import { sessionStore } from "./session-store.ts";

/** The practice itsme with its two servers. */
export interface ItsmePart extends ProviderPart<ItsmeControl> {
  /** With the path of the API, without a slash at the end. */
  readonly baseUrl: string;
  /** Origin of the browser pages. */
  readonly pagesUrl: string;
  readonly profile: { readonly partnerCode: string; readonly serviceCode: string; readonly redirectUrl: string };
}

export async function openItsme(shared: SharedRoom, autoApprove: AutoApprove | null): Promise<ItsmePart> {
  const { clock, random, faults, serverTls } = shared;
  const address = { pages: "" };
  const sessions = sessionStore({ clock, random, accountByPhone, autoApprove });
  const room: ItsmeRoom = {
    clock,
    contract: { ...practiceContract, redirectUrl: "https://localhost/" },
    sessions,
    certificates: accountCertificates(shared),
    pagesUrl: () => address.pages,
  };
  const pagesPort = await shared.listen("pages", {
    handle: itsmePagesHandler(room, () => shared.phoneUrl()),
    tls: serverTls,
  });
  address.pages = `https://localhost:${pagesPort}`;
  room.contract = { ...room.contract, redirectUrl: `${address.pages}${practiceReturnPath}` };
  const apiPort = await shared.listen("itsme", {
    handle: itsmeApiHandler(room, faults),
    tls: { ...serverTls, clientCaPem: shared.clientAuthorityPem },
  });
  const { partnerCode, serviceCode, redirectUrl } = room.contract;
  return {
    baseUrl: `https://localhost:${apiPort}${itsmeBasePath}`,
    pagesUrl: address.pages,
    profile: { partnerCode, serviceCode, redirectUrl },
    control: itsmeControl(room, shared),
    phone: itsmePhone(room),
    setAutoApprove: (value) => sessions.setAutoApprove(value),
    reset: () => sessions.clear(),
  };
}

const practiceContract = {
  partnerCode: "SEALDESK",
  serviceCode: "SEALDESK_PRACTICE",
  batch: true,
  policies: signPolicies,
  commitmentTypes,
};
