import type { Declaration, Twin } from "./twin/Twin.ts";

const WINDOW = 8;

function windowAt(tokens: string[], at: number): string {
  const before = tokens.slice(Math.max(0, at - WINDOW), at).join(" ");
  const behind = tokens.slice(at + 1, at + 1 + WINDOW).join(" ");
  return `${before} ›${tokens[at] ?? "(end)"}‹ ${behind}`;
}

/** Where two lists part, with what stands around it in each; none if they agree. */
function parting(what: string, left: string[], right: string[]): string[] {
  const length = Math.max(left.length, right.length);
  const at = Array.from({ length }, (_, i) => i).find((i) => left[i] !== right[i]);
  if (at === undefined) return [];
  return [`${what}\n    sol: ${windowAt(left, at)}\n    ts:  ${windowAt(right, at)}`];
}

function differ(left: Declaration, right: Declaration): string[] {
  const { name } = left;
  return [
    ...parting(`${name}, what it takes`, left.fields, right.fields),
    ...parting(`${name}, what it returns`, [left.returns], [right.returns]),
    ...parting(name, left.body, right.body),
  ];
}

/** How two declaration lists differ, one line of words each; none if they are twins. */
export function differences(left: Declaration[], right: Declaration[]): string[] {
  const titles = (all: Declaration[]) => all.map(({ kind, name }) => `${kind} ${name}`);
  const twins = left.flatMap((declaration) => {
    const twin = right.find(
      ({ name, kind }) => name === declaration.name && kind === declaration.kind,
    );
    return twin ? differ(declaration, twin) : [];
  });
  return [...parting("the list of declarations", titles(left), titles(right)), ...twins];
}

/** How two files differ: what they take from where, and what they declare. */
export function twinDifferences(left: Twin, right: Twin): string[] {
  return [
    ...parting("the list of imports", left.imports, right.imports),
    ...differences(left.declarations, right.declarations),
  ];
}
