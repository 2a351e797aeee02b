/** The parts of the Chrome DevTools Protocol that the stand-in reads, as its documentation gives them. */

export interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly title: string;
  readonly url: string;
  readonly openerId?: string;
  readonly browserContextId?: string;
}

export interface AttachedToTarget {
  readonly sessionId: string;
  readonly targetInfo: TargetInfo;
  readonly waitingForDebugger: boolean;
}

export interface HeaderEntry {
  readonly name: string;
  readonly value: string;
}

/** Fetch.requestPaused, in its request stage and (with a status or an error reason) in its response stage. */
export interface RequestPaused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly responseStatusCode?: number;
  readonly responseErrorReason?: string;
  readonly responseHeaders?: readonly HeaderEntry[];
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly hasPostData?: boolean;
    readonly postDataEntries?: readonly { readonly bytes?: string }[];
  };
}

export interface ExecutionContextCreated {
  readonly context: {
    readonly id: number;
    readonly name: string;
    readonly origin: string;
    readonly auxData?: { readonly frameId?: string };
  };
}

export interface BindingCalled {
  readonly name: string;
  readonly payload: string;
  readonly executionContextId: number;
}

export interface FrameNavigated {
  readonly frame: {
    readonly id: string;
    readonly parentId?: string;
    readonly url: string;
    readonly urlFragment?: string;
    readonly unreachableUrl?: string;
  };
}

export interface RemoteObject {
  readonly value?: unknown;
  readonly description?: string;
  readonly objectId?: string;
  readonly type: string;
}

export interface Evaluated {
  readonly result: RemoteObject;
  readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
}

export interface WindowOpen {
  readonly url: string;
  readonly windowName: string;
  readonly windowFeatures: readonly string[];
}

export interface CertificateError {
  readonly eventId: number;
  readonly errorType: string;
  readonly requestURL: string;
}

export interface DownloadWillBegin {
  readonly frameId: string;
  readonly url: string;
  readonly suggestedFilename: string;
}

/** A server or proxy wants a name and a password. */
export interface AuthRequired {
  readonly requestId: string;
  readonly request: { readonly url: string };
  readonly frameId: string;
  readonly resourceType: string;
  readonly authChallenge: {
    readonly source?: "Server" | "Proxy";
    readonly origin: string;
    readonly scheme: string;
    readonly realm: string;
  };
}

interface FrameEvent {
  readonly frameId: string;
}

/** The events that the stand-in listens to. `detached` is ours: the session has ended. */
export interface ProtocolEvents {
  readonly detached: undefined;
  readonly "Browser.downloadWillBegin": DownloadWillBegin;
  readonly "Fetch.authRequired": AuthRequired;
  readonly "Fetch.requestPaused": RequestPaused;
  readonly "Inspector.targetCrashed": undefined;
  readonly "Page.domContentEventFired": undefined;
  readonly "Page.frameAttached": FrameEvent;
  readonly "Page.frameDetached": FrameEvent & { readonly reason: string };
  readonly "Page.frameNavigated": FrameNavigated;
  readonly "Page.frameRequestedNavigation": FrameEvent & { readonly url: string };
  readonly "Page.frameStartedLoading": FrameEvent;
  readonly "Page.frameStoppedLoading": FrameEvent;
  readonly "Page.javascriptDialogOpening": { readonly type: string };
  readonly "Page.loadEventFired": undefined;
  readonly "Page.navigatedWithinDocument": FrameEvent & { readonly url: string };
  readonly "Page.windowOpen": WindowOpen;
  readonly "Runtime.bindingCalled": BindingCalled;
  readonly "Runtime.executionContextCreated": ExecutionContextCreated;
  readonly "Runtime.executionContextsCleared": undefined;
  readonly "Security.certificateError": CertificateError;
  readonly "Target.attachedToTarget": AttachedToTarget;
  readonly "Target.targetInfoChanged": { readonly targetInfo: TargetInfo };
}
