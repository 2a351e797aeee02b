// The smallest program that uses what the conformance specs ask about. It runs unmodified on Electron and on the stand-in.
import { join } from "node:path";
import { app, BrowserWindow, ipcMain, protocol, session } from "electron";

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'";
const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);
app.enableSandbox();

function page(body) {
  return new Response(`<!doctype html><html lang="en"><title>Conformance</title>${body}</html>`, {
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": CONTENT_SECURITY_POLICY },
  });
}

function range(request) {
  const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "");
  if (!match) return new Response(BYTES, { headers: { "accept-ranges": "bytes", "content-length": "1000" } });
  const [start, end] = [Number(match[1]), Number(match[2])];
  return new Response(BYTES.slice(start, end + 1), {
    status: 206,
    headers: { "content-range": `bytes ${start}-${end}/1000`, "content-length": String(end - start + 1) },
  });
}

async function serve(request) {
  const url = new URL(request.url);
  if (url.host !== "conformance") return new Response("", { status: 404 });
  switch (url.pathname) {
    case "/":
      return page(
        `<h1>Conformance</h1><input id="file" type="file"><div id="drop">drop</div><script src="/page.js"></script>`,
      );
    case "/inline":
      return page(`<script>window.inlineRan = true</script><script src="/page.js"></script>`);
    case "/page.js":
      return new Response("window.pageScriptRan = true;", { headers: { "content-type": "text/javascript" } });
    case "/bytes":
      return range(request);
    case "/url":
      return Response.json({ url: request.url, method: request.method, body: await request.text() });
    default:
      return new Response("", { status: 404 });
  }
}

const received = [];
const preload = join(import.meta.dirname, "preload.cjs");
globalThis.conformance = { received, secondInstances: [], createdContents: 0, preload };

app.on("web-contents-created", () => (globalThis.conformance.createdContents += 1));
app.on("second-instance", (_event, argv) => globalThis.conformance.secondInstances.push(argv));
app.on("window-all-closed", () => app.quit());

if (app.requestSingleInstanceLock()) await run();
else app.quit();

async function run() {
  // Not awaited: Electron becomes ready only after the main script has ended.
  void app.whenReady().then(openMainWindow);
}

async function openMainWindow() {
  protocol.handle("app", serve);
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.defaultSession.setPermissionCheckHandler(() => false);

  const window = new BrowserWindow({
    width: 900,
    height: 700,
    show: false,
    webPreferences: { preload, sandbox: true, contextIsolation: true },
  });
  globalThis.conformance.window = window;
  window.once("ready-to-show", () => window.show());
  window.webContents.setWindowOpenHandler(({ url }) => {
    received.push(["window-open", url]);
    return { action: "deny" };
  });
  window.webContents.on("will-navigate", (event) => {
    received.push(["will-navigate", event.url]);
    event.preventDefault();
  });

  const { ipc } = window.webContents;
  ipc.handle("echo", (_event, ...values) => values);
  ipc.handle("describe", (_event, value) => Object.prototype.toString.call(value));
  ipc.handle("fail", () => {
    throw new RangeError("refused by main");
  });
  ipc.handle("function", () => () => {});
  ipc.handle("sender", (event) => ({
    url: event.senderFrame.url,
    origin: event.senderFrame.origin,
    isMainFrame: event.senderFrame === event.sender.mainFrame,
    contents: event.sender.id,
  }));
  ipc.handle("zeros", (_event, length) => new Uint8Array(length).fill(7));
  ipc.handle("count", (_event, bytes) => [bytes.byteLength, bytes[0], bytes.at(-1)]);
  ipc.on("note", (_event, ...values) => received.push(["note", ...values]));
  ipc.on("early", (event) => received.push(["early", event.senderFrame.url]));
  ipc.on("stream", (event, count, length) => {
    for (let index = 0; index < count; index++)
      event.sender.send("stream", index, index % 2 === 0 ? new Uint8Array(length) : null);
  });
  ipcMain.handle("global", () => "answered by ipcMain");
  await window.loadURL("app://conformance/");
  // For specs that start the program without Playwright; only the stand-in has a Chromium of its own.
  if (process.env.CONFORMANCE_PRINT) console.log(`loaded ${globalThis["__electronStandIn"]?.chromium}`);
}
