import { noMarkupInjection } from "../../../build/lint/markup-injection.ts";
import { checkRule } from "./check-rule.ts";

checkRule(
  "no-markup-injection",
  noMarkupInjection,
  [
    ["renderer/row.tsx", "element.textContent = name;"],
    ["renderer/row.tsx", "const row = <p>{name}</p>;"],
    ["renderer/row.tsx", "const text = element.innerHTML;"],
    ["sandbox/web/server.ts", "response.write(body);"],
    ["test/e2e/window.spec.ts", "element.innerHTML = name;"],
  ],
  [
    ["renderer/row.tsx", "element.innerHTML = name;"],
    ["renderer/row.tsx", "element.outerHTML = name;"],
    ["renderer/row.tsx", 'element.insertAdjacentHTML("beforeend", name);'],
    ["renderer/row.tsx", "document.write(name);"],
    ["renderer/row.tsx", "const row = <p dangerouslySetInnerHTML={{ __html: name }} />;"],
    ["renderer/row.tsx", "const row = <iframe srcDoc={name} />;"],
    ["renderer/row.tsx", "element.setHTMLUnsafe(name);"],
  ],
);
