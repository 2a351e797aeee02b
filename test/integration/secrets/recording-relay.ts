import { createServer, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

export interface RelayParts {
  readonly target: string;
  readonly serverKeyPem: string;
  readonly serverCertificatePem: string;
  readonly targetCaPem: string;
  readonly clientCertificatePem: string;
  readonly clientKeyPem: string;
  /** What the practice account has in the place of a planted secret: the relay changes one for the other on the way. */
  readonly exchange?: (text: string) => string;
  /** Told of every answer's body. */
  readonly onAnswer: (body: Buffer) => void;
}

export interface Relay {
  readonly url: string;
  /** Values that came in this header. */
  readonly headerValues: (name: string) => readonly string[];
  /** Bodies and headers of all requests. */
  readonly heard: () => string;
}

/** An organisation's relay: its own address in front of the provider's, the same paths, and what passes is told to the test. */
export async function recordingRelay(parts: RelayParts): Promise<Relay> {
  const requests: { readonly headers: IncomingMessage["headers"]; readonly body: string }[] = [];
  const target = new URL(parts.target);
  const exchange = parts.exchange ?? ((text) => text);
  const server = createServer({ key: parts.serverKeyPem, cert: parts.serverCertificatePem }, (incoming, answer) => {
    void pass(incoming, answer).catch(() => answer.destroy());
  });
  const pass = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = await collected(incoming);
    requests.push({ headers: incoming.headers, body: body.toString("latin1") });
    const { host: _host, "content-length": _length, connection: _connection, ...headers } = incoming.headers;
    const changed = Buffer.from(exchange(body.toString("latin1")), "latin1");
    const authorization = headers.authorization === undefined ? {} : { authorization: exchange(headers.authorization) };
    const outgoing = httpsRequest({
      host: target.hostname,
      port: target.port,
      path: incoming.url,
      method: incoming.method,
      headers: { ...headers, ...authorization, "content-length": changed.length },
      ca: parts.targetCaPem,
      cert: parts.clientCertificatePem,
      key: parts.clientKeyPem,
      agent: false,
    });
    outgoing.on("error", () => answer.destroy());
    outgoing.end(changed);
    const response = await new Promise<IncomingMessage>((resolve) => outgoing.once("response", resolve));
    const back = await collected(response);
    parts.onAnswer(back);
    answer.writeHead(response.statusCode ?? 502, response.headers).end(back);
  };
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    headerValues: (name) => requests.flatMap(({ headers }) => headers[name] ?? []),
    heard: () => requests.map(({ headers, body }) => `${JSON.stringify(headers)}\n${body}`).join("\n"),
  };
}

async function collected(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
