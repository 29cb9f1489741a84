/** Axes: from values to pixels, and the ticks between. */

/** One axis. */
export interface Scale {
  /** The pixel of a value. */
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
  /** A single value, finer than the ticks by a digit. */
  readonly format: (value: number) => string;
}

/** One tick of an axis. */
export interface Tick {
  readonly value: number;
  readonly label: string;
  /** A second line under the label: the date, on the first tick of a day. */
  readonly under?: string;
}

/** The lowest and highest of some values. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

const THIN_SPACE = "\u2009";
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const TIME_STEPS = [
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 365].map((days) => days * DAY),
];
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const MARGIN = 0.06;
const HARDLY = 1e-9;
const LEAST = 1e-9;
const TICK_EVERY = 36;
const TIME_TICK_EVERY = 88;
const MILLION = 1e6;

/** Lowest and highest of the values that are finite; null if there is none. */
export function extentOf(values: readonly number[]): Extent | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : null;
}

/** A vertical axis between two pixels (`bottom` > `top`), a little wider than its values. */
export function valueScale({ low, high }: Extent, bottom: number, top: number): Scale {
  const pad = padding({ low, high });
  const [from, to] = [low - pad, high + pad];
  const step = niceStep((to - from) / Math.max(2, (bottom - top) / TICK_EVERY));
  const most = Math.max(Math.abs(from), Math.abs(to));
  const [label, format] = [formatter(step, most), formatter(step / 10, most)];
  const ticks = multiples(from, to, step).map((value) => ({ value, label: label(value) }));
  const at = (value: number) => bottom - ((value - from) / (to - from)) * (bottom - top);
  return { at, ticks, format };
}

/** Room above and below; values that hardly differ get an axis wide enough to have ticks. */
function padding({ low, high }: Extent): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const isFlat = high - low <= Math.max(size * HARDLY, LEAST);
  return isFlat ? Math.max(size * MARGIN, LEAST) : (high - low) * MARGIN;
}

/** The shared time axis, in unix seconds, UTC. */
export function timeScale({ low, high }: Extent, left: number, right: number): Scale {
  const [from, to] = low === high ? [low - HOUR / 2, high + HOUR / 2] : [low, high];
  const most = Math.max(2, Math.floor((right - left) / TIME_TICK_EVERY));
  const step =
    TIME_STEPS.find((size) => (to - from) / size <= most) ?? niceStep((to - from) / most);
  const at = (time: number) => left + ((time - from) / (to - from)) * (right - left);
  return { at, ticks: timeTicks(multiples(from, to, step), step, at), format: dateTime };
}

/** `12 Mar 2020 10:40`, UTC. */
export function dateTime(time: number): string {
  return `${date(time)} ${clock(time)}`;
}

/** A number with a thin space between thousands. */
export function grouped(value: number, decimals: number): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  const text = fraction === undefined ? spaced : `${spaced}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `\u2212${text}` : text;
}

function timeTicks(times: readonly number[], step: number, at: Scale["at"]): Tick[] {
  if (step >= DAY) return times.map((value) => ({ value, label: date(value) }));
  const midnight = times.find((time) => time % DAY === 0) ?? Infinity;
  return times.map((value, i) => {
    const isDated = value % DAY === 0 || (i === 0 && at(midnight) - at(value) > TIME_TICK_EVERY);
    return { value, label: clock(value), ...(isDated ? { under: date(value) } : {}) };
  });
}

function multiples(from: number, to: number, step: number): number[] {
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((size) => size * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function formatter(step: number, most: number): (value: number) => string {
  const unit = most >= 10 * MILLION ? MILLION : 1;
  const decimals = placesOf(step / unit);
  return (value) => grouped(value / unit, decimals) + (unit === 1 ? "" : `${THIN_SPACE}M`);
}

function placesOf(step: number): number {
  for (let places = 0; places < 15; places++) {
    const scaled = step * 10 ** places;
    if (scaled > 0.5 && Math.abs(scaled - Math.round(scaled)) < 1e-6) return places;
  }
  return 15;
}

function clock(time: number): string {
  return new Date(time * 1000).toISOString().slice(11, 16);
}

function date(time: number): string {
  const at = new Date(time * 1000);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}
