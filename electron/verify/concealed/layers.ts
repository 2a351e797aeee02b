import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { nameOf, textOf } from "../pdf-text.ts";

/**
 * How a reader may decide whether a layer is shown: by the settings alone, with the author's wishes for the screen or for
 * paper where the settings apply them (ISO 32000-2 8.11.4.4), or with the wishes for the screen in any case, as pdf.js does.
 */
const READINGS = ["settings", "screen", "print", "wishes"] as const;
type Reading = (typeof READINGS)[number];

/** "differs": some programs show it and others do not, or the screen shows another page than paper. */
export type Visibility = "shown" | "hidden" | "differs";

export interface Layer {
  readonly visibility: Visibility;
  /** The groups that are in the way, by their names. */
  readonly names: readonly string[];
}

const UNNAMED = "?";
const SHOWN: Layer = { visibility: "shown", names: [] };
/** SECURITY: an expression of groups can nest, and name a million of them. */
const MAXIMUM_DEPTH = 16;
const MAXIMUM_GROUPS = 20_000;

/** Optional content (ISO 32000-2 8.11) as the document is when it is opened. */
export class Layers {
  private readonly file: PdfFile;
  private readonly states: Readonly<Record<Reading, (group: number) => boolean>>;
  private readonly known = new Map<number, Layer>();

  constructor(file: PdfFile) {
    this.file = file;
    const properties = file.get(file.catalog, "OCProperties");
    const settings = isDict(properties) ? file.get(properties, "D") : null;
    this.states = statesOf(file, isDict(settings) ? settings : undefined);
  }

  /** Of a group or membership dictionary, as written where something belongs to it. */
  layer(object: PdfObject | undefined): Layer {
    const key = isRef(object) ? object.num : undefined;
    const known = key === undefined ? undefined : this.known.get(key);
    if (known !== undefined) {
      return known;
    }
    const layer = this.judge(object);
    if (key !== undefined) {
      this.known.set(key, layer);
    }
    return layer;
  }

  private judge(object: PdfObject | undefined): Layer {
    if (!isDict(this.file.resolve(object))) {
      return SHOWN;
    }
    const shown = READINGS.map((reading) => this.isShown(object, reading));
    if (shown.every(Boolean)) {
      return SHOWN;
    }
    return { visibility: shown.some(Boolean) ? "differs" : "hidden", names: this.namesOf(object) };
  }

  private isShown(object: PdfObject | undefined, reading: Reading): boolean {
    const dict = this.file.resolve(object);
    if (!isDict(dict)) {
      return true;
    }
    if (!isName(this.file.get(dict, "Type"), "OCMD")) {
      return !isRef(object) || this.states[reading](object.num);
    }
    // ISO 32000-2 table 97: an expression goes before the policy.
    const expression = this.file.get(dict, "VE");
    if (isArray(expression)) {
      return this.evaluate(expression, reading, 0);
    }
    const states = groupsOf(this.file, dict.entries.get("OCGs")).map((num) => this.states[reading](num));
    switch (states.length === 0 ? "none" : (nameOf(this.file.get(dict, "P")) ?? "AnyOn")) {
      case "none":
        return true;
      case "AllOn":
        return states.every(Boolean);
      case "AnyOff":
        return !states.every(Boolean);
      case "AllOff":
        return !states.some(Boolean);
      default:
        return states.some(Boolean);
    }
  }

  /** ISO 32000-2 8.11.2.2: [/And …], [/Or …], [/Not x] of groups and expressions. */
  private evaluate(item: PdfObject, reading: Reading, depth: number): boolean {
    const value = this.file.resolve(item);
    if (!isArray(value)) {
      return this.isShown(item, reading);
    }
    if (depth > MAXIMUM_DEPTH || value.length > MAXIMUM_GROUPS) {
      return true;
    }
    const parts = value.slice(1).map((part) => this.evaluate(part, reading, depth + 1));
    switch (nameOf(this.file.resolve(value[0])) ?? "") {
      case "And":
        return parts.every(Boolean);
      case "Or":
        return parts.some(Boolean);
      case "Not":
        return parts[0] !== true;
      default:
        return true;
    }
  }

  private namesOf(object: PdfObject | undefined): readonly string[] {
    const { file } = this;
    const dict = file.resolve(object);
    const members = isDict(dict) && isName(file.get(dict, "Type"), "OCMD") ? membersOf(file, dict) : [dict];
    return [
      ...new Set(members.flatMap((member) => (isDict(member) ? (textOf(file.get(member, "Name")) ?? UNNAMED) : []))),
    ];
  }
}

function membersOf(file: PdfFile, membership: PdfDict): readonly PdfObject[] {
  const expression = file.get(membership, "VE");
  const listed = file.get(membership, "OCGs");
  const found: PdfObject[] = [];
  const pending = [isArray(expression) ? expression : listed];
  for (let next = pending.pop(); next !== undefined && found.length < 32; next = pending.pop()) {
    if (isArray(next)) {
      pending.push(...next.slice(0, 32).map((item) => file.resolve(item)));
    } else if (isDict(next)) {
      found.push(next);
    }
  }
  return found;
}

const groupsOf = (file: PdfFile, object: PdfObject | undefined): readonly number[] => {
  if (isRef(object) && isDict(file.resolve(object))) {
    return [object.num];
  }
  const list = file.resolve(object);
  return (isArray(list) ? list.slice(0, MAXIMUM_GROUPS) : []).flatMap((item) => (isRef(item) ? item.num : []));
};

/** ISO 32000-2 table 99 and 8.11.4.5. */
function statesOf(file: PdfFile, settings: PdfDict | undefined): Readonly<Record<Reading, (group: number) => boolean>> {
  const listed = (key: string): ReadonlySet<number> => new Set(groupsOf(file, settings?.entries.get(key)));
  const [on, off] = [listed("ON"), listed("OFF")];
  const isOff = settings !== undefined && isName(file.get(settings, "BaseState"), "OFF");
  const plain = (group: number): boolean => (isOff ? on.has(group) : !off.has(group));
  const applied = settings === undefined ? NO_WISHES : appliedWishes(file, settings);
  return {
    settings: plain,
    screen: (group) => applied.View.get(group) ?? plain(group),
    print: (group) => applied.Print.get(group) ?? plain(group),
    wishes: (group) => plain(group) && wish(file, group, "View") !== false,
  };
}

interface Wishes {
  readonly View: ReadonlyMap<number, boolean>;
  readonly Print: ReadonlyMap<number, boolean>;
}

const NO_WISHES: Wishes = { View: new Map(), Print: new Map() };

/** /AS: at which event which categories of a group's /Usage decide. */
function appliedWishes(file: PdfFile, settings: PdfDict): Wishes {
  const wishes = { View: new Map<number, boolean>(), Print: new Map<number, boolean>() };
  const list = file.get(settings, "AS");
  for (const item of isArray(list) ? list.slice(0, 100) : []) {
    const application = file.resolve(item);
    const event = isDict(application) ? nameOf(file.get(application, "Event")) : undefined;
    if (!isDict(application) || (event !== "View" && event !== "Print")) {
      continue;
    }
    const categories = file.get(application, "Category");
    for (const category of isArray(categories) ? categories.slice(0, 10) : []) {
      const name = nameOf(file.resolve(category));
      if (name !== "View" && name !== "Print") {
        continue;
      }
      for (const group of groupsOf(file, application.entries.get("OCGs"))) {
        const state = wish(file, group, name);
        if (state !== undefined) {
          // Off wins where several categories apply.
          wishes[event].set(group, state && (wishes[event].get(group) ?? true));
        }
      }
    }
  }
  return wishes;
}

/** ISO 32000-2 table 100: what the author of a group wants; undefined when nothing is said. */
function wish(file: PdfFile, group: number, category: "View" | "Print"): boolean | undefined {
  const dict = file.resolve({ kind: "ref", num: group, gen: 0 });
  const usage = isDict(dict) ? file.get(dict, "Usage") : null;
  const entry = isDict(usage) ? file.get(usage, category) : null;
  const state = isDict(entry) ? nameOf(file.get(entry, `${category}State`)) : undefined;
  return state === undefined ? undefined : state !== "OFF";
}
