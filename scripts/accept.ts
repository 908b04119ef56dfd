/**
 * `npm run accept -- addDomain [...]`: says that someone has looked at these corrections against what mailcow's spec
 * says now. `--all` accepts every correction.
 */
import { Failure, run } from "./lib/cli.ts";
import { buildContract } from "./lib/contract.ts";
import { files, toJson, writeAtomically } from "./lib/files.ts";
import type { Pins } from "./lib/pins.ts";

await run(async (names) => {
  if (names.length === 0) throw new Failure("accept: name the operations, such as: npm run accept -- addDomain");
  const { corrected, pins } = await buildContract();
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
    if (chosen && pins[upstream]?.sha256 !== pin.sha256) console.log(`accepted ${upstream}`);
  }
  await writeAtomically(files.pins, toJson(accepted));
});
