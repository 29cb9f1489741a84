import { expect } from "chai";
import { escape, fit, pixel } from "../../../sdk/sim/picture/svg.ts";

describe("svg", () => {
  it("escapes what XML reserves and drops what it forbids", () => {
    expect(escape(`a<b>&"'\u0001`)).to.equal("a&lt;b&gt;&amp;&quot;&#39;");
  });

  it("cuts a text to its room, with an ellipsis", () => {
    expect(fit("margin call", 16, 200)).to.equal("margin call");
    expect(fit("margin call", 16, 70)).to.equal("margin\u2026");
  });

  it("writes pixels to a tenth", () => {
    expect(pixel(1 / 3)).to.equal("0.3");
    expect(pixel(2)).to.equal("2");
  });
});
