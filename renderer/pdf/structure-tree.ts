/**
 * pdf.js turns the tags of a tagged PDF into hidden elements with ARIA roles. Tags are a stranger's, so a table may hold things that
 * are neither rows nor groups of rows (border lines, mostly); a screen reader then loses count. Such a thing without text is
 * hidden from it; when it holds text the table is read as plain text instead.
 */
export function watchStructureTrees(pages: Element): () => void {
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node instanceof Element && node.classList.contains("structTree")) tidyTables(node);
      }
    }
  });
  observer.observe(pages, { childList: true, subtree: true });
  return () => observer.disconnect();
}

const TABLE_PARTS = '[role="table"], [role="rowgroup"], [role="row"]';

function tidyTables(tree: Element): void {
  for (const part of tree.querySelectorAll(TABLE_PARTS)) {
    for (const child of part.querySelectorAll(":scope > :not([role])")) {
      if (hasText(child)) {
        plainText(part);
        break;
      }
      child.removeAttribute("aria-owns");
      child.setAttribute("aria-hidden", "true");
    }
  }
}

function hasText(element: Element): boolean {
  const holders = [element, ...element.querySelectorAll("[aria-owns]")];
  const owned = holders.flatMap((holder) => (holder.getAttribute("aria-owns") ?? "").split(" "));
  return owned.some((id) => (document.getElementById(id)?.textContent.trim() ?? "") !== "");
}

function plainText(part: Element): void {
  const table = part.closest('[role="table"]') ?? part;
  for (const element of [table, ...table.querySelectorAll("[role]")]) element.setAttribute("role", "none");
}
