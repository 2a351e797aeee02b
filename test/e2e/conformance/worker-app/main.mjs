// A page with a worker, and nobody who drives or debugs it: as a person starts the program. Prints what the worker said.
import { app, BrowserWindow, protocol } from "electron";

const files = {
  "/index.html": ["text/html", "<!doctype html><title>Worker</title><script src=page.js></script>"],
  "/page.js": ["text/javascript", 'new Worker("worker.js").onmessage = ({ data }) => fetch(data);'],
  "/worker.js": ["text/javascript", 'postMessage("worker-runs");'],
};

protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

function serve(request) {
  const { pathname } = new URL(request.url);
  if (pathname === "/worker-runs") {
    process.stdout.write("the worker runs\n");
    app.quit();
  }
  const [type, body] = files[pathname] ?? ["text/plain", ""];
  return new Response(body, { headers: { "content-type": type } });
}

app.on("ready", () => {
  protocol.handle("app", serve);
  const window = new BrowserWindow({ show: false });
  void window.loadURL("app://bundle/index.html");
});
