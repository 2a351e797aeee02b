// Asks an address once with the program's own HTTP client and prints what came of it: for tests that need another
// process, with its own system store or without a network.
import { createHttpClient } from "../../../electron/net/http-client.ts";

const [url = ""] = process.argv.slice(2);
const client = createHttpClient({ timeouts: { requestMilliseconds: 10_000 } });
const outcome = await client.request({ method: "GET", url });
await client.close();
process.stdout.write(outcome.ok ? String(outcome.value.status) : JSON.stringify(outcome.failure));
