import { closeSync, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FaultRoom } from "./fault-room.ts";
import type { FaultedProvider } from "./fault.ts";

/** Not by a function in which a fault may wait (`places.ts`). */
export function noteShown(data: string, text: string): void {
  const file = openSync(shownFile(data), "a");
  writeSync(file, `${text}\n`);
  closeSync(file);
}

/** Where the program writes down, before it shows them, addresses of pages and texts of codes. */
const shownFile = (data: string): string => join(data, "shown.log");

/**
 * How often a person was asked to approve: a request that nobody was ever shown, because the program ended before, is none.
 * `values`: signature values of certificates on this computer.
 */
export async function timesAsked(
  { sandbox: { control } }: FaultRoom,
  provider: FaultedProvider,
  data: string,
  values: number,
): Promise<number> {
  const shown = (await readFile(shownFile(data), "utf8").catch(() => "")).split("\n");
  switch (provider) {
    case "itsme":
      // The page on which a request to sign is approved; its address names the request.
      return new Set(shown.filter((line) => line.includes("/qes/prove_its_you"))).size;
    case "idnow":
      // The person is written to as soon as there is an order.
      return control.idnow.orders().length;
    case "bankid":
      // bankid.TOKEN.SECONDS.CODE: the token is the order's.
      return new Set(shown.filter((line) => line.startsWith("bankid.")).map((line) => line.split(".")[1])).size;
    case "fourthline":
      return control.fourthline.messages().length;
    case "certificate":
      // There is no call: its person is asked by the program itself.
      return values;
  }
}
