import { idOf } from "../rules/ids.ts";
import { bound, column, die, escaped, isEmpty, isNumeric, isSet, text } from "../rules/php.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, reads, type Topic } from "../server/topic.ts";
import { type Table, table } from "../state.ts";

interface ClientRow {
  readonly id: number;
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uri: string | null;
  readonly grant_types: null;
  readonly scope: string;
  readonly user_id: null;
}
const rows: Table<ClientRow> = table<ClientRow>("oauth_clients", "id");

function addClient(call: Call): void {
  const { db, data } = call;
  const uri = data["redirect_uri"];
  const redirect_uri = isSet(uri) ? column(bound(uri), 2000) : null;
  const [client_id, client_secret] = [db.random(12), db.random(24)];
  const rest = { grant_types: null, scope: "profile", user_id: null };
  db.in(rows).put({ id: db.nextId(rows), client_id, client_secret, redirect_uri, ...rest });
  call.success("Added client access");
}

function editClients(call: Call): unknown {
  const { db, data } = call;
  for (const item of call.items) {
    const now = db.in(rows).find(idOf(item));
    if (!now) return call.danger("access_denied");
    const uri = isEmpty(data["redirect_uri"]) ? now.redirect_uri : data["redirect_uri"];
    const isRevoked = isSet(data["revoke_tokens"]);
    const isRenewed = !isRevoked && isSet(data["renew_secret"]);
    if (!isRevoked && !isRenewed && isEmpty(uri)) {
      call.danger("Redirect/Callback URL cannot be empty");
      continue;
    }
    // Nobody logs in here, so there are no tokens to revoke.
    if (!isRevoked && !isNumeric(bound(item))) die("not an id");
    if (isRenewed) db.in(rows).set(now.id, { client_secret: db.random(24) });
    else if (!isRevoked) db.in(rows).set(now.id, { redirect_uri: column(bound(uri), 2000) });
    call.success(["object_modified", escaped(text(item))]);
  }
  return true;
}

/** The last id is named once, whatever was deleted. */
function deleteClients(call: Call): void {
  for (const item of call.items)
    if (isNumeric(item)) call.db.in(rows).remove(idOf(item));
    else call.danger("access_denied");
  call.success(["items_deleted", escaped(text(call.items.at(-1)))]);
}

export const oauth2Clients: Topic = {
  actions: {
    "add/oauth2-client": adds(clearLogOf("oauth2", "add", "client"), addClient),
    "edit/oauth2-client": changes("id", clearLogOf("oauth2", "edit", "client"), editClients),
    "delete/oauth2-client": changes("id", clearLogOf("oauth2", "delete", "client"), deleteClients),
    "get/oauth2-client/all": reads(({ db }) => db.in(rows).all()),
    "get/oauth2-client/{id}": reads(({ db, params }) => db.in(rows).find(idOf(params["id"]))),
  },
};
