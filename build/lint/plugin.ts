import { cryptoInOneRoom } from "./crypto-room.ts";
import { electronCallsInPlace } from "./electron-calls.ts";
import { layers } from "./layers.ts";
import { noMarkupInjection } from "./markup-injection.ts";
import { noConsole } from "./no-console.ts";
import { noProcessEnvironment } from "./process-environment.ts";
import { noWeakOptions } from "./weak-options.ts";

/** Our own lint rules. oxlint loads this file through the running Node, which has to be Node 24. */
export default {
  meta: { name: "sealdesk" },
  rules: {
    layers,
    "crypto-in-one-room": cryptoInOneRoom,
    "electron-calls-in-place": electronCallsInPlace,
    "no-console": noConsole,
    "no-markup-injection": noMarkupInjection,
    "no-process-environment": noProcessEnvironment,
    "no-weak-options": noWeakOptions,
  },
};
