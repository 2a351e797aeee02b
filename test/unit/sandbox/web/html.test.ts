import { expect, test } from "vitest";
import { html, htmlAnswer } from "../../../../sandbox/web/html.ts";

test("Text is escaped, finished HTML is not", () => {
  const evil = `<script>"&'`;
  expect(html`<p title="${evil}">${evil} ${html`<b>${1}</b>`}${[html`<i></i>`]}</p>`.html).toBe(
    '<p title="&lt;script&gt;&quot;&amp;&#39;">&lt;script&gt;&quot;&amp;&#39; <b>1</b><i></i></p>',
  );
});

test("A page's policy lets in nothing but the server's own files", () => {
  const answer = htmlAnswer({ language: "en", title: "T", body: html``, formTargets: ["https://partner.example"] });
  const policy = answer.kind === "answer" ? answer.headers["content-security-policy"] : "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("form-action 'self' https://partner.example;");
  expect(policy).not.toContain("unsafe");
  expect(policy).not.toContain("*");
});
