import { networkInterfaces } from "node:os";
import { guardObject } from "../not-implemented.ts";

/** As Chromium judges it: some interface other than loopback has an address. */
function isOnline(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}

/** Electron's `net`. The app's own requests go through Node, so only the question about the network is here. */
export const net = guardObject("net", {
  isOnline,
  get online(): boolean {
    return isOnline();
  },
});
