/** Whether PHP takes a text for an address. */
export const isIpv4 = (value: string): boolean =>
  /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/.test(value) && !/(^|\.)0\d/.test(value);

export function isIpv6(value: string): boolean {
  if (!/^[\da-f:.]+$/i.test(value) || !value.includes(":")) return false;
  try {
    return new URL(`http://[${value}]`).hostname !== "";
  } catch {
    return false;
  }
}

/** Whether a text is an address, or a network such as `192.0.2.0/24`. */
export function isNetwork(value: string): boolean {
  const [address = "", length, ...more] = value.split("/");
  if (length === undefined) return isIpv4(address) || isIpv6(address);
  if (more.length > 0 || !/^\d+$/.test(length)) return false;
  return isIpv4(address) ? Number(length) <= 32 : isIpv6(address) && Number(length) <= 128;
}

/** Whether PHP takes a text for the name of a host. */
export const isHostName = (value: string): boolean =>
  value.length < 254 && /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*\.?$/i.test(value);
