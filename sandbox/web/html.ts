import type { WebAnswer } from "./loopback-server.ts";

/** A piece of HTML that is safe to write as it is. */
export interface Html {
  readonly html: string;
}

/** Builds HTML; every value that is not `Html` already is escaped. SECURITY: the only way text gets into a page. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  let text = parts[0] ?? "";
  for (const [index, value] of values.entries()) {
    text += render(value) + (parts[index + 1] ?? "");
  }
  return { html: text };
}

function render(value: string | number | Html | readonly Html[]): string {
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  if ("html" in value) return value.html;
  return value.map((part) => part.html).join("");
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

export interface PageOptions {
  readonly language: string;
  readonly title: string;
  /** In the head, after title and style. */
  readonly head?: Html;
  readonly body: Html;
  readonly status?: number;
  /** Origins besides the page's own that a form may end up at (a form's redirect counts as its action). */
  readonly formTargets?: readonly string[];
}

/** A whole page. Its policy allows nothing but the server's own style, script and forms. */
export function htmlAnswer(options: PageOptions): WebAnswer {
  const page = html`<!doctype html>
    <html lang="${options.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${options.title}</title>
        <link rel="stylesheet" href="/assets/practice.css" />
        <link rel="icon" href="data:," />
        ${options.head ?? html``}
      </head>
      <body>
        ${options.body}
      </body>
    </html> `;
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src data:",
    `form-action ${["'self'", ...(options.formTargets ?? [])].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
  return {
    kind: "answer",
    status: options.status ?? 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-frame-options": "DENY",
      // Not "no-referrer": browsers would then send "Origin: null" with our own forms.
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
    },
    body: page.html,
  };
}
