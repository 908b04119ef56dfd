export type Environment = Readonly<Record<string, string | undefined>>;

/** The global objects by which runtimes are distinguished. */
export interface Platform {
  readonly Deno?: unknown;
  readonly process?: {
    readonly type?: unknown;
    readonly env?: Environment;
    readonly versions?: Readonly<Record<string, string | undefined>>;
    getBuiltinModule?(name: string): unknown;
  };
}

export type Runtime = "deno" | "node" | "other";

/**
 * The runtime. Others look like Node: Bun and Deno have all its versions, workerd has empty ones, and pages of Electron
 * have both Node and the `fetch` of a browser.
 */
export function runtimeOf({ Deno, process }: Platform): Runtime {
  if (Deno !== undefined) return "deno";
  const { node, uv, bun } = process?.versions ?? {};
  const isPage = process?.type === "renderer" || process?.type === "worker";
  return node && uv && !bun && !isPage ? "node" : "other";
}
