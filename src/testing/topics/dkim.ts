import { addDkim, fakeKeys, isSelector, selectorOf } from "../rules/dkim.ts";
import { isDomain } from "../rules/names.ts";
import { escaped, int, isEmpty, list, text } from "../rules/php.ts";
import { publicKeyOf } from "../rules/rsa-keys.ts";
import type { Call } from "../server/call.ts";
import { adds, changes, clearLogOf, reads, type Topic } from "../server/topic.ts";
import type { Database } from "../state.ts";
import { dkimKeys } from "../tables.ts";

/** The sizes that mailcow tells keys by, with the longest public key that it takes for one. */
const sizes = [
  ["1024", 390],
  ["2048", 563],
  ["3072", 735],
  ["4096", 1415],
] as const;

function details(db: Database, domain: string | undefined): unknown {
  const key = db.in(dkimKeys).find(domain);
  if (!key) return undefined;
  const { pubkey, selector } = key;
  const [length] = sizes.find(([, longest]) => pubkey.length <= longest) ?? [">= 8192"];
  return { pubkey, length, dkim_txt: `v=DKIM1;k=rsa;t=s;s=email;p=${pubkey}`, dkim_selector: selector, privkey: "" };
}

function duplicateKey(call: Call): unknown {
  const { db, data } = call;
  const from = data["from_domain"];
  const key = db.in(dkimKeys).find(text(from));
  if (!key) return call.danger(["dkim_domain_or_sel_invalid", from ?? null]);
  for (const to of list(data["to_domain"])) {
    if (isEmpty(to)) continue;
    db.in(dkimKeys).put({ ...key, domain: text(to) });
    call.success(["dkim_duplicated", from, to]);
  }
  return true;
}

/** A key is read as far as its frame, and RSA keys get their true public key; other kinds get one that is made up. */
function importKey(call: Call): unknown {
  const { db, data } = call;
  const pem = text(data["private_key_file"]).trim().replace(/\r\n?/g, "\n");
  const kind = /^-----BEGIN ([A-Z ]*PRIVATE KEY)-----\n[^-]*\n-----END \1-----$/m.exec(pem)?.[1];
  if (kind === undefined) return call.danger(["private_key_error", "error:1E08010C:DECODER routines::unsupported"]);
  if (kind.startsWith("ENCRYPTED"))
    return call.danger(["private_key_error", "error:1C800064:Provider routines::bad decrypt"]);
  const domain = data["domain"];
  const selector = selectorOf(data);
  if (!isDomain(domain)) return call.danger(["dkim_domain_or_sel_invalid", domain ?? null]);
  const name = text(domain);
  if (db.in(dkimKeys).find(name) && int(data["overwrite_existing"]) === 0)
    return call.danger(["dkim_domain_or_sel_exists", domain]);
  if (!isSelector(selector)) return call.danger(["dkim_domain_or_sel_invalid", domain]);
  deleteKeys(call, [domain], clearLogOf("dkim", "delete")({ domains: domain }));
  const pubkey = publicKeyOf(pem) ?? fakeKeys(db, 1024).pubkey;
  db.in(dkimKeys).put({ domain: name, selector: text(selector), pubkey, privkey: pem });
  call.success(["dkim_added", domain]);
  return true;
}

function deleteKeys(call: Call, names: readonly unknown[], log?: readonly unknown[]): void {
  for (const name of names) {
    if (!isDomain(name)) {
      call.danger(["dkim_domain_or_sel_invalid", name], log);
      continue;
    }
    call.db.in(dkimKeys).remove(text(name));
    call.success(["dkim_removed", escaped(text(name))], log);
  }
}

/** Keys outlive their domains. mailcow lists none, and tells no private key. */
export const dkim: Topic = {
  actions: {
    "add/dkim": adds(clearLogOf("dkim", "add"), (call) => addDkim(call, call.data)),
    "add/dkim_duplicate": adds(clearLogOf("dkim", "duplicate"), duplicateKey),
    "add/dkim_import": adds(clearLogOf("dkim", "import"), importKey),
    "delete/dkim": changes("domains", clearLogOf("dkim", "delete"), (call) => deleteKeys(call, call.items)),
    "get/dkim/{domain}": reads(({ db, params }) => details(db, params["domain"])),
  },
};
