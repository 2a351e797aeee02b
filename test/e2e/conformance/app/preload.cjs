// The preload of the conformance program. Sandboxed preloads are CommonJS and may require little more than electron.
const { contextBridge, ipcRenderer, webUtils } = require("electron");

ipcRenderer.send("early");

const samples = {
  undefined: undefined,
  null: null,
  true: true,
  text: "Ünïcödé \u0000 \u{1F58B}",
  integer: 42,
  "negative zero": -0,
  NaN: NaN,
  infinity: -Infinity,
  bigint: 2n ** 80n,
  date: new Date(1_700_000_000_123),
  regexp: /a[b]+/gi,
  array: [1, [2, undefined], null],
  nested: { a: { b: { $type: "not a tag", c: undefined } } },
  map: new Map([["k", { v: new Set([1, "two"]) }]]),
  set: new Set([new Date(5)]),
  bytes: Uint8Array.from([0, 1, 254, 255]),
  view: new Uint8Array(Uint8Array.from([9, 8, 7, 6, 5]).buffer, 1, 3),
  floats: Float64Array.from([0.5, -1.25]),
  buffer: Uint8Array.from([1, 2, 3]).buffer,
  data: new DataView(Uint8Array.from([1, 2, 3, 4]).buffer),
};

/** Deep equality as structured clone keeps it. */
function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const tag = Object.prototype.toString.call(a);
  if (tag !== Object.prototype.toString.call(b)) return false;
  if (a instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof ArrayBuffer) return same(new Uint8Array(a), new Uint8Array(b));
  if (a instanceof DataView) return same(new Uint8Array(a.buffer), new Uint8Array(b.buffer));
  if (a instanceof Map || a instanceof Set) return same([...a], [...b]);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** Sends every sample through IPC and back; answers the names of those that came back different. */
async function roundTrip() {
  const changed = [];
  for (const [name, sample] of Object.entries(samples)) {
    const [back] = await ipcRenderer.invoke("echo", sample);
    if (!same(sample, back)) changed.push(name);
  }
  return changed;
}

/** What a rejection looks like in the preload itself. */
async function failureOf(channel, ...values) {
  try {
    await ipcRenderer.invoke(channel, ...values);
    return "nothing was thrown";
  } catch (error) {
    return { isError: error instanceof Error, message: error.message };
  }
}

function streamOrder(count, length) {
  return new Promise((resolve) => {
    const seen = [];
    const listener = (_event, index, bytes) => {
      seen.push([index, bytes === null ? null : bytes.byteLength]);
      if (seen.length < count) return;
      ipcRenderer.removeListener("stream", listener);
      resolve(seen);
    };
    ipcRenderer.on("stream", listener);
    ipcRenderer.send("stream", count, length);
  });
}

function exposeTwice() {
  try {
    contextBridge.exposeInMainWorld("bridge", {});
    return "nothing was thrown";
  } catch (error) {
    return error.message;
  }
}

contextBridge.exposeInMainWorld("bridge", {
  sampleNames: Object.keys(samples),
  roundTrip,
  failureOf,
  failWithFunction: () => failureOf("echo", () => {}),
  streamOrder,
  exposeTwice,
  invoke: (channel, ...values) => ipcRenderer.invoke(channel, ...values),
  send: (channel, ...values) => ipcRenderer.send(channel, ...values),
  subscribe: (channel, listener) => {
    const wrapped = (_event, ...values) => listener(...values);
    ipcRenderer.on(channel, wrapped);
    return () => ipcRenderer.off(channel, wrapped);
  },
  pathOf: (file) =>
    ipcRenderer.invoke("echo", webUtils.getPathForFile(file), { nested: [webUtils.getPathForFile(file)] }),
  nested: {
    add: (a, b) => a + b,
    fail: () => {
      throw new TypeError("thrown in the preload");
    },
    later: async (value) => value,
    reject: async () => {
      throw new TypeError("rejected in the preload");
    },
    callBack: (callback) => callback(20) + 1,
    list: [{ value: 1 }],
  },
  sandboxed: process.sandboxed,
  isolated: process.contextIsolated,
});
