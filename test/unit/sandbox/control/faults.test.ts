import { expect, test } from "vitest";
import { faultQueue } from "../../../../sandbox/control/faults.ts";
import { textAnswer } from "../../../../sandbox/web/loopback-server.ts";

const work = () => Promise.resolve(textAnswer(200, "fine"));

test("A fault spoils as many answers of its operation as asked, and no other operation's", async () => {
  const faults = faultQueue();
  faults.add({ operation: "tsa", times: 2, status: 503 });
  expect(await faults.apply("ocsp", work)).toMatchObject({ status: 200 });
  expect(await faults.apply("tsa", work)).toMatchObject({ status: 503, body: "" });
  expect(await faults.apply("tsa", work)).toMatchObject({ status: 503 });
  expect(await faults.apply("tsa", work)).toMatchObject({ status: 200, body: "fine" });
});

test("Faults of one operation happen in the order they were added", async () => {
  const faults = faultQueue();
  faults.add({ operation: "tsa", drop: true });
  faults.add({ operation: "tsa", body: { a: 1 } });
  faults.add({ operation: "tsa", delayMilliseconds: 7 });
  expect(await faults.apply("tsa", work)).toEqual({ kind: "drop" });
  expect(await faults.apply("tsa", work)).toMatchObject({ status: 200, body: '{"a":1}' });
  expect(await faults.apply("tsa", work)).toMatchObject({ body: "fine", delayMilliseconds: 7 });
});

test("A server that answers with an error has not done the work", async () => {
  const faults = faultQueue();
  faults.add({ operation: "tsa", status: 500 });
  let done = 0;
  await faults.apply("tsa", () => {
    done += 1;
    return work();
  });
  expect(done).toBe(0);
});

test("An answer can also be lost or replaced after the work was done", async () => {
  const faults = faultQueue();
  let done = 0;
  const counted = () => {
    done += 1;
    return work();
  };
  faults.add({ operation: "idnow/put-order", drop: true, afterWork: true });
  faults.add({ operation: "idnow/put-order", status: 500, afterWork: true });
  faults.add({ operation: "idnow/put-order", headers: { "x-a": "b" }, afterWork: true });
  expect(await faults.apply("idnow/put-order", counted)).toEqual({ kind: "drop" });
  expect(await faults.apply("idnow/put-order", counted)).toMatchObject({ status: 500, body: "" });
  expect(await faults.apply("idnow/put-order", counted)).toMatchObject({ body: "fine", headers: { "x-a": "b" } });
  expect(done).toBe(3);
});

test("Faults are bounded and can be cleared", async () => {
  const faults = faultQueue();
  for (let count = 0; count < 1000; count += 1) faults.add({ operation: "crl", drop: true });
  expect(() => faults.add({ operation: "crl", drop: true })).toThrow(RangeError);
  faults.clear();
  expect(await faults.apply("crl", work)).toMatchObject({ body: "fine" });
});

test("An operation can give the first answer that it ever gave once more, though its work is done", async () => {
  const faults = faultQueue();
  let done = 0;
  const counting = () => Promise.resolve(textAnswer(200, `answer ${(done += 1)}`));
  faults.add({ operation: "itsme/sign-status", after: 1, manner: "earlier" });
  const ask = () => faults.apply("itsme/sign-status", counting);
  expect([await ask(), await ask(), await ask()]).toMatchObject([
    { body: "answer 1" },
    { body: "answer 1" },
    { body: "answer 3" },
  ]);
});

test("An earlier answer is spoilt in every other way that was asked for, too", async () => {
  const faults = faultQueue();
  let done = 0;
  const ask = () => faults.apply("itsme/sign-status", () => Promise.resolve(textAnswer(200, `answer ${(done += 1)}`)));
  faults.add({
    operation: "itsme/sign-status",
    after: 1,
    manner: "earlier",
    delayMilliseconds: 7,
    trickleMilliseconds: 9,
    headers: { "x-a": "b" },
    handshakes: { become: "reset", times: 1 },
  });
  await ask();
  expect(await ask()).toEqual({
    kind: "answer",
    status: 200,
    headers: { "content-type": "text/plain; charset=utf-8", "x-a": "b", connection: "close" },
    body: "answer 1",
    delayMilliseconds: 7,
    leaves: { overMilliseconds: 9 },
  });
});

test("After a replaced answer the connection ends, too, where the next handshakes come to nothing", async () => {
  const faults = faultQueue();
  faults.add({
    operation: "tsa",
    status: 503,
    headers: { "retry-after": "1" },
    trickleMilliseconds: 9,
    handshakes: { become: "expired", times: 1 },
  });
  expect(await faults.apply("tsa", work)).toEqual({
    kind: "answer",
    status: 503,
    headers: { "content-type": "application/json", "retry-after": "1", connection: "close" },
    body: "",
    leaves: { overMilliseconds: 9 },
  });
});
