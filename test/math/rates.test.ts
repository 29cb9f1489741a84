import { expect } from "chai";
import { describe, it } from "mocha";

import { grownRate, isSound, movedRate, soundRate, steadyRate } from "../../sdk/math/RateMath.ts";
import { Status } from "../../sdk/types/Price.ts";

const wad = (n: number) => BigInt(Math.round(n * 1e6)) * 10n ** 12n;
const DAY = 86_400n;

/** R, what the last round said, the highest R, and what governance names. */
const known = (sound: number, heard: number, top = sound, named = 0) => ({
  ...{ sound: wad(sound), heard: wad(heard), top: wad(top), named: wad(named) },
});

describe("the last sound rate", () => {
  it("moves no further than two rounds both say", () => {
    expect(movedRate(known(1.2, 1.2), wad(0.8), 0n)).to.equal(wad(1.2)); // one print
    expect(movedRate(known(1.2, 0.8), wad(1.2), 0n)).to.equal(wad(1.2)); // and back
    expect(movedRate(known(1.2, 0.8), wad(0.7), 0n)).to.equal(wad(0.8)); // the milder of two
    expect(movedRate(known(1.2, 0.7), wad(0.8), 0n)).to.equal(wad(0.8));
    expect(movedRate(known(1.2, 0.8), wad(3), 0n)).to.equal(wad(1.2)); // they disagree
  });

  it("rises by a hundredth of the highest in a day, and by no more however long it takes", () => {
    expect(grownRate(wad(1.2), DAY / 2n)).to.equal(wad(1.206));
    expect(grownRate(wad(1.2), 30n * DAY)).to.equal(wad(1.212));
    expect(movedRate(known(1.2, 3), wad(3), DAY)).to.equal(wad(1.212));
    expect(movedRate(known(1.2, 1.203), wad(1.205), DAY)).to.equal(wad(1.203));
    expect(movedRate(known(0.8, 1.2, 1.2), wad(1.2), 0n)).to.equal(wad(1.2)); // back to where it was
    expect(movedRate(known(1.3, 1.4, 1.2), wad(1.4), 0n)).to.equal(wad(1.3)); // never down for the cap
  });

  it("goes in a day to what governance names", () => {
    expect(soundRate(known(1.2, 1.2, 1.2, 0.8), 0n)).to.equal(wad(1.2));
    expect(soundRate(known(1.2, 1.2, 1.2, 0.8), DAY / 4n)).to.equal(wad(1.1));
    expect(soundRate(known(1.2, 1.2, 1.2, 0.8), 9n * DAY)).to.equal(wad(0.8));
    expect(soundRate(known(1.2, 0.8), DAY)).to.equal(wad(1.2));
  });

  it("stands against a print that is further off than the feed's threshold", () => {
    const print = (price: number) => ({
      ...{ price: wad(price), band: 0n, deviation: wad(0.006), updated: 0, status: Status.Ok },
    });
    const steady = (price: number, face: bigint) => steadyRate(print(price), wad(1.2), face);
    expect([1.194, 1.193, 1.3].map((price) => steady(price, 1n))).to.deep.equal([
      ...[wad(1.194), wad(1.2), wad(1.3)],
    ]);
    expect([1.206, 1.207, 1.1].map((price) => steady(price, -1n))).to.deep.equal([
      ...[wad(1.206), wad(1.2), wad(1.1)],
    ]);
  });

  it("is moved by a good price alone", () => {
    const price = { price: wad(1), band: 0n, deviation: 0n, updated: 0 };
    const sound = Object.values(Status).filter((status) => isSound({ ...price, status }));
    expect(sound).to.deep.equal([Status.Ok]);
    expect(isSound({ ...price, price: 0n, status: Status.Ok })).to.equal(false);
  });
});
