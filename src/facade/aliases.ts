import type { MailcowClient } from "../client.ts";
import { MailcowInputError } from "../errors.ts";
import { resultsOf } from "../transport/reply.ts";
import { toAddresses } from "./names.ts";

export async function addAlias(
  api: MailcowClient,
  address: string | readonly string[],
  goto: string | readonly string[],
): Promise<true> {
  const addresses = toAddresses("addAlias", "address", address);
  const targets = toAddresses("addAlias", "goto", goto);
  const own = addresses.find((entry) => targets.some((target) => target.toLowerCase() === entry.toLowerCase()));
  if (own)
    throw new MailcowInputError(
      `addAlias: goto must not hold the address itself (${own}): mailcow would skip it in silence`,
    );
  // Without `active`, mailcow adds an alias that takes no mail.
  const body = { address: addresses.join(","), goto: targets.join(","), active: 1 as const };
  resultsOf(await api.POST("/api/v1/add/alias", { body }));
  return true;
}
