/** What the command line said; set once by boot, before the app's main script runs. */
export interface LaunchState {
  /** The app's folder: where its package.json is. */
  root: string;
  manifest: { readonly name?: string; readonly productName?: string; readonly version?: string };
  readonly switches: Map<string, string>;
}

export const launchState: LaunchState = { root: process.cwd(), manifest: {}, switches: new Map() };
