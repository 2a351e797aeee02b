import { shell } from "electron";
import { externalAddress } from "./policy/external-address.ts";

/** SECURITY: the one door to other programs. False: the address is none that may be opened, or the system would not. */
export async function openExternal(address: string): Promise<boolean> {
  const allowed = externalAddress(address);
  if (allowed === null) {
    return false;
  }
  try {
    await shell.openExternal(allowed);
    return true;
  } catch {
    return false;
  }
}
