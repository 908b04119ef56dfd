import { isHostName, isIpv4, isIpv6 } from "../rules/networks.ts";
import { die, isEmpty, isSet, parts, text } from "../rules/php.ts";
import { phpJson } from "../rules/php-json.ts";
import { cors } from "../rules/settings.ts";
import type { Call } from "../server/call.ts";
import { Raw } from "../server/raw.ts";
import { clearLogOf, type Topic, writes } from "../server/topic.ts";

const methods = ["GET", "POST", "PUT", "DELETE"];

/** Whether a value is an origin as browsers send it: scheme, host and port. */
function isOrigin(value: unknown): boolean {
  if (typeof value === "object" && value !== null) die("a list where an origin is expected");
  const [, host = "", inside, port = ""] =
    /^https?:\/\/(\[([^\]]*)\]|[^\s/?#@:[\]]+)(?::(\d{1,5}))?$/i.exec(text(value)) ?? [];
  const isFine = inside === undefined ? isHostName(host) || isIpv4(host) : isIpv6(inside);
  return isFine && !/^0\d|^0$/.test(port) && Number(port) < 65_536;
}

/** Up to 2026-07, mailcow took names of hosts for origins. */
const isBareHost = (value: unknown): boolean => typeof value !== "object" && isHostName(text(value));

function edit(call: Call): boolean {
  const { db, data } = call;
  const isNew = call.since("2026-07a");
  const { allowed_origins = null, allowed_methods = null } = data;
  const sent = isSet(allowed_origins) ? allowed_origins : isNew ? [`http://${call.hostname}`] : [call.hostname];
  const origins = Array.isArray(sent)
    ? sent
    : text(sent)
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => !isEmpty(line));
  const isFine = (value: unknown) =>
    (value === "*" && (isNew || origins.length > 0)) || (isNew ? isOrigin : isBareHost)(value);
  if (!origins.every(isFine)) return call.danger("cors_invalid_origin");
  const wanted = isSet(allowed_methods) ? allowed_methods : methods;
  const found = Array.isArray(wanted) ? wanted : parts(wanted);
  if (!found.every((method) => method === true || methods.includes(method))) return call.danger("cors_invalid_method");
  db.set(cors, {
    allowed_origins: origins.map((origin) => text(origin).toLowerCase()),
    allowed_methods: found.map(text),
  });
  call.success("cors_headers_edited");
  return true;
}

/** Up to 2025-10a, mailcow went on to the route of the identity provider, and printed the list of entries twice. */
function editTwice(call: Call): Raw | boolean {
  const done = edit(call);
  if (call.since("2025-12")) return done;
  const once = phpJson(call.entries);
  call.danger(["required_data_missing", ""], clearLogOf("identity_provider", "edit")(call.sent));
  return new Raw(once + phpJson(call.entries));
}

export const corsTopic: Topic = {
  actions: { "edit/cors": writes(clearLogOf("cors", "edit"), editTwice) },
};
