import { expect } from "chai";
import fc from "fast-check";
import { createRandom, NothingToPick, SeedNotInteger, seedFor } from "../../sdk/sim/random.ts";

const draws = (seed: number, count = 5) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.uniform());
};

describe("random", function () {
  this.timeout(20_000);

  it("gives one stream per seed", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (one, other) => {
        expect(draws(one)).to.deep.equal(draws(one));
        if (one !== other) expect(draws(one)).not.to.deep.equal(draws(other));
      }),
    );
  });

  it("is sfc32 seeded by splitmix32, as the same formulas in Python say", () => {
    expect(draws(1, 2)).to.deep.equal([0.5636717720710586, 0.8959073941886353]);
  });

  it("draws uniforms in [0, 1) with mean 1/2", () => {
    const all = draws(7, 20_000);
    expect(Math.min(...all)).to.be.at.least(0);
    expect(Math.max(...all)).to.be.below(1);
    expect(all.reduce((sum, value) => sum + value) / all.length).to.be.closeTo(0.5, 0.01);
  });

  it("draws normals with mean 0, variance 1 and thin tails", () => {
    const random = createRandom(11);
    const all = Array.from({ length: 20_000 }, () => random.normal());
    const mean = all.reduce((sum, value) => sum + value) / all.length;
    const variance = all.reduce((sum, value) => sum + value * value) / all.length;
    expect(mean).to.be.closeTo(0, 0.03);
    expect(variance).to.be.closeTo(1, 0.04);
    const outside = all.filter((value) => Math.abs(value) > 1.96).length / all.length;
    expect(outside).to.be.closeTo(0.05, 0.01);
  });

  it("shuffles without loss and leaves the list as it was", () => {
    const items = ["alice", "bob", "carol", "dave"];
    const shuffled = createRandom(3).shuffle(items);
    expect(items).to.deep.equal(["alice", "bob", "carol", "dave"]);
    expect([...shuffled].sort()).to.deep.equal(items);
  });

  it("puts each item first as often as any other", () => {
    const random = createRandom(5);
    const firsts = Array.from({ length: 9000 }, () => random.shuffle([0, 1, 2])[0]);
    for (const item of [0, 1, 2])
      expect(firsts.filter((first) => first === item).length).to.be.closeTo(3000, 200);
  });

  it("picks each item", () => {
    const random = createRandom(2);
    const picked = new Set(Array.from({ length: 100 }, () => random.pick(["a", "b", "c"])));
    expect(picked.size).to.equal(3);
    expect(() => random.pick([])).to.throw(NothingToPick);
  });

  it("refuses a seed that is no integer", () => {
    expect(() => createRandom(0.5)).to.throw(SeedNotInteger, "0.5");
    expect(() => createRandom(2 ** 60)).to.throw(SeedNotInteger);
  });

  it("derives different seeds for different names and seeds", () => {
    const seeds = [
      seedFor(1, "ETH"),
      seedFor(1, "BTC"),
      seedFor(2, "ETH"),
      seedFor(1 + 2 ** 20, "ETH"),
    ];
    expect(new Set(seeds).size).to.equal(4);
    for (const seed of seeds) expect(seed).to.satisfy(Number.isSafeInteger);
  });
});
