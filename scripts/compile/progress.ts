const PATIENCE = 10_000; // ms without news

export interface Progress {
  /** Says on stderr how long `work` took, and every ten seconds without news what is waited for. */
  during<T>(name: string, work: Promise<T>): Promise<T>;
}

/** Progress of compiling `total` files. */
export function progress(total: number): Progress {
  const begun = new Map<string, number>();
  let done = 0;
  let said = Date.now();
  const say = (line: string) => {
    said = Date.now();
    process.stderr.write(`${line}\n`);
  };
  const timed = (name: string) => {
    const seconds = Math.round((Date.now() - begun.get(name)!) / 1_000);
    return `${name.replace("project/", "")} (${seconds} s)`;
  };
  const wait = () => {
    if (Date.now() - said < PATIENCE) return;
    say(`compiling ${[...begun.keys()].map(timed).join(", ")}`);
  };
  return {
    async during(name, work) {
      begun.set(name, Date.now());
      const timer = setInterval(wait, 1_000);
      try {
        return await work;
      } finally {
        clearInterval(timer);
        done += 1;
        say(`compiled ${done} of ${total}: ${timed(name)}`);
        begun.delete(name);
      }
    },
  };
}
