// The address of a node can hold a key: in its path, its query, its user, even its host's first label.

const ADDRESS = /\b(?:https?|wss?):\/*[^\s"'<>`\\]+/gi;
const HIDDEN = "***";
const SHORTEST = 4; // characters that may be a key
const IP = /^(?:\d+\.){3}\d+$/;

/**
 * A text in which no key of a node's address stands. Of an address in it the end of the host is left; of
 * `secrets`, which need not be addresses at all, nothing that could be a key.
 */
export function withoutKeys(text: string, secrets: readonly string[] = []): string {
  const hidden = secrets.flatMap(keysOf).toSorted((a, b) => b.length - a.length);
  const plain = text.replace(ADDRESS, shownAddress);
  return hidden.reduce((left, key) => left.replaceAll(key, HIDDEN), plain);
}

function shownAddress(address: string): string {
  if (!URL.canParse(address)) return HIDDEN;
  const { protocol, host, pathname, search, username, password } = new URL(address);
  const more = pathname.length > 1 || [search, username, password].some((part) => part !== "");
  return `${protocol}//${shownHost(host)}${more ? `/${HIDDEN}` : ""}`;
}

/** A machine's number, a plain name, or the last two labels of a longer one. */
function shownHost(host: string): string {
  const [name = "", port] = host.split(":");
  const labels = name.split(".");
  const shown =
    IP.test(name) || labels.length < 3 ? name : `${HIDDEN}.${labels.slice(-2).join(".")}`;
  return port === undefined ? shown : `${shown}:${port}`;
}

/** The whole of it, and each word of it but those of the host's end. */
function keysOf(secret: string): string[] {
  const host = hostOf(secret);
  const words = [secret, unescaped(secret)].flatMap((one) => one.match(/[\w~-]+/g) ?? []);
  const keys = words.filter((word) => word.length >= SHORTEST && !isPublic(word, host));
  return keys.length === 0 ? [] : [secret, ...keys];
}

function isPublic(word: string, host: string): boolean {
  if (/^(?:https?|wss?|localhost)$/i.test(word)) return true;
  return IP.test(host) || host.split(".").slice(-2).includes(word.toLowerCase());
}

/** What names the machine, as far as an address that may not parse lets one see. */
function hostOf(address: string): string {
  const rest = address.trim().replace(/^[a-z]*:?\/*/i, "");
  const host = rest.split(/[/?#]/)[0]!.split("@").at(-1)!.replace(/:\d+$/, "");
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host) ? host.toLowerCase() : "";
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
