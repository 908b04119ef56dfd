import { join } from "node:path";
import { Failure, type Place } from "../cli.ts";
import { buildContract } from "../contract.ts";
import { files, toJson, writeAtomically } from "../files.ts";
import type { Pins } from "../pins.ts";

/** Pins the corrections of these operations to what mailcow's spec says now. */
export async function accept(names: string[], { folder, say }: Place): Promise<void> {
  if (names.length === 0) throw new Failure("accept: name the operations, such as: npm run accept -- addDomain");
  const { corrected, pins } = await buildContract(folder);
  const all = names.includes("--all");
  const unknown = names.filter(
    (name) => name !== "--all" && !corrected.some(({ operationIds }) => operationIds.includes(name)),
  );
  if (unknown.length > 0) {
    throw new Failure(`accept: ${unknown.join(", ")} corrects no operation of mailcow's spec`);
  }

  const accepted: Pins = {};
  for (const { upstream, operationIds, pin } of corrected) {
    const chosen = all || operationIds.some((id) => names.includes(id));
    const kept = chosen ? pin : pins[upstream];
    if (kept) accepted[upstream] = kept;
    if (chosen && pins[upstream]?.sha256 !== pin.sha256) say(`accepted ${upstream}`);
  }
  await writeAtomically(join(folder, files.pins), toJson(accepted));
}
