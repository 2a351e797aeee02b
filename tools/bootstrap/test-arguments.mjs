/** In the order they run. */
export const allStages = /** @type {const} */ (["format", "lint", "types", "unit", "integration", "e2e", "interop"]);

/** @typedef {typeof allStages[number]} StageName */

/**
 * `npm test` runs everything; `npm test unit e2e` those; `npm test unit -- test/unit/pdf -t xref` hands the rest to the
 * stage's own tool; `npm test test/unit/pdf` finds the stage by the folder.
 * @param {readonly string[]} args
 * @returns {{stages: readonly StageName[], rest: readonly string[]}}
 */
export function stagesOf(args) {
  const firstOther = args.findIndex((arg) => !isStage(arg));
  const named = (firstOther === -1 ? args : args.slice(0, firstOther)).filter(isStage);
  const rest = (firstOther === -1 ? [] : args.slice(firstOther)).filter((arg, index) => index > 0 || arg !== "--");
  if (named.length > 0) return { stages: allStages.filter((stage) => named.includes(stage)), rest };

  const byFolder = allStages.filter((stage) =>
    rest.some((arg) => arg.replaceAll("\\", "/").replace(/^\.\//u, "").startsWith(`test/${stage}/`)),
  );
  return { stages: byFolder.length > 0 ? byFolder : allStages, rest };
}

/**
 * @param {string} name
 * @returns {name is StageName}
 */
function isStage(name) {
  return allStages.some((stage) => stage === name);
}
