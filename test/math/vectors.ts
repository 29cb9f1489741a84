import { read } from "../walls/source.ts";

// test/vectors: the normal distribution and Black-76 by mpmath at 50-60 digits (QuantLib 1.29 agrees
// with the latter to 3.6e-16 of the forward), and prices printed in Haug, The Complete Guide to
// Option Pricing Formulas (1998) and Hull, Options, Futures and Other Derivatives.

type Row = Record<string, string>;

/** The rows of a table whose first line names its columns. */
function rowsOf(file: string): Row[] {
  const [head, ...lines] = read(`test/vectors/${file}`).trim().split(/\r?\n/);
  const names = head!.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, i) => [names[i]!, cell])),
  );
}

const integers = (file: string, ...names: string[]) =>
  rowsOf(file).map((row) => names.map((name) => BigInt(row[name]!)));

export const normals = integers("normal_cdf_wad.csv", "x_wad", "cdf_wad_rounded_nearest").map(
  ([x, value]) => ({ x: x!, value: value! }),
);

export const options = integers(
  "black76_wad.csv",
  "forward_wad",
  "strike_wad",
  "vol_wad",
  "seconds",
  "call_wad_nearest",
  "put_wad_nearest",
  "call_delta_wad",
).map(([forward, strike, volatility, elapsed, call, put, delta]) => ({
  forward: forward!,
  strike: strike!,
  volatility: volatility!,
  elapsed: elapsed!,
  call: call!,
  put: put!,
  delta: delta!,
}));

/** `0.25`, `4/12`, or `-` for none. */
function number(text: string): number {
  const [above, below = "1"] = text.split("/");
  return text === "-" ? 0 : Number(above) / Number(below);
}

/** A spot with its rates, or a forward with the rate it is discounted at. */
export const published = rowsOf("published_bs.csv").map((row) => {
  const rate = number(row["r"]!);
  const years = number(row["t"]!);
  const isForward = row["S"]!.startsWith("F=");
  const growth = isForward ? 0 : rate - number(row["q"]!);
  return {
    title: ["source", "type", "S", "K", "t", "vol"]
      .map((name) => row[name]!.slice(0, 30))
      .join(" "),
    isCall: row["type"] === "C",
    forward: number(row["S"]!.replace("F=", "")) * Math.exp(growth * years),
    strike: number(row["K"]!),
    years,
    volatility: number(row["vol"]!),
    discount: Math.exp(-rate * years),
    price: number(row["published"]!),
    lastDigit: 10 ** -(row["published"]!.split(".")[1]?.length ?? 0),
    reference: number(row["reference_50digits"]!),
  };
});
