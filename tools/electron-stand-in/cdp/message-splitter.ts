/**
 * Cuts the byte stream of `--remote-debugging-pipe` into messages. Chromium ends each JSON message with one NUL byte.
 * Parts are kept as they come and joined once, so that a 50 MB message costs one copy.
 */
export class MessageSplitter {
  #parts: Buffer[] = [];

  /** Takes the next chunk and returns the messages that it completes, in order. */
  push(chunk: Buffer): readonly string[] {
    const messages: string[] = [];
    let rest = chunk;
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      this.#parts.push(rest.subarray(0, end));
      messages.push(Buffer.concat(this.#parts).toString("utf8"));
      this.#parts = [];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) this.#parts.push(rest);
    return messages;
  }
}
