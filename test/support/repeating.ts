import { createMailcowClient } from "../../src/client.ts";
import { MailcowHttpError } from "../../src/errors.ts";
import { apiKey } from "./client.ts";

/** Where a server, or a `fetch`, may repeat a text of the call. */
export const places: Readonly<Record<string, (text: string) => Response>> = {
  "an error page": (text) => new Response(`<html>${text}</html>`, { status: 500 }),
  "JSON of somebody else's": (text) => Response.json({ error: { [text]: text } }, { status: 418 }),
  "the words of a refusal": (text) => Response.json({ type: "error", msg: text }, { status: 400 }),
  "a name in a refusal": (text) => Response.json({ type: "error", msg: { [text]: [text] } }, { status: 400 }),
  "the words of an answer": (text) => Response.json([{ type: "danger", log: [], msg: ["some_code", text] }]),
  "the code of an answer": (text) => Response.json([{ type: "danger", log: [], msg: text }]),
  "the type of an answer": (text) => Response.json([{ type: text, log: [], msg: "x" }]),
  "a name in an answer": (text) =>
    Response.json([{ type: "success", msg: ["x", { [text]: 1 }], log: { a: { [text]: [] } } }]),
  "an echo": (text) =>
    Response.json([{ type: "success", msg: "x", log: ["relayhost", { note: text, list: [[text]] }] }]),
  "beside an echo": (text) => Response.json([{ type: "success", msg: "x", log: [], debug: { [text]: text } }]),
  "a redirect": (text) => {
    const location = `https://login.example/${encodeURI(text)}`;
    return new Response(null, { status: 302, headers: { Location: location } });
  },
  "the error of a fetch": (text) => {
    throw Object.assign(new TypeError(`can't send ${text}`, { cause: new Error(text) }), { code: text, [text]: text });
  },
  "the AbortError of a fetch": (text) => {
    throw Object.assign(new DOMException(`gave up on ${text}`, "AbortError"), { [text]: text });
  },
  "an AbortError of another class": (text) => {
    throw Object.assign(new Error(text, { cause: text }), { name: "AbortError", config: { headers: [text] } });
  },
  "an error of this library from a fetch": (text) => {
    throw new MailcowHttpError(text, 500, text, { request: { method: text, path: text }, cause: new Error(text) });
  },
  "what a fetch throws": (text) => {
    throw { toString: () => text };
  },
};

/** What becomes of a write with a password whose answer holds a text: an error, or its data. */
export async function saidOf(place: string, text: string, password: string): Promise<unknown> {
  const fetch = async () => {
    const answer = places[place];
    if (!answer) throw new Error(`there is no place called ${place}`);
    return answer(text);
  };
  const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch });
  const body = { hostname: "relay.example.com", username: "u", password };
  return api.POST("/api/v1/add/relayhost", { body }).then(
    ({ data, error }) => ({ data, error }),
    (error: unknown) => error,
  );
}
