/** SVG elements as strings. Every text and attribute is escaped here and nowhere else. */

/** Attribute names to values; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** `<name a="1">children</name>`; children are elements made here, or escaped text. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? pixel(value) : escape(value!)}"`)
    .join("");
  if (children.length === 0) return `<${name}${written}/>`;
  return `<${name}${written}>${children.join("")}</${name}>`;
}

/** Text as XML, without the control characters that XML forbids. */
export function escape(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/** Pixels from the left and from the top. */
export type At = readonly [x: number, y: number];

/** A straight line. */
export function line([x1, y1]: At, [x2, y2]: At, look: Attributes): string {
  return element("line", { x1, y1, x2, y2, ...look });
}

/** A text; it is escaped. */
export function text(x: number, y: number, words: string, look: Attributes): string {
  return element("text", { x, y, ...look }, escape(words));
}

/** A number of pixels, to a tenth. */
export function pixel(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** About how wide a text is in a common sans-serif: an em is 0.58 of the size on average. */
export function widthOf(words: string, size: number): number {
  return [...words].length * size * 0.58;
}

/** The text, cut with an ellipsis if it is wider than it may be. */
export function fit(words: string, size: number, most: number): string {
  const letters = [...words];
  if (widthOf(words, size) <= most) return words;
  const count = Math.max(1, Math.floor(most / (size * 0.58)) - 1);
  return `${letters.slice(0, count).join("").trimEnd()}\u2026`;
}
