import { bound, type Data, decoded, given, int, isEmpty, isSet, lower, text } from "../rules/php.ts";
import { identityProvider } from "../rules/settings.ts";
import type { Call } from "../server/call.ts";
import { clearLogOf, type Log, reads, type Topic, writes } from "../server/topic.ts";
import { type Database, type Setting, setting } from "../state.ts";
import { mailboxes } from "../tables.ts";

/** Whether providers let mailcow in. They are outside, so this is for a test to say, in a snapshot that it restores. */
const isReachable: Setting<boolean> = setting("identity_provider/reachable", true);

const yes = (data: Data, name: string): boolean => !isEmpty(data[name]);
const filled = (data: Data, name: string, otherwise: string | null): string | null =>
  isEmpty(data[name]) ? otherwise : bound(data[name]);
const minutes = (data: Data): number => Math.max(1, isEmpty(data["sync_interval"]) ? 15 : int(data["sync_interval"]));

const always = (data: Data): Data => ({
  ignore_ssl_error: yes(data, "ignore_ssl_error"),
  login_provisioning: yes(data, "login_provisioning"),
});
const synced = (data: Data): Data => ({
  periodic_sync: given(data, "periodic_sync", 0),
  import_users: given(data, "import_users", 0),
  sync_interval: minutes(data),
});
const asSent = (data: Data, ...names: readonly string[]): Data =>
  Object.fromEntries(names.map((name) => [name, data[name]]));

/** What each kind of provider stores, in the order in which mailcow looks for what is missing. */
const kinds: Readonly<Record<string, (data: Data) => Data>> = {
  keycloak: (data) => ({
    server_url: isEmpty(data["server_url"]) ? null : text(data["server_url"]).replace(/(?<!\/)\/+$/, ""),
    ...asSent(data, "realm", "client_id", "client_secret", "redirect_url", "version"),
    mailpassword_flow: given(data, "mailpassword_flow", 0),
    ...synced(data),
    ...always(data),
  }),
  "generic-oidc": (data) => ({
    authorize_url: filled(data, "authorize_url", null),
    token_url: filled(data, "token_url", null),
    ...asSent(data, "client_id", "client_secret", "redirect_url"),
    userinfo_url: filled(data, "userinfo_url", null),
    client_scopes: filled(data, "client_scopes", "openid profile email mailcow_template"),
    ...always(data),
  }),
  ldap: (data) => ({
    host: isEmpty(data["host"]) ? "" : text(data["host"]).replaceAll(" ", ""),
    port: isEmpty(data["port"]) ? 389 : int(data["port"]),
    ...asSent(data, "basedn"),
    username_field: isEmpty(data["username_field"]) ? "mail" : lower(data["username_field"]),
    filter: filled(data, "filter", ""),
    attribute_field: isEmpty(data["attribute_field"]) ? "" : lower(data["attribute_field"]),
    ...asSent(data, "binddn", "bindpass"),
    ...synced(data),
    use_ssl: yes(data, "use_ssl"),
    use_tls: !yes(data, "use_ssl") && yes(data, "use_tls"),
    ...always(data),
  }),
};
const lists = ["redirect_url_extra", "mappers", "templates"];
const flags = ["use_ssl", "use_tls", "login_provisioning", "ignore_ssl_errors"];

/** Whether a mailbox has its password from another provider than this one. */
const isInUse = (db: Database, kind?: string): boolean =>
  db
    .in(mailboxes)
    .all()
    .some(({ authsource }) => authsource !== "mailcow" && authsource !== kind);

/** A list without its empty values; the names of the others stay, so gaps make it an object. */
const withoutEmpty = (value: unknown): object => {
  const all = Object.entries(typeof value === "object" && value !== null ? value : [value]);
  return decoded(Object.fromEntries(all.filter(([, member]) => !isEmpty(member)))) as object;
};
const sizeOf = (value: object): number => Object.keys(value).length;

function edit(call: Call): boolean {
  const { db, data } = call;
  if (!isSet(data["authsource"])) return call.danger(["required_data_missing", ""]);
  const authsource = lower(data["authsource"]);
  const fields = kinds[authsource]?.(data);
  if (!fields) return call.danger(["invalid_authsource", null]);
  if (isInUse(db, authsource)) return call.danger(["authsource_in_use", null]);
  const missing = Object.keys(fields).find((name) => !isSet(fields[name]));
  if (missing) return call.danger(["required_data_missing", missing]);
  const { redirect_url_extra, default_template, mappers, templates } = data;
  const pairs = { mappers: withoutEmpty(mappers), templates: withoutEmpty(templates) };
  const hasPairs = isSet(mappers) && isSet(templates) && sizeOf(pairs.mappers) === sizeOf(pairs.templates);
  db.set(identityProvider, {
    ...db.get(identityProvider),
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, bound(value)])),
    authsource,
    ...(isSet(redirect_url_extra) && { redirect_url_extra: withoutEmpty(redirect_url_extra) }),
    ...(isSet(default_template) && { default_template: isEmpty(default_template) ? "" : bound(default_template) }),
    ...(hasPairs && pairs),
    access_token: "",
  });
  call.success(["object_modified", ""]);
  return true;
}

function test({ db, data }: Call): boolean {
  const { authsource } = data;
  if (typeof authsource !== "string" || !Object.hasOwn(kinds, authsource)) return true;
  const needed = authsource === "ldap" ? ["host", "port", "basedn", "binddn", "bindpass"] : [];
  return needed.every((name) => yes(data, name)) && db.get(isReachable);
}

function remove(call: Call): boolean {
  if (isInUse(call.db)) return call.danger(["authsource_in_use", null]);
  call.db.set(identityProvider, {});
  call.success(["item_deleted", ""]);
  return true;
}

function shown({ db }: Call): Data {
  const stored = db.get(identityProvider);
  const values = Object.entries(stored).map(([name, value]) => [
    name,
    flags.includes(name) ? !isEmpty(value) : lists.includes(name) ? value : text(value),
  ]);
  return {
    login_provisioning: 1,
    ...Object.fromEntries(values),
    ...(stored.authsource === "ldap" && { ignore_ssl_errors: false }),
  };
}

const log: Log = (sent) => {
  const masked = { ...sent } as Data;
  for (const name of ["client_secret", "access_token"]) if (isSet(masked[name])) masked[name] = "*";
  return clearLogOf("identity_provider", "edit")(masked);
};

export const identityProviders: Topic = {
  actions: {
    "edit/identity-provider": writes(log, edit),
    "edit/identity-provider-test": writes(() => [], test),
    "delete/identity-provider": writes(() => ["identity_provider", "delete", null], remove),
    "get/identity-provider": reads(shown),
  },
};
