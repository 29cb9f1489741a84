/** How far something has come. */
interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly all: number;
  readonly note?: string;
}

/** What a progress bar writes to. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;

/** One line that fills up on a terminal; a line per tenth elsewhere. */
export function progressBar(out: Terminal): (progress: Progress) => void {
  let last = "";
  return (progress) => {
    const line = lineOf(progress);
    const tenth = `${progress.stage} ${Math.floor((10 * progress.done) / progress.all)}`;
    if (out.isTTY) out.write(`\r${line}\u001b[K${progress.done === progress.all ? "\n" : ""}`);
    else if (tenth !== last) out.write(`${line}\n`);
    last = tenth;
  };
}

function lineOf({ stage, done, all, note = "" }: Progress): string {
  const filled = Math.round((WIDTH * done) / all);
  const bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
  return `${stage.padEnd(9)} [${bar}] ${done}/${all}  ${note}`.trimEnd();
}
