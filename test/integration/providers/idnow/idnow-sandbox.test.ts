import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHttpClient } from "../../../../electron/net/http-client.ts";
import type { HttpClient } from "../../../../electron/net/http-client.ts";
import { createIdnowProvider } from "../../../../electron/providers/idnow/create-idnow-provider.ts";
import { idnowProfileSchema } from "../../../../electron/providers/idnow/idnow-profile.ts";
import type { IdnowProfileInput } from "../../../../electron/providers/idnow/idnow-profile.ts";
import type {
  DocumentToSend,
  FlowInteraction,
  SealedRecords,
  SigningProvider,
} from "../../../../electron/providers/provider.ts";
import { certificatesFrom, verifyFile } from "../../../../electron/verify/verify-file.ts";
import { simplePdf } from "../../../../sandbox/idnow/simple-pdf.ts";
import type { Sandbox } from "../../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../../sandbox/start-sandbox.ts";
import type { IdnowDetails } from "../../../../shared/order-details.ts";
import { driveIdnow } from "../../../unit/providers/idnow/drive-idnow.ts";
import type { DriveOptions, DriveOutcome } from "../../../unit/providers/idnow/drive-idnow.ts";
import { answer, erika, jan, willing } from "../../../unit/providers/idnow/flow-bench.ts";

/** The whole flow over real HTTPS against the practice IDnow, which was written from the manual and not from our client. */
