import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";

/** DER, as much as a certificate takes. */
const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: number[]): Buffer => der(6, Buffer.from(bytes));
const bits = (bytes: Uint8Array): Buffer => der(3, Buffer.from([0]), bytes);
const named = (name: string): Buffer => sequence(der(0x31, sequence(oid(0x55, 4, 3), der(12, Buffer.from(name)))));
const extension = (id: number, isCritical: boolean, value: Uint8Array): Buffer =>
  sequence(oid(0x55, 0x1d, id), ...(isCritical ? [der(1, Buffer.from([255]))] : []), der(4, value));
const pem = (name: string, bytes: Buffer): string =>
  `-----BEGIN ${name}-----\n${bytes.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END ${name}-----\n`;

const ecdsa = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
const always = sequence(der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("491231235959Z")));

function certificate(name: string, key: KeyObject, issuer: string, by: KeyObject, extensions: Buffer[]): string {
  const content = sequence(
    der(0xa0, der(2, Buffer.from([2]))),
    der(2, Buffer.from([name.length])),
    ecdsa,
    named(issuer),
    always,
    named(name),
    key.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  return pem("CERTIFICATE", sequence(content, ecdsa, bits(sign("sha256", content, by))));
}

/** An authority that nobody knows, and the certificate and key that it made for 127.0.0.1 and localhost. */
export function certificates(): { ca: string; cert: string; key: string } {
  const [root, leaf] = [
    generateKeyPairSync("ec", { namedCurve: "P-256" }),
    generateKeyPairSync("ec", { namedCurve: "P-256" }),
  ];
  // Told apart by their names.
  const authority = `Authority ${randomUUID()}`;
  const isAuthority = extension(19, true, sequence(der(1, Buffer.from([255]))));
  const names = sequence(der(0x82, Buffer.from("localhost")), der(0x87, Buffer.from([127, 0, 0, 1])));
  return {
    ca: certificate(authority, root.publicKey, authority, root.privateKey, [isAuthority]),
    cert: certificate("Test", leaf.publicKey, authority, root.privateKey, [extension(17, false, names)]),
    key: String(leaf.privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}
