const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const upper = lower.toUpperCase();
const special = "!#*+-.:=?@_";

/** Cryptographically random text in which every character is equally likely. */
function randomText(length: number, alphabet: string): string {
  const limit = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

/** A password with letters of both cases, digits and special characters, which meets every policy but its length. */
export function randomPassword(length: number): string {
  for (;;) {
    const password = randomText(length, lower + upper + digits + special);
    if ([/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].every((kind) => kind.test(password))) return password;
  }
}

/** A user name in lower case, as mailcow stores it. */
export function randomUsername(): string {
  return randomText(1, lower) + randomText(11, lower + digits);
}
