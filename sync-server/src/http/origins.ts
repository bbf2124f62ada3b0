import { isLoopback } from '../config.ts';

/** A page of a browser extension. Which one cannot be known: the bearer token it must show is what counts. */
export function isExtension(origin: string): boolean {
  return /^(?:chrome|moz)-extension:\/\/[A-Za-z0-9-]+$/.test(origin);
}

/** The server's own pages. On this machine `localhost` and `127.0.0.1` are two names of one. */
export function isOwn(origin: string, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const [from, own] = [new URL(origin), new URL(publicUrl)];
  if (from.origin === own.origin) return true;
  const sameDoor = from.protocol === own.protocol && from.port === own.port;
  return sameDoor && isLoopback(from.hostname) && isLoopback(own.hostname);
}
