import path from "node:path";

/** A room: a folder with one purpose. `docs` and the like hold no code and are none. */
export type Room =
  | "shared"
  | "renderer"
  | "pdf"
  | "xml"
  | "pki"
  | "evidence"
  | "net"
  | "pades"
  | "verify"
  | "storage"
  | "providers"
  | "services"
  | "shell"
  | "sandbox"
  | "cli"
  | "workshop";

const below: readonly Room[] = ["shared", "pdf", "pki"];
const product: readonly Room[] = [
  ...below,
  "xml",
  "evidence",
  "net",
  "pades",
  "verify",
  "storage",
  "providers",
  "services",
];

/**
 * Who may import whom; every room may import itself. Arrows point down only:
 * renderer → shared; shell → services → providers, pades, verify, storage → pki, pdf.
 */
const arrows: Readonly<Record<Room, readonly Room[]>> = {
  shared: [],
  renderer: ["shared"],
  // Knows nothing of signatures' meaning.
  pdf: ["shared"],
  // Knows nothing of signatures, either.
  xml: ["shared"],
  // Knows nothing of PDF.
  pki: ["shared", "xml"],
  // What a signing service hands over as proof that is no signature of the PDF. Whoever asks for it and whoever judges a
  // stranger's file check it by the same code, and yet know nothing of each other.
  evidence: ["shared", "xml", "pki"],
  net: ["shared", "pki"],
  // The verifier must never trust the writer's opinion, so neither imports the other.
  pades: [...below],
  verify: [...below, "evidence"],
  storage: ["shared"],
  providers: [...below, "evidence", "net"],
  services: [...below, "evidence", "net", "pades", "verify", "storage", "providers"],
  // The only room that knows Electron. It starts the sandbox for practice mode.
  shell: [...product, "sandbox"],
  // Plays the providers from their documentation. It must not share our own reading of it.
  sandbox: [...below, "pades"],
  cli: [...product, "sandbox"],
  // Tools, tests and measurements look everywhere.
  workshop: [...product, "shell", "sandbox", "cli", "renderer"],
};

/**
 * Arrows for `import type` alone, which is gone at run time. The journal stores what pades/ and providers/ hand it and
 * knows nothing of how they work.
 */
const typeArrows: Partial<Readonly<Record<Room, readonly Room[]>>> = {
  storage: ["pades", "providers"],
  // The shape in which the program wants its practice providers.
  sandbox: ["services"],
};

const electronRooms: ReadonlyMap<string, Room> = new Map<string, Room>([
  ["pdf", "pdf"],
  ["xml", "xml"],
  ["pki", "pki"],
  ["evidence", "evidence"],
  ["net", "net"],
  ["pades", "pades"],
  ["verify", "verify"],
  ["storage", "storage"],
  ["providers", "providers"],
  ["services", "services"],
  ["windows", "shell"],
  ["ipc", "shell"],
]);

const topRooms: ReadonlyMap<string, Room> = new Map<string, Room>([
  ["shared", "shared"],
  ["renderer", "renderer"],
  ["sandbox", "sandbox"],
  ["cli", "cli"],
  ["tools", "workshop"],
  ["build", "workshop"],
  ["bench", "workshop"],
  ["test", "workshop"],
]);

/**
 * The room of a file.
 * @param file relative to the project, with forward slashes
 * @returns undefined outside every room; a new folder of electron/ has to be given its arrows above
 */
export function roomOf(file: string): Room | undefined {
  const [top = "", second = ""] = file.split("/");
  if (top !== "electron") return topRooms.get(top);
  // What lies beside main.ts is part of it.
  return second.endsWith(".ts") ? "shell" : electronRooms.get(second);
}

/**
 * Why a file may not import another (both relative to the project); undefined when it may.
 * @param typesOnly whether it is an `import type`, which is gone at run time
 */
export function objectionTo(from: string, to: string, typesOnly: boolean): string | undefined {
  const source = roomOf(from);
  if (source === undefined) return undefined;
  const target = roomOf(to);
  if (target === undefined) {
    return source === "workshop" || !to.startsWith("electron/")
      ? undefined
      : `${to} is in no room: give its folder arrows in build/lint/rooms.ts`;
  }
  const provider = providerOf(from);
  const otherProvider = providerOf(to);
  if (provider !== undefined && otherProvider !== undefined && provider !== otherProvider) {
    return `no provider knows another: ${provider} may not import ${otherProvider}`;
  }
  if (source === target || arrows[source].includes(target)) return undefined;
  if (typesOnly && typeArrows[source]?.includes(target)) return undefined;
  return `${source} may not import ${target}: arrows point down only (see build/lint/rooms.ts)`;
}

/** Why a file may not import a package or a Node module; undefined when it may. */
export function objectionToPackage(from: string, specifier: string): string | undefined {
  const room = roomOf(from);
  if (room === undefined || room === "workshop") return undefined;
  if (/^electron(\/|$)/u.test(specifier) && !knowsElectron.test(from)) {
    return "only electron/main.ts, electron/preload.ts, electron/windows and electron/ipc import electron";
  }
  if (room === "shared" && !(specifier === "zod" && describesInput.test(from))) {
    return "shared/ imports nothing outside itself (shared/ipc.ts and shared/order-details.ts may import zod)";
  }
  if (room === "renderer" && isNodeModule(specifier)) return "the renderer has no Node";
  if (processModules.test(specifier) && from.startsWith("electron/")) {
    return `${specifier} is not for the product: it starts no programs and evaluates no code`;
  }
  if (networkModules.test(specifier) && pureRooms.has(room)) {
    return `${room} does not reach the network itself: take the request function as a parameter`;
  }
  return undefined;
}

/** The schemas of what comes over IPC. */
const describesInput = /^shared\/(ipc|order-details)\.ts$/u;
const knowsElectron = /^electron\/(main\.ts|preload\.ts|windows\/|ipc\/)/u;
const processModules = /^(node:)?(child_process|vm|cluster|repl|inspector)(\/|$)/u;
const networkModules = /^((node:)?(https?|http2|net|tls|dgram|dns)(\/|$)|undici$)/u;
const pureRooms: ReadonlySet<Room> = new Set<Room>(["pdf", "xml", "pki", "evidence", "pades", "verify", "storage"]);

function isNodeModule(specifier: string): boolean {
  return specifier.startsWith("node:") || /^(fs|path|os|crypto|child_process|net|tls|https?)(\/|$)/u.test(specifier);
}

/** The provider whose folder a file lies in; undefined for what providers/ has in common. */
function providerOf(file: string): string | undefined {
  return /^electron\/providers\/([^/]+)\//u.exec(file)?.[1];
}

/** Where a relative import leads, relative to the project; undefined for a package. */
export function importedFile(from: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(from), specifier) : undefined;
}
