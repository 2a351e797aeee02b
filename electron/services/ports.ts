import type { Failure } from "../../shared/failure.ts";
import type { ProxyResolver } from "../net/proxy-route.ts";
import type { ProviderPage } from "../providers/provider.ts";
import type { ProgramLog } from "./logging/program-log.ts";
import type { PolicyPlace } from "../storage/policy-place.ts";
import type { KeyStore } from "../storage/vault/key-store.ts";
import type { PracticeEnvironment } from "./practice-environment.ts";

/** All that the services ask of the world around them. The desktop, the command line and the tests each bring their own. */
export interface ApplicationPorts {
  readonly version: string;
  readonly platform: "windows" | "macos" | "linux";
  readonly clock: Clock;
  readonly randomUuid: () => string;
  readonly paths: ApplicationPaths;
  readonly dialogs: Dialogs;
  readonly desktop: Desktop;
  readonly pages: ProviderPages;
  /** The script of the threads that verify: `services/verifying/verify-worker.ts`, or what was built from it. */
  readonly verifyWorker: URL;
  /** Where the administrator's policy lies. Absent: there is none. */
  readonly policy?: PolicyPlace;
  /** The system's keychain. Absent: credentials live as long as the program. */
  readonly keyStore?: KeyStore;
  /** The system's proxies for an address. Absent: none. */
  readonly resolveProxy?: ProxyResolver;
  /** Paths of the PKCS#11 modules of cards and tokens that are installed here. */
  readonly tokenModules: () => readonly string[];
  /** Starts the practice providers on this computer; called once. */
  readonly startPractice: () => Promise<PracticeEnvironment>;
  /** Told of bugs that were caught. SECURITY: their texts may hold names and paths; they are never shown as they are. */
  readonly unexpected?: (error: unknown) => void;
  /** What support may read later. Absent: nothing is written down. */
  readonly log?: ProgramLog;
  /** What the program found wrong with its own protections. Signing begins when there is nothing. Absent: nobody looks. */
  readonly startCheck?: Promise<readonly Failure[]>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after the time, or at once when aborted. Never rejects. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface ApplicationPaths {
  /** Folder for database and settings, one for each person. */
  readonly data: string;
  /** Folder with the fonts of the visible mark. */
  readonly fonts: string;
  /** Puts the sample contract of practice mode where the person can find it, and says where. */
  readonly sample: () => Promise<string>;
}

export interface Dialogs {
  readonly chooseDocuments: () => Promise<readonly string[]>;
  /** A PNG or JPEG file; null when the dialog was closed. */
  readonly choosePicture: () => Promise<string | null>;
  readonly chooseFolder: () => Promise<string | null>;
  /** Where to save a file of this name; the dialog asks before a file is replaced. Null: nowhere. */
  readonly chooseSavePath: (name: string) => Promise<string | null>;
  /** A file with a certificate and its private key (PKCS#12). */
  readonly chooseCertificate: () => Promise<string | null>;
  /** A client certificate and its key: one file (PKCS#12, PEM), or several. Empty when the dialog was closed. */
  readonly chooseClientCertificate: () => Promise<readonly string[]>;
  /** Certificates of authorities (PEM, DER). Empty when the dialog was closed. */
  readonly chooseAuthorities: () => Promise<readonly string[]>;
}

export interface Desktop {
  /** Opens a file with the system's program for it. False: the system would not. */
  readonly openFile: (path: string) => Promise<boolean>;
  readonly showInFolder: (path: string) => void;
  /** Opens a page in the person's own browser. False: the address is no plain https one, or the system would not. */
  readonly openWebPage: (address: string) => Promise<boolean>;
  /** Tells the person, when the window is in the background. */
  readonly notify: (message: NotificationMessage) => void;
  readonly openPracticePhone: (url: string) => Promise<void>;
  /** Opens another program by its link. False: the link is none of those that are known, or the system would not. */
  readonly openProgram: (address: string) => Promise<boolean>;
}

/** Message keys; the words are the catalogue's. */
export interface NotificationMessage {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface ProviderPages {
  readonly open: (page: ProviderPage, events: PageEvents) => PageHandle;
}

export interface PageEvents {
  /** The page reached its return address, which is never loaded. */
  readonly onReturn: (url: string) => void;
  /** The person closed the window. Not called after `onReturn` or `close`. */
  readonly onClosed: () => void;
}

export interface PageHandle {
  readonly focus: () => void;
  readonly close: () => void;
}
