const authority =
  "its certificate comes from an unknown authority: give it with the option ca, start Node with NODE_EXTRA_CA_CERTS=ca.pem, or install a certificate that clients trust";
const noTls = "the server does not speak TLS there: check the port, or whether baseUrl should begin with http://";

/** What to do about a failed connection, by the code of its error. */
const advice: Readonly<Record<string, string>> = {
  // The words of the platform, which has no code for it.
  "bad port": "`fetch` never connects to that port: choose another one",
  CERT_HAS_EXPIRED: "its certificate has expired: renew it",
  DEPTH_ZERO_SELF_SIGNED_CERT: authority,
  EAI_AGAIN: "DNS does not answer at the moment: check the network and its DNS",
  ECONNREFUSED: "nothing listens there: check the address and the port, and that mailcow is running",
  EHOSTUNREACH: "there is no route to that address: check the network",
  ENETUNREACH: "there is no route to that address: check the network",
  ENOTFOUND: "DNS does not know this name: check baseUrl for a typo",
  EPROTO: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name: use that name in baseUrl",
  ETIMEDOUT: "that address does not answer: check it, and the firewalls on the way",
  HPE_INVALID_CONSTANT:
    "the server does not speak plain HTTP there: check the port, or whether baseUrl should begin with https://",
  SELF_SIGNED_CERT_IN_CHAIN: authority,
  UNABLE_TO_GET_ISSUER_CERT: authority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: authority,
  UND_ERR_CONNECT_TIMEOUT: "that address does not answer: check it, and the firewalls on the way",
};

/** Why a server can't be reached, and what to do if that is known. */
export function withAdvice(reason: string): string {
  const known = Object.hasOwn(advice, reason) ? advice[reason] : undefined;
  return known ? `${reason}: ${known}` : reason;
}
