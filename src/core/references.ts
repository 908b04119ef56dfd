import type { Field, Route } from "../contract.ts";
import { getDomainTemplate } from "../generated/routes/domain-templates.ts";
import { getDomain } from "../generated/routes/domains.ts";
import { getIdentityProvider } from "../generated/routes/identity-provider.ts";
import { getMailboxTemplate } from "../generated/routes/mailbox-templates.ts";
import { getRelayhost } from "../generated/routes/relay-hosts.ts";
import { refusal } from "../refusal.ts";
import type { Api } from "./api.ts";
import { toList } from "./lists.ts";
import type { CallOptions } from "./options.ts";
import { together } from "./together.ts";
import { fieldsWith } from "./walk.ts";

type Topic = NonNullable<Field["unchecked"]>;

/** A field that refers to something, with the id of its target. */
interface Reference {
  readonly topic: Topic;
  readonly field: string;
  readonly id: string;
}

/** What a reference must be, in words, and how to find its target. */
interface Target {
  readonly expected: string;
  readonly find: (api: Api, id: string, call: CallOptions) => Promise<unknown>;
}

const targets: Readonly<Record<Topic, Target>> = {
  "domain-templates": {
    expected: "the id of a domain template that exists",
    find: (api, template, call) => api.call(getDomainTemplate, { template: Number(template) }, call),
  },
  domains: {
    expected: "a domain or an alias domain of this server",
    // For an alias domain, mailcow returns the row of its target.
    find: (api, domain, call) => api.call(getDomain, { domain }, call),
  },
  "identity-provider": {
    expected: '"mailcow", or the kind of the identity provider that is set up',
    find: async (api, kind, call) => {
      if (kind === "mailcow") return true;
      const provider = await api.call(getIdentityProvider, {}, call);
      return "authsource" in provider && provider.authsource === kind;
    },
  },
  "mailbox-templates": {
    expected: "the id of a mailbox template that exists",
    find: (api, template, call) => api.call(getMailboxTemplate, { template: Number(template) }, call),
  },
  "relay-hosts": {
    expected: "the id of a relayhost that exists, or 0 for none",
    find: (api, id, call) => api.call(getRelayhost, { id: Number(id) }, call),
  },
};

/** Refuses a body with references to things that do not exist, if mailcow would not check them. */
export async function checkReferences(
  api: Api,
  { path, body }: Route<never, unknown>,
  sent: unknown,
  call: CallOptions,
): Promise<void> {
  const found = referencesIn(body, sent);
  if (found.length > 0) await together(found, (reference) => checkReference(api, reference, path, call));
}

/** Whether something of a topic exists. */
export const isThere = async (api: Api, topic: Topic, id: string, call: CallOptions): Promise<boolean> =>
  Boolean(await targets[topic].find(api, id, call));

/** Refuses a reference to something that does not exist. */
export async function checkReference(
  api: Api,
  { topic, field, id }: Reference,
  path: string,
  call: CallOptions,
): Promise<void> {
  if (!(await isThere(api, topic, id, call)))
    throw refusal(field, `${targets[topic].expected}; ${id} does not exist`, path);
}

/** The references in a body; 0, `null` and an empty text refer to nothing. */
const referencesIn = (schema: Field | undefined, body: unknown): Reference[] =>
  fieldsWith(schema, body, "unchecked").flatMap(({ name, schema: { unchecked: topic }, value }) =>
    toList(value).flatMap((id) => (topic && Number(id) !== 0 ? [{ topic, field: name, id: String(id) }] : [])),
  );
