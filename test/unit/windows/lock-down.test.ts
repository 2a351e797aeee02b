import { EventEmitter } from "node:events";
import type { App, WebContents } from "electron";
import { describe, expect, test, vi } from "vitest";
import { lockDown, permitNavigation } from "../../../electron/windows/lock-down.ts";

/** An event of Electron, and whether it was stopped. */
function cancellable(details: object = {}) {
  const event = { ...details, isStopped: false, preventDefault: () => void (event.isStopped = true) };
  return event;
}

class FakeContents extends EventEmitter {
  windowOpen: ((details: object) => object) | null = null;
  setWindowOpenHandler(handler: (details: object) => object): void {
    this.windowOpen = handler;
  }
  stops(name: string, details: object = {}): boolean {
    const event = cancellable(details);
    this.emit(name, event);
    return event.isStopped;
  }
}

class FakeSession extends EventEmitter {
  readonly handlers: Record<string, (...values: never[]) => unknown> = {};
  readonly protocol = { handle: (scheme: string, run: (...values: never[]) => unknown) => this.#keep(scheme, run) };
  setPermissionRequestHandler = (run: never) => this.#keep("request", run);
  setPermissionCheckHandler = (run: never) => this.#keep("check", run);
  setDevicePermissionHandler = (run: never) => this.#keep("device", run);
  #keep(name: string, run: (...values: never[]) => unknown): void {
    this.handlers[name] = run;
  }
}

function locked() {
  const app = new EventEmitter();
  lockDown(app as unknown as App);
  const contents = new FakeContents();
  app.emit("web-contents-created", cancellable(), contents);
  const session = new FakeSession();
  app.emit("session-created", session);
  return { app, contents, session };
}

const ADDRESSES = ["https://example.com/", "app://bundle/index.html", "file:///etc/passwd", "about:blank", ""];
const EVENTS = ["will-navigate", "will-frame-navigate", "will-redirect"];

describe("a page that nobody gave a judge", () => {
  test.each(EVENTS)("goes nowhere (%s)", (name) => {
    const { contents } = locked();
    for (const url of ADDRESSES) {
      expect(contents.stops(name, { url, isMainFrame: true })).toBe(true);
      expect(contents.stops(name, { url, isMainFrame: false })).toBe(true);
    }
  });

  test("opens no window, holds no other page, and cannot keep its window open", () => {
    const { contents } = locked();
    expect(contents.windowOpen?.({ url: "https://example.com/" })).toEqual({ action: "deny" });
    expect(contents.stops("will-attach-webview")).toBe(true);
    expect(contents.stops("will-prevent-unload")).toBe(true);
  });

  test("gets no device", () => {
    const { contents } = locked();
    const chosen = vi.fn<(id: string) => void>();
    const event = cancellable();
    contents.emit("select-bluetooth-device", event, [{ deviceId: "1" }], chosen);
    expect([event.isStopped, chosen.mock.calls]).toEqual([true, [[""]]]);
  });
});

describe("a page with a judge", () => {
  test("goes where that allows and nowhere else, and others go nowhere still", () => {
    const { app, contents } = locked();
    permitNavigation(contents as unknown as WebContents, (url, isMainFrame) => isMainFrame && url.endsWith("/yes"));
    for (const name of EVENTS) {
      expect(contents.stops(name, { url: "https://a.example/yes", isMainFrame: true })).toBe(false);
      expect(contents.stops(name, { url: "https://a.example/yes", isMainFrame: false })).toBe(true);
      expect(contents.stops(name, { url: "https://a.example/no", isMainFrame: true })).toBe(true);
    }
    const other = new FakeContents();
    app.emit("web-contents-created", cancellable(), other);
    expect(other.stops("will-navigate", { url: "https://a.example/yes", isMainFrame: true })).toBe(true);
  });
});

describe("every session", () => {
  test("gives no permission and no device, and refuses downloads and files", async () => {
    const { session } = locked();
    const { handlers } = session;
    const answer = vi.fn<(granted: boolean) => void>();
    (handlers["request"] as (...values: unknown[]) => void)({}, "media", answer, {});
    expect(answer.mock.calls).toEqual([[false]]);
    expect((handlers["check"] as (...values: unknown[]) => boolean)({}, "media", "https://a.example", {})).toBe(false);
    expect((handlers["device"] as (details: object) => boolean)({ deviceType: "usb" })).toBe(false);
    const download = cancellable();
    session.emit("will-download", download);
    expect(download.isStopped).toBe(true);
    expect(((await handlers["file"]!()) as Response).status).toBe(403);
  });
});

describe("who asks for credentials", () => {
  test("gets no name, no password and no certificate, and an answer", () => {
    const { app } = locked();
    const login = cancellable();
    const noPassword = vi.fn<(name?: string, password?: string) => void>();
    app.emit("login", login, null, {}, {}, noPassword);
    expect([login.isStopped, noPassword.mock.calls]).toEqual([true, [[]]]);
    const select = cancellable();
    const noCertificate = vi.fn<(certificate?: object) => void>();
    app.emit("select-client-certificate", select, null, "https://a.example", [{ subjectName: "me" }], noCertificate);
    expect([select.isStopped, noCertificate.mock.calls]).toEqual([true, [[]]]);
  });

  test("a certificate error is nobody's to forgive", () => {
    expect(locked().app.listenerCount("certificate-error")).toBe(0);
  });
});
