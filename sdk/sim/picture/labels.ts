/** Where labels go so that none covers another. */

/** Pixels along one direction. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * Moves positions apart, in their order, to at least `gap` between neighbours and within bounds,
 * each as little as that allows.
 */
export function spread(positions: readonly number[], gap: number, bounds: Interval): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]!);
  const moved = [...positions];
  let floor = bounds.from;
  for (const i of order) {
    moved[i] = Math.max(moved[i]!, floor);
    floor = moved[i]! + gap;
  }
  let ceiling = bounds.to;
  for (const i of order.reverse()) {
    moved[i] = Math.min(moved[i]!, ceiling);
    ceiling = moved[i]! - gap;
  }
  return moved;
}

/** A label over a point, to which a stem leads down from its lane. */
export interface Stemmed extends Interval {
  readonly stem: number;
}

/**
 * The lowest lane for each label in which it covers no earlier label or stem, and its stem crosses
 * no earlier label; null where none of `lanes` will do. Lane 0 is at the foot of the stems.
 */
export function placeInLanes(labels: readonly Stemmed[], lanes: number): (number | null)[] {
  const taken: (readonly [lane: number, label: Stemmed])[] = [];
  const numbers = Array.from({ length: lanes }, (_, lane) => lane);
  return labels.map((label) => {
    const isFree = (lane: number) =>
      taken.every(([other, one]) => isClear(lane, label, other, one));
    const lane = numbers.find(isFree);
    if (lane === undefined) return null;
    taken.push([lane, label]);
    return lane;
  });
}

/** An interval of a width around a centre, moved inside the bounds. */
export function around(centre: number, width: number, bounds: Interval): Interval {
  const from = Math.max(bounds.from, Math.min(bounds.to - width, centre - width / 2));
  return { from, to: from + width };
}

function isClear(lane: number, label: Stemmed, other: number, one: Stemmed): boolean {
  if (lane === other) return label.to <= one.from || one.to <= label.from;
  return lane > other ? !covers(one, label.stem) : !covers(label, one.stem);
}

function covers({ from, to }: Interval, at: number): boolean {
  return from < at && at < to;
}
