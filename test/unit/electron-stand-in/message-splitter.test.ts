import { expect, test } from "vitest";
import { MessageSplitter } from "../../../tools/electron-stand-in/cdp/message-splitter.ts";

test("messages are cut at NUL bytes, wherever the chunks end", () => {
  const stream = Buffer.from('{"id":1}\0{"text":"é"}\0{"id":3}\0');
  for (let size = 1; size <= stream.length; size++) {
    const splitter = new MessageSplitter();
    const messages: string[] = [];
    for (let start = 0; start < stream.length; start += size)
      messages.push(...splitter.push(stream.subarray(start, start + size)));
    expect(messages).toEqual(['{"id":1}', '{"text":"é"}', '{"id":3}']);
  }
});

test("an unfinished message is kept back", () => {
  const splitter = new MessageSplitter();
  expect(splitter.push(Buffer.from("half"))).toEqual([]);
  expect(splitter.push(Buffer.from(" whole\0next"))).toEqual(["half whole"]);
});
