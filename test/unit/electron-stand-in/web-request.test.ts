import { expect, test } from "vitest";
import { WebRequest } from "../../../tools/electron-stand-in/network/web-request.ts";

test("without a listener nothing is decided", async () => {
  const webRequest = new WebRequest(() => {});
  expect(await webRequest.beforeRequest.ask({ url: "https://example.org/" })).toBeUndefined();
});

test("the last listener of an event wins, and null takes it away", async () => {
  const webRequest = new WebRequest(() => {});
  webRequest.onBeforeRequest((_details, callback) => callback({ cancel: true }));
  webRequest.onBeforeRequest((_details, callback) => callback({ cancel: false }));
  expect(await webRequest.beforeRequest.ask({ url: "https://example.org/" })).toEqual({ cancel: false });
  webRequest.onBeforeRequest(null);
  expect(await webRequest.beforeRequest.ask({ url: "https://example.org/" })).toBeUndefined();
});

test.each([
  ["https://example.org/*", "https://example.org/a?b=c", true],
  ["https://example.org/*", "https://example.org.evil.test/", false],
  ["*://*.example.org/*", "http://www.example.org/x", true],
  ["https://example.org/a.b", "https://example.org/aXb", false],
  ["<all_urls>", "app://bundle/", true],
])("the filter %s for %s matches: %s", async (pattern, url, matches) => {
  const webRequest = new WebRequest(() => {});
  webRequest.onBeforeRequest({ urls: [pattern] }, (_details, callback) => callback({ cancel: true }));
  expect(await webRequest.beforeRequest.ask({ url })).toEqual(matches ? { cancel: true } : undefined);
});

test("responses are looked at only once somebody listens to their headers", () => {
  let asked = 0;
  const webRequest = new WebRequest(() => asked++);
  webRequest.onHeadersReceived(null);
  expect(asked).toBe(0);
  webRequest.onHeadersReceived((_details, callback) => callback({}));
  expect(asked).toBe(1);
});
