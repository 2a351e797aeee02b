import { setTimeout as delay } from "node:timers/promises";
import type { CdpSession } from "../cdp/connection.ts";
import type { AttachedToTarget, Evaluated } from "../cdp/protocol.ts";
import { browser } from "./browser.ts";
import { records } from "./records.ts";

/** A page of Chromium that is attached and waits for its first instruction. */
export interface PageTarget {
  readonly cdp: CdpSession;
  readonly targetId: string;
}

export interface NewPage {
  readonly width: number;
  readonly height: number;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly browserContextId: string | undefined;
}

const STARTUP_PATIENCE_MILLISECONDS = 5_000;

const attached = new Map<string, PageTarget>();
let creating = 0;
let startup: PageTarget | undefined;
let startupWaiter: ((target: PageTarget) => void) | undefined;

/** Attaches to every page that appears, before it runs. Resolves when a headed Chromium's first window is there. */
export async function watchTargets(): Promise<void> {
  const { connection, headless } = browser();
  connection.root.on("Target.attachedToTarget", onAttached);
  const first = headless
    ? undefined
    : new Promise<PageTarget>((resolve) => {
        startupWaiter = resolve;
      });
  await connection.root.send("Target.setDiscoverTargets", { discover: true });
  await connection.root.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: "page" }, { exclude: true }],
  });
  startup = await first;
  if (startup) await finishLoading(startup);
}

/** The first window's own empty document has to be over before anybody puts a preload into the page. */
async function finishLoading({ cdp }: PageTarget): Promise<void> {
  await cdp.send("Runtime.runIfWaitingForDebugger");
  const expression = "location.protocol === 'data:' && document.readyState === 'complete'";
  for (let waited = 0; waited < STARTUP_PATIENCE_MILLISECONDS; waited += 10) {
    // The document changes under our hands, so a question may fail.
    const answer = await cdp.send<Evaluated>("Runtime.evaluate", { expression }).catch(() => undefined);
    if (answer?.result.value === true) return;
    await delay(10);
  }
}

function onAttached({ sessionId, targetInfo }: AttachedToTarget): void {
  const target = { cdp: browser().connection.session(sessionId), targetId: targetInfo.targetId };
  if (startupWaiter) {
    startupWaiter(target);
    startupWaiter = undefined;
    return;
  }
  attached.set(target.targetId, target);
  if (creating === 0) closeUnclaimed();
}

/** Popups and the user's Ctrl+T or Ctrl+N: nobody here asked for them, and they end before they load anything. */
function closeUnclaimed(): void {
  const { root } = browser().connection;
  for (const { cdp, targetId } of attached.values()) {
    records.blocked.push(`target ${targetId}`);
    // A page that waits for its debugger also holds up the page that opened it. It may run: its document is refused.
    cdp.send("Runtime.runIfWaitingForDebugger").catch(() => {});
    root.send("Target.closeTarget", { targetId }).catch(() => {});
  }
  attached.clear();
}

/** A new page. The first one of the default session takes over the window that a headed Chromium opens at its start. */
export async function openPage(page: NewPage): Promise<PageTarget> {
  const { root } = browser().connection;
  const { browserContextId, width, height, x, y } = page;
  if (startup && browserContextId === undefined) {
    const target = startup;
    startup = undefined;
    await setBounds(target.targetId, { width, height, left: x ?? 40, top: y ?? 40 });
    return target;
  }
  creating++;
  try {
    const asked = { url: "about:blank", newWindow: true, width, height, left: x, top: y, browserContextId };
    const { targetId } = await root.send<{ targetId: string }>("Target.createTarget", asked);
    const target = attached.get(targetId);
    if (target === undefined) throw new Error("electron stand-in: Chromium made a page but did not attach it");
    attached.delete(targetId);
    return target;
  } finally {
    creating--;
    if (creating === 0) closeUnclaimed();
  }
}

/** Moves and sizes the window of a page. Headless Chromium has no frame, so there the page gets the size. */
export async function setBounds(
  targetId: string,
  bounds: { readonly width?: number; readonly height?: number; readonly left?: number; readonly top?: number },
): Promise<void> {
  const { connection, headless } = browser();
  const { windowId } = await connection.root.send<{ windowId: number }>("Browser.getWindowForTarget", { targetId });
  const { width, height } = bounds;
  if (headless) await connection.root.send("Browser.setContentsSize", { windowId, width, height }).catch(() => {});
  else await connection.root.send("Browser.setWindowBounds", { windowId, bounds }).catch(() => {});
}
