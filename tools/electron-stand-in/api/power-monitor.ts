import { EventEmitter } from "node:events";
import { guardInstances } from "../not-implemented.ts";

/** Electron's `powerMonitor`: tests emit `suspend`, `resume` and the like; the system's own are not listened to. */
class PowerMonitor extends EventEmitter {}
guardInstances("powerMonitor", PowerMonitor);

export const powerMonitor: PowerMonitor = new PowerMonitor();
