/** What a picture shows. Times are unix seconds, UTC. */

/** What to draw. */
export interface Picture {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** From top to bottom, at least one. */
  readonly panels: readonly Panel[];
  /** Shaded across all panels, with a label above. */
  readonly bands?: readonly Band[] | undefined;
  /** Pixels; 1100 by 900 if left out. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** One plot with a vertical axis of its own. */
export interface Panel {
  readonly title: string;
  /** Of the axis, such as `USD` or `% per year`. */
  readonly unit: string;
  readonly series: readonly Series[];
  /** Times of one moment, as dashed lines in this panel. */
  readonly marks?: readonly Mark[] | undefined;
  /** As the picture's bands: shaded across all panels. */
  readonly bands?: readonly Band[] | undefined;
  /** Values that the axis must reach, such as 0. */
  readonly include?: readonly number[] | undefined;
  /** Height relative to the other panels; 1 if left out. */
  readonly weight?: number | undefined;
}

/** One line, labelled at its right end with its name and last value. */
export interface Series {
  /** The same name has the same colour in every panel. */
  readonly name: string;
  /** [unix seconds, value] in rising time; null, NaN, or 1e15 and beyond leaves a gap. */
  readonly points: readonly (readonly [time: number, value: number | null])[];
  readonly style?: SeriesStyle | undefined;
}

/** How a line looks; all optional. */
export interface SeriesStyle {
  /** A CSS colour instead of the palette's. */
  readonly color?: string | undefined;
  readonly stroke?: "solid" | "dashed" | "dotted" | undefined;
  /** `steps` holds each value until the next, as a price feed does. */
  readonly shape?: "line" | "steps" | "area" | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
}

/** A moment. */
export interface Mark {
  readonly time: number;
  readonly label: string;
}

/** A stretch of time, such as a margin call or an auction. The same label has the same shade. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}
