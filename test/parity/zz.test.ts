import { createRandom } from "../../sdk/sim/random.ts";
import { openStateDoor } from "./open.ts";
import { drawScene } from "./scene.ts";
import { ACCOUNT, snapshotOf } from "./snapshotOf.ts";
import { marginOf, standingOf } from "../../sdk/state/margin.ts";
import { maxBorrow } from "../../sdk/preview/maxBorrow.ts";
import { openMarket, endow } from "../preview/openMarket.ts";
describe("t", () => { it("times", async function () { this.timeout(1e6);
 const { judge, timestamp } = await openStateDoor();
 const random = createRandom(1);
 const scenes = Array.from({ length: 150 }, () => drawScene(random, timestamp));
 for (const s of scenes.slice(0,20)) { try { await judge(s) } catch {} }
 let t = performance.now(); const c = process.cpuUsage();
 for (const s of scenes) { try { await judge(s) } catch {} }
 console.log("judge", (performance.now() - t)/150, process.cpuUsage(c).user/150e3);
 const snaps = scenes.map(snapshotOf);
 for (let k=0;k<3;k++) { t = performance.now();
 for (const x of snaps) { try { marginOf(x, ACCOUNT, timestamp); } catch {} }
 console.log("marginOf", (performance.now() - t)/150); }
 const m = await openMarket(); await endow(m, random);
 const s = await m.snapshot(m.accounts);
 for (let k=0;k<4;k++) { t = performance.now();
 for (const id of m.owned) { maxBorrow(s, id, s.block); }
 console.log("maxBorrow", (performance.now() - t)/m.owned.length); }
});});
