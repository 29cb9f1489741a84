/** Plain-text tables for terminals, at most 100 columns wide. */

const WIDTH = 100;
const GAP = "  ";
const WAD = 10n ** 18n;
const LEAST_COLUMN = 6;

/** One line of a `table`. */
export interface TableRow {
  readonly label: string;
  readonly value: string;
  readonly note?: string | undefined;
}

/** On which side the cells of a column meet. */
export type Align = "left" | "right";

/**
 * A title, then a line per row: label, value (right-aligned), note. Long notes go on under
 * themselves; a label or value too long for the line is cut with an ellipsis.
 */
export function table(rows: readonly TableRow[], title: string): string {
  const labels = Math.min(44, widest(rows.map(({ label }) => label)));
  const values = Math.min(36, widest(rows.map(({ value }) => value)));
  const room = WIDTH - labels - values - 2 * GAP.length;
  const lines = rows.flatMap(({ label, value, note = "" }) => {
    const [first = "", ...more] = wrap(note, room);
    const start = pad(cut(label, labels), labels) + GAP + pad(cut(value, values), values, "right");
    const indent = " ".repeat(labels + values + GAP.length);
    return [`${start}${GAP}${first}`, ...more.map((words) => `${indent}${GAP}${words}`)];
  });
  return finish([...headed(title), ...lines]);
}

/**
 * A header, a rule, and the rows under it. Columns are as wide as their widest cell; where that
 * passes 100, the widest give way and cut their cells with an ellipsis.
 *
 * @param align per column; left where left out
 */
export function columns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string {
  const cells = header.map((name, i) => [name, ...rows.map((row) => row[i] ?? "")]);
  const widths = shrink(cells.map(widest));
  const write = (row: readonly string[]) =>
    widths.map((width, i) => pad(cut(row[i] ?? "", width), width, align[i])).join(GAP);
  const rule = widths.map((width) => "-".repeat(width)).join(GAP);
  return finish([write(header), rule, ...rows.map(write)]);
}

/**
 * Dollars of a wad: `$12 345.60`, `-$0.50`. Exact, rounded half away from zero, thousands apart by
 * a space.
 *
 * @param decimals places after the point, 0 to 18
 */
export function usd(wad: bigint, decimals = 2): string {
  const text = grouped(wad, decimals);
  return text.startsWith("-") ? `-$${text.slice(1)}` : `$${text}`;
}

/** Per cent of a wad, 1e18 = `100.00 %`. Exact, rounded half away from zero. */
export function percent(wad: bigint, decimals = 2): string {
  return `${grouped(wad * 100n, decimals)} %`;
}

/** The number of a wad: `12 345.60`. Exact, rounded half away from zero. */
export function grouped(wad: bigint, decimals = 2): string {
  const unit = WAD / 10n ** BigInt(decimals);
  const size = wad < 0n ? -wad : wad;
  const digits = ((size + unit / 2n) / unit).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, " ");
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return wad < 0n && /[1-9]/.test(digits) ? `-${text}` : text;
}

function headed(title: string): string[] {
  return title === "" ? [] : [cut(title, WIDTH), "=".repeat(Math.min(WIDTH, lengthOf(title)))];
}

function finish(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function shrink(widths: readonly number[]): number[] {
  const fitted = [...widths];
  const room = WIDTH - GAP.length * (widths.length - 1);
  while (sum(fitted) > room && Math.max(...fitted) > LEAST_COLUMN)
    fitted[fitted.indexOf(Math.max(...fitted))]! -= 1;
  return fitted;
}

function wrap(words: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).map((one) => cut(one, room))) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(`${last} ${word}`) <= room)
      lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}

function pad(cell: string, width: number, align: Align = "left"): string {
  const fill = " ".repeat(Math.max(0, width - lengthOf(cell)));
  return align === "right" ? fill + cell : cell + fill;
}

function cut(words: string, width: number): string {
  const flat = words.replace(/\s/g, " ");
  return lengthOf(flat) <= width ? flat : `${[...flat].slice(0, width - 1).join("")}\u2026`;
}

function widest(cells: readonly string[]): number {
  return Math.max(0, ...cells.map(lengthOf));
}

function lengthOf(words: string): number {
  return [...words].length;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
