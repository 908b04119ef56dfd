import { both, type Fault } from "./fault.ts";
import * as does from "./misdeeds.ts";

const wrong = does.refuses(401, "authentication failed");
const notAllowed = does.refuses(401, "api access denied for ip 192.0.2.7");
const readOnly = does.refuses(403, "API read/write access denied");

/** mailcow refuses the key, and bans the address after about ten such calls. */
export const keyFaults: Fault[] = (["at once", "in turn"] as const).flatMap((ten) => [
  { name: `wrong key, ten calls ${ten}`, does: wrong, ten, ...both({ kind: "auth", reason: "invalid-key" }) },
  {
    name: `address not allowed, ten calls ${ten}`,
    does: notAllowed,
    ten,
    ...both({ kind: "auth", reason: "ip-not-allowed" }),
  },
  {
    name: `wrong key, ten calls ${ten}, of which all shall be sent`,
    does: wrong,
    ten,
    options: { retryKeyAfterMs: 0 },
    ...both({ kind: "auth", reason: "invalid-key", attempts: 10 }),
  },
  {
    name: `key that is wrong from the second call on, ten calls ${ten}`,
    does: wrong,
    after: "warm-up",
    ten,
    // Calls that are under way when the first refusal comes can't be called back.
    ...both({ kind: "auth", reason: "invalid-key", attempts: ten === "at once" ? 10 : 1 }),
  },
  {
    name: `key that may only read, ten calls ${ten}`,
    does: readOnly,
    ten,
    ...both({ kind: "auth", reason: "read-only-key", attempts: 10 }),
  },
  { name: `401 page, ten calls ${ten}`, does: does.gossips(401), ten, ...both({ kind: "http", attempts: 10 }) },
]);
