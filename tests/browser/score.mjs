/* Counts and prints verdicts, as tests/site/sites.py does for the other tests. */

export class Score {
  passed = 0;
  failed = 0;

  verdict(name, faults) {
    if (faults.length === 0) {
      this.passed++;
      if (process.env.VERBOSE) console.log(`ok   ${name}`);
      return;
    }
    this.failed++;
    console.log(`FAIL ${name}`);
    for (const fault of faults.slice(0, 12)) console.log(`     ${fault}`);
    if (faults.length > 12) console.log(`     and ${faults.length - 12} more`);
  }

  add(other) {
    this.passed += other.passed;
    this.failed += other.failed;
  }

  /* Prints the line that runners read; the exit status. */
  finish() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed ? 1 : 0;
  }
}

/* Equal faults become one, with where: [[where, what], ...] -> lines.  `all`: how many places there are. */
export function gathered(faults, all = Infinity) {
  const places = new Map();
  for (const [where, what] of faults) places.set(what, [...(places.get(what) ?? []), where]);
  const told = (where) => (where.length >= all ? "everywhere"
    : where.slice(0, 8).join("; ") + (where.length > 8 ? `; and ${where.length - 8} more` : ""));
  return [...places].map(([what, where]) => `${what} (${told(where)})`);
}

/* Runs `work(item)` over all items, `width` at a time; results in the order of the items. */
export async function each(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async (number) => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i], number);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, (_, n) => worker(n)));
  return results;
}
