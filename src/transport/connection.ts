const authority =
  "its certificate is of an unknown authority: start Node with NODE_EXTRA_CA_CERTS=ca.pem, or give the server one that is known";
const noTls = "no TLS is spoken there: check the port, or whether baseUrl should begin with http://";

/** What to do about a connection that failed, by the code of its error. */
const advice: Readonly<Record<string, string>> = {
  // In the words of the platform, which has no code for it.
  "bad port": "no `fetch` sends anything to that port: check it",
  CERT_HAS_EXPIRED: "its certificate has expired: renew it",
  DEPTH_ZERO_SELF_SIGNED_CERT: authority,
  EAI_AGAIN: "the name can't be looked up now: check the network and its DNS",
  ECONNREFUSED: "nothing listens there: check the address and the port, and that mailcow is running",
  EHOSTUNREACH: "there is no way to that address: check the network",
  ENETUNREACH: "there is no way to that address: check the network",
  ENOTFOUND: "the name has no address: check baseUrl for a typing error",
  EPROTO: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name: use that name in baseUrl",
  ETIMEDOUT: "no answer from that address: check the address, and the firewalls on the way",
  HPE_INVALID_CONSTANT: "no HTTP is spoken there: check the port, or whether baseUrl should begin with https://",
  SELF_SIGNED_CERT_IN_CHAIN: authority,
  UNABLE_TO_GET_ISSUER_CERT: authority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: authority,
  UND_ERR_CONNECT_TIMEOUT: "no answer from that address: check the address, and the firewalls on the way",
};

/** Why a server can't be reached, with what to do about it where that is known. */
export function withAdvice(reason: string): string {
  const known = Object.hasOwn(advice, reason) ? advice[reason] : undefined;
  return known ? `${reason}: ${known}` : reason;
}
