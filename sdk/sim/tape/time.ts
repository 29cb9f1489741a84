/**
 * Times of a tape are unix seconds, UTC. Text in, text out; no `Date.now()` anywhere.
 */

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86400;
/** The year of an annualised volatility: 365 days, as the margin model counts it. */
export const YEAR = 365 * DAY;

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(Z|UTC|[+-]\d\d:?\d\d)?)?$/;

/**
 * Unix seconds of an ISO date or datetime. Without a zone it is UTC; parts of a second are cut off.
 *
 * @returns null when the text is no such date, or a date no calendar has (30 February)
 */
export function parseTime(text: string): number | null {
  const match = ISO.exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => +(part ?? 0));
  const clock = [hour!, minute!, second!] as const;
  if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return null;
  const date = Date.UTC(year!, month! - 1, day!) / 1000;
  if (isoTime(date).slice(0, 10) !== text.trim().slice(0, 10)) return null;
  return date + clock[0] * HOUR + clock[1] * MINUTE + clock[2] - offset(match[7]);
}

/** Whether the text names a day and no hour: `2020-03-12`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text.trim());
}

/** `2020-03-12T10:40:00Z` of unix seconds. */
export function isoTime(time: number): string {
  return new Date(time * 1000).toISOString().replace(".000Z", "Z");
}

function offset(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "UTC") return 0;
  const [hours, minutes] = [+zone.slice(1, 3), +zone.slice(-2)];
  return (zone.startsWith("-") ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}
