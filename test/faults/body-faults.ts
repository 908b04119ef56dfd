import { expect } from "vitest";
import { both, type Fault, repeated } from "./fault.ts";
import * as does from "./misdeeds.ts";

const reply = both({ kind: "reply" });
const network = repeated({ kind: "network" });
const tooLong = both({ kind: "reply", message: /maxReplyBytes.*100000 bytes/ });
const limited = { options: { maxReplyBytes: 100_000 } };
/** Both an entry of a write, and a row of a read. */
const added = '[{"domain_name":"d","type":"success","log":[],"msg":["mailbox_added","ann@example.com"]}]';
const rows = (row: object) => ({ answer: [row] });
const ann = { answer: expect.objectContaining({ local_part: "ann", domain: "example.com" }) };
const chunked = { "Transfer-Encoding": "chunked" };
const packed = { "Content-Encoding": "gzip" };
const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

/** The server answers 200, with something that is none of mailcow's, or is none of it whole. */
export const bodyFaults: Fault[] = [
  { name: "nothing", does: does.swallows, read: { kind: "auth", reason: "no-key" }, write: { kind: "reply" } },
  { name: "blanks", does: does.says(" \n"), read: { kind: "auth", reason: "no-key" }, write: { kind: "reply" } },
  { name: "a page", does: does.gossips(200), ...both({ kind: "reply", message: /HTML page/ }) },
  { name: "text that is no JSON", does: does.says(does.gossip), ...reply },
  { name: "half a JSON text", does: does.says('[{"type":"succ'), ...both({ kind: "reply", message: /cut off/ }) },
  { name: "null", does: does.says("null"), ...reply },
  { name: "a number", does: does.says("17"), ...reply },
  { name: "a string", does: does.says(JSON.stringify(does.gossip)), ...reply },
  { name: "true", does: does.says("true"), ...reply },
  { name: "an empty list", does: does.says("[]"), read: { answer: [] }, write: { kind: "reply" } },
  { name: "an empty object", does: does.says("{}"), read: { answer: [] }, write: { kind: "reply" } },
  {
    name: "a refusal with 200",
    does: does.says(`{"type":"error","msg":${JSON.stringify(does.gossip)}}`),
    ...both({ kind: "rejected" }),
  },
  {
    name: "success and, later, danger, with secrets in the echo",
    does: does.says(
      added.replace("]}]", `]},{"domain_name":"d","type":"danger","log":[${JSON.stringify(does.gossip)}],"msg":"x"}]`),
    ),
    read: { answer: expect.any(Array) },
    write: { kind: "rejected" },
  },
  {
    name: "a code that is the password",
    does: does.says(`[{"domain_name":"d","type":"danger","log":[],"msg":[${JSON.stringify(does.secrets.password)}]}]`),
    read: { answer: expect.any(Array) },
    write: { kind: "rejected" },
  },
  {
    name: "invalid UTF-8",
    does: does.says(Buffer.from('["\xfc"]', "latin1")),
    ...both({ kind: "reply", message: /UTF-8/ }),
  },
  { name: "UTF-8 cut within a character", does: does.says(Buffer.from('["ü"]').subarray(0, 3)), ...reply },
  { name: "a byte-order mark", does: does.says(`\uFEFF${added}`), read: { answer: expect.any(Array) }, write: ann },
  { name: "UTF-16", does: does.says(Buffer.from(`\uFEFF${added}`, "utf16le")), ...reply },
  {
    name: "nested a hundred thousand deep",
    does: does.says(deep(100_000)),
    ...both({ kind: "reply", message: /deeper/ }),
  },
  { name: "deep and cut off", does: does.says("[".repeat(100_000)), ...reply },
  { name: "nested deeper than PHP can", does: does.says(deep(513)), ...reply },
  {
    name: "small, and of millions of values once unpacked",
    does: does.reply(200, { headers: packed, body: does.gzip(`[${"{},".repeat(800_000)}{}]`) }),
    ...both({ kind: "reply", message: /more than 1048576 values/ }),
  },
  {
    name: "of millions of names",
    does: does.reply(200, { headers: packed, body: does.gzip(`[${'{"":0},'.repeat(530_000)}{}]`) }),
    ...both({ kind: "reply", message: /values and names/ }),
  },
  {
    name: "an echo of secrets under names that are secrets",
    does: does.says(
      JSON.stringify([
        {
          domain_name: "d",
          type: "danger",
          msg: ["x", { [does.secrets.password]: 1 }],
          log: [{ [does.gossip]: does.gossip }],
        },
      ]),
    ),
    read: { answer: expect.any(Array) },
    write: { kind: "rejected" },
  },
  {
    name: "a type that is the password",
    does: does.says(JSON.stringify([{ domain_name: "d", type: does.secrets.password, msg: "x", log: [] }])),
    read: { answer: expect.any(Array) },
    write: { kind: "rejected" },
  },
  { name: "too long", does: does.says(`["${"x".repeat(100_000)}"]`), ...limited, ...tooLong },
  { name: "without end", does: does.floods(200), ...limited, ...tooLong },
  {
    name: "small, and too long once unpacked",
    does: does.reply(200, { headers: packed, body: does.gzip(" ".repeat(5_000_000)) }),
    ...limited,
    ...tooLong,
  },
  {
    name: "packed",
    does: does.reply(200, { headers: packed, body: does.gzip(added) }),
    read: { answer: expect.any(Array) },
    write: ann,
  },
  { name: "gzip that is none", does: does.reply(200, { headers: packed, body: added }), ...network },
  {
    name: "gzip, cut short",
    does: does.reply(200, { headers: packed, body: does.gzip(added).subarray(0, 50) }),
    ...reply,
  },
  {
    name: "a member twice",
    does: does.says('[{"domain_name":"a","domain_name":"b","type":"success","type":"danger","msg":"x"}]'),
    read: rows({ domain_name: "b", type: "danger", msg: "x" }),
    write: { kind: "rejected" },
  },
  {
    name: "__proto__ with the answer in it",
    does: does.says('[{"domain_name":"d","__proto__":{"type":"success","msg":"x","polluted":1}}]'),
    read: rows({ domain_name: "d" }),
    write: { kind: "reply" },
  },
  {
    name: "__proto__ and constructor beside the answer",
    does: does.says(
      '[{"domain_name":"d","constructor":{"prototype":{"polluted":1}},"\\u005f_proto__":{"polluted":1},"type":"error","msg":"x"}]',
    ),
    read: { answer: expect.any(Array) },
    write: { kind: "rejected" },
  },
  {
    name: "a toString that is none",
    does: does.says('[{"domain_name":"d","type":"danger","msg":[{"toString":1}]}]'),
    read: { answer: expect.any(Array) },
    write: { kind: "rejected" },
  },
  { name: "a length that is too long", does: does.breaksOff(200, { "Content-Length": "999" }, added), ...network },
  {
    name: "a length that is too short",
    does: does.reply(200, { headers: { "Content-Length": "9" }, body: added }),
    ...network,
    overFetch: reply,
  },
  {
    name: "a length that is none",
    does: does.reply(200, { headers: { "Content-Length": "x" }, body: added }),
    ...network,
  },
  {
    name: "a length and chunks",
    does: does.reply(200, { headers: { ...chunked, "Content-length": "2" }, body: "0\r\n\r\n" }),
    ...network,
  },
  { name: "chunks that break off", does: does.breaksOff(200, chunked, "5\r\n[{}, "), ...network },
  { name: "chunks of no size", does: does.breaksOff(200, chunked, "zz\r\n[]\r\n0\r\n\r\n"), ...network },
  { name: "chunks without the last", does: does.breaksOff(200, chunked, "2\r\n[]\r\n"), ...network },
  { name: "no length, and cut off", does: does.breaksOffAfter('HTTP/1.0 200 OK\r\n\r\n[{"type"'), ...reply },
  { name: "204", does: does.reply(204), read: { kind: "auth", reason: "no-key" }, write: { kind: "reply" } },
];
