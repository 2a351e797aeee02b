import { expect, firstDocument, test } from "./conformance.ts";
import { startPlain, startTls } from "./loopback.ts";

test("partitions keep their cookies apart, from each other and from the default session", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const server = await startPlain();
  try {
    const cookies = await app.evaluate(async ({ BrowserWindow }, origin) => {
      const load = async (partition: string, path: string): Promise<string> => {
        const window = new BrowserWindow({ show: false, webPreferences: partition === "" ? {} : { partition } });
        await window.loadURL(`${origin}${path}`);
        const text = (await window.webContents.executeJavaScript("document.body.innerText")) as string;
        window.destroy();
        return text;
      };
      await load("a", "/cookie");
      const before = [await load("a", "/"), await load("b", "/"), await load("", "/")];
      return before;
    }, server.origin);
    expect(cookies).toEqual(["who=me", "none", "none"]);
    const left = await app.evaluate(async ({ BrowserWindow, session }, origin) => {
      const isolated = session.fromPartition("a");
      const before = (await isolated.cookies.get({})).length;
      await isolated.clearStorageData();
      const window = new BrowserWindow({ show: false, webPreferences: { partition: "a" } });
      await window.loadURL(`${origin}/cookie`);
      await window.webContents.executeJavaScript("localStorage.setItem('kept', 'yes')");
      // What a page has just stored is still on its way to the browser, and arrives behind a clearing that came too soon.
      let after = "";
      for (let attempt = 0; attempt < 40 && after !== "0"; attempt += 1) {
        await isolated.clearStorageData();
        await new Promise((resolve) => void setTimeout(resolve, 50));
        after = (await window.webContents.executeJavaScript("document.cookie + localStorage.length")) as string;
      }
      return [before, after];
    }, server.origin);
    expect(left).toEqual([1, "0"]);
  } finally {
    await server.close();
  }
});

test("a session says which proxy leads to an address, and none to this computer", async ({ start }) => {
  const app = await start({ args: ["--proxy-server=proxy.example:3128"] });
  await firstDocument(app);
  const resolved = await app.evaluate(async ({ session }) => [
    await session.defaultSession.resolveProxy("https://tsa.example/"),
    await session.defaultSession.resolveProxy("http://localhost:8080/"),
  ]);
  expect(resolved).toEqual(["PROXY proxy.example:3128", "DIRECT"]);
});

test("permissions that the handlers deny are denied to the page", async ({ start }) => {
  // Without a camera and a microphone Chromium would say that there are none, and not ask for permission.
  const win = await firstDocument(await start({ args: ["--use-fake-device-for-media-stream"] }));
  const outcome = await win.evaluate(async () => {
    const rejected = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => "granted",
        (error: unknown) => (error as Error).name,
      );
    return {
      camera: await rejected(navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await rejected(navigator.mediaDevices.getUserMedia({ audio: true })),
      notifications: await Notification.requestPermission(),
      clipboard: await rejected(navigator.clipboard.readText()),
      geolocation: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve("granted"),
          (error) => resolve(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable"),
        );
      }),
    };
  });
  expect(outcome).toEqual({
    camera: "NotAllowedError",
    microphone: "NotAllowedError",
    notifications: "denied",
    clipboard: "NotAllowedError",
    geolocation: "denied",
  });
});

test("downloads are announced to the session and can be refused", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const server = await startPlain();
  try {
    const announced = await app.evaluate(async ({ BrowserWindow, session }, url) => {
      const isolated = session.fromPartition("download");
      const item = new Promise((resolve) => {
        isolated.on("will-download", (event, download) => {
          event.preventDefault();
          resolve([download.getURL(), download.getFilename()]);
        });
      });
      const window = new BrowserWindow({ show: false, webPreferences: { session: isolated } });
      await window.loadURL(url).catch(() => {});
      return item;
    }, `${server.origin}/download`);
    expect(announced).toEqual([`${server.origin}/download`, "file.bin"]);
  } finally {
    await server.close();
  }
});

test("a certificate of an unknown root is refused unless the session's own check accepts it", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const server = await startTls();
  try {
    const outcome = await app.evaluate(
      async ({ BrowserWindow, session }, { url, rootName }) => {
        const load = async (partition: string): Promise<string> => {
          const window = new BrowserWindow({ show: false, webPreferences: { partition } });
          const result = await window.loadURL(url).then(
            () => window.webContents.executeJavaScript("document.body.innerText") as Promise<string>,
            (error: { code: string }) => error.code,
          );
          window.destroy();
          return result;
        };
        const asked: unknown[] = [];
        session.fromPartition("trusting").setCertificateVerifyProc((request, callback) => {
          const { hostname, certificate, verificationResult } = request;
          asked.push([hostname, certificate.issuerName, certificate.issuerCert.subjectName, verificationResult]);
          callback(certificate.issuerName === rootName ? 0 : -2);
        });
        session.fromPartition("refusing").setCertificateVerifyProc((_request, callback) => callback(-2));
        return [await load("trusting"), asked[0], await load("refusing"), await load("plain")];
      },
      { url: `${server.origin}/`, rootName: server.rootName },
    );
    expect(outcome[0]).toBe("none");
    expect(outcome[1]).toEqual(["127.0.0.1", server.rootName, server.rootName, "net::ERR_CERT_AUTHORITY_INVALID"]);
    expect(outcome.slice(2)).toEqual([expect.stringMatching(/^ERR_/), "ERR_CERT_AUTHORITY_INVALID"]);
  } finally {
    await server.close();
  }
});

test("a server that wants a password is told to the app, and gets what the app answers", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const server = await startPlain();
  try {
    const outcome = await app.evaluate(async ({ app: program, BrowserWindow }, url) => {
      const load = async (): Promise<string> => {
        const window = new BrowserWindow({ show: false, webPreferences: { partition: `login-${Math.random()}` } });
        await window.loadURL(url);
        const text = (await window.webContents.executeJavaScript("document.body.innerText")) as string;
        window.destroy();
        return text;
      };
      const asked: unknown[] = [];
      const refused = await load();
      program.once("login", (event, _contents, details, info, callback) => {
        event.preventDefault();
        asked.push([
          new URL(details.url).pathname,
          details.isRequestForNavigation,
          info.isProxy,
          info.scheme,
          info.realm,
        ]);
        callback();
      });
      const cancelled = await load();
      program.once("login", (event, _contents, _details, _info, callback) => {
        event.preventDefault();
        callback("ada", "secret");
      });
      return { refused, cancelled, answered: await load(), asked };
    }, `${server.origin}/password`);
    expect(outcome).toEqual({
      refused: "refused",
      cancelled: "refused",
      answered: `let in with Basic ${Buffer.from("ada:secret").toString("base64")}`,
      asked: [["/password", true, false, "basic", "conformance"]],
    });
  } finally {
    await server.close();
  }
});

test("main's own requests in a session pass its listener and its handlers", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const server = await startPlain();
  try {
    const outcome = await app.evaluate(async ({ session }, origin) => {
      const own = session.fromPartition("fetching");
      own.protocol.handle("app", () => new Response("own", { headers: { "x-own": "yes" } }));
      own.protocol.handle("file", () => new Response(null, { status: 403 }));
      own.webRequest.onBeforeRequest((details, callback) => callback({ cancel: details.url.endsWith("/no") }));
      const statusOf = async (url: string): Promise<unknown> =>
        own.fetch(url).then(
          ({ status, headers }) => [status, headers.get("x-own")],
          (error: unknown) => /ERR_[A-Z_]+/.exec(String(error))?.[0] ?? String(error),
        );
      return [
        await statusOf("app://conformance/"),
        await statusOf("file:///etc/hostname"),
        await statusOf(`${origin}/yes`),
        await statusOf(`${origin}/no`),
        own.getPreloadScripts(),
        own.isPersistent(),
      ];
    }, server.origin);
    expect(outcome).toEqual([[200, "yes"], [403, null], [200, null], "ERR_BLOCKED_BY_CLIENT", [], false]);
    expect(server.requests).toEqual(["GET /yes"]);
  } finally {
    await server.close();
  }
});
