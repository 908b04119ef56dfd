import type { Database } from "../state.ts";
import { answerOf } from "./answers.ts";

/** Whether a container runs: all do, unless a test says otherwise in `get/status/containers`. */
export function isRunning(db: Database, service: string): boolean {
  const containers = answerOf(db, "get/status/containers") as Readonly<Record<string, { state?: string }>> | null;
  return (containers?.[`${service}-mailcow`]?.state ?? "running") === "running";
}
