import { openBench, borrower } from "./test/gas/scenarios.ts";
import { encodeFunctionData } from "viem";
import { accountId } from "./sdk/types/Ids.ts";
const n = Number(process.argv[2] ?? 1);
const b = await openBench();
const owner = b.wallets[5]!.account.address;
await borrower(b as any, owner, n, 5000);
const fn = process.argv[3] ?? "health";
const data = encodeFunctionData({ abi: b.door.abi, functionName: fn as any, args: [accountId(owner)] as any });
const hash = await b.wallets[0]!.sendTransaction({ to: b.door.address, data, gas: 3_000_000n });
const t: any = await b.connection.provider.request({ method: "debug_traceTransaction", params: [hash, { disableMemory: true, disableStack: true }] } as any);
const by: Record<string, [number, number]> = {};
const byDepth: Record<string, number> = {};
const logs = t.structLogs;
for (let i = 0; i < logs.length; i++) {
  const l = logs[i]; const next = logs[i + 1];
  let cost = l.gasCost;
  if (next && next.depth > l.depth) cost = 0; // call overhead counted roughly below
  const k = l.op + (l.op === "SLOAD" ? (l.gasCost > 200 ? "cold" : "warm") : "");
  by[k] ??= [0, 0]; by[k][0]++; by[k][1] += cost;
  byDepth[l.depth] = (byDepth[l.depth] ?? 0) + cost;
}
console.log("total", t.gas, logs.length);
console.log(Object.entries(by).sort((a, b) => b[1][1] - a[1][1]).slice(0, 22).map(([k, v]) => `${k} n=${v[0]} gas=${v[1]}`).join("\n"));
console.log(byDepth);
console.log("calls", logs.filter((l: any) => /CALL/.test(l.op) && l.op !== "CALLER" && !/CALLDATA|CALLVALUE/.test(l.op)).map((l: any) => l.op + "@" + l.depth + ":" + l.gasCost).join(" "));
import { readFileSync, readdirSync } from "node:fs";
const art = JSON.parse(readFileSync("artifacts/contracts/logic/Risk.sol/Risk.json", "utf8"));
const id = art.buildInfoId;
const out = JSON.parse(readFileSync(`artifacts/build-info/${id}.output.json`, "utf8")).output;
const r = out.contracts["project/contracts/logic/Risk.sol"].Risk.evm.deployedBytecode;
const byId: Record<number, string> = {};
for (const [k, v] of Object.entries<any>(out.sources)) byId[v.id] = k;
// pc -> instr index
const code = art.deployedBytecode.slice(2).replace(/__\$.{34}\$__/g, "0".repeat(40)); const pcToI: number[] = []; let ii = 0;
for (let pc = 0; pc < code.length / 2; ) { pcToI[pc] = ii++; const op = parseInt(code.slice(pc * 2, pc * 2 + 2), 16); pc += op >= 0x60 && op <= 0x7f ? op - 0x5e : 1; }
const map: [number, number, number][] = []; let s = 0, l = 0, f = 0;
for (const e of r.sourceMap.split(";")) { const p = e.split(":"); if (p[0]) s = +p[0]; if (p[1]) l = +p[1]; if (p[2]) f = +p[2]; map.push([s, l, f]); }
const src: Record<string, Buffer> = {};
function fnOf(file: string, off: number) {
  const path = file.replace("project/", "").replace(/^npm\/(.*?)@[^/]*\//, "node_modules/$1/");
  src[path] ??= (() => { try { return readFileSync(path); } catch { return Buffer.from(""); } })();
  const text = src[path].subarray(0, off + 80).toString();
  const m = [...text.matchAll(/(function|struct) (\w+)/g)].filter((x) => Buffer.byteLength(text.slice(0, x.index)) <= off);
  return path.split("/").pop() + ":" + (m.length ? m[m.length - 1]![2] : "?");
}
const cost: Record<string, [number, number]> = {};
for (let i = 0; i < logs.length; i++) {
  const g = logs[i]; if (g.depth !== 2) continue;
  const next = logs[i + 1]; let c = g.gasCost; if (next && next.depth > g.depth) c = 0; 
  if (g.op === "SLOAD") c = 0;
  const m = map[pcToI[g.pc]!]; if (!m) continue;
  const k = byId[m[2]] ? fnOf(byId[m[2]]!, m[0]) : "generated";
  cost[k] ??= [0, 0]; cost[k][0]++; cost[k][1] += c;
}
console.log(Object.entries(cost).sort((a, b) => b[1][1] - a[1][1]).slice(0, 45).map(([k, v]) => `${v[1]}\t${v[0]}\t${k}`).join("\n"));
// cluster generated code by basic block
const ops: string[] = []; { const c = code; for (let pc = 0; pc < c.length / 2; ) { const op = parseInt(c.slice(pc * 2, pc * 2 + 2), 16); ops[pc] = op.toString(16); pc += op >= 0x60 && op <= 0x7f ? op - 0x5e : 1; } }
const blocks: Record<string, { gas: number; n: number; seq: string[] }> = {};
let cur = "";
for (let i = 0; i < logs.length; i++) {
  const g = logs[i]; if (g.depth !== 2) continue;
  if (g.op === "JUMPDEST" || cur === "") { cur = String(g.pc); }
  const m = map[pcToI[g.pc]!]; const isGen = m && byId[m[2]]?.endsWith("Risk.sol") && m[1] > 5000;
  if (!isGen) continue;
  let c = g.gasCost; if (g.op === "SLOAD" || (logs[i + 1] && logs[i + 1].depth > g.depth)) c = 0;
  blocks[cur] ??= { gas: 0, n: 0, seq: [] };
  blocks[cur].gas += c; if (g.op === "JUMPDEST") blocks[cur].n++; if (blocks[cur].seq.length < 40) blocks[cur].seq.push(g.op);
}
console.log("\nBLOCKS");
console.log(Object.entries(blocks).sort((a, b) => b[1].gas - a[1].gas).slice(0, 25).map(([k, v]) => `${v.gas}\tx${v.n}\t@${k}\t${v.seq.join(" ").slice(0, 230)}`).join("\n"));
console.log("\nTIMELINE");
let prev = ""; let start = logs[0].gas;
for (let i = 0; i < logs.length; i++) { const g = logs[i]; if (g.depth !== 2) continue; const m = map[pcToI[g.pc]!]; if (!m || !byId[m[2]]) continue; const k = fnOf(byId[m[2]]!, m[0]); if (/WadMath|Ids|:\?|Fixed|Params|State/.test(k)) continue; if (k !== prev) { console.log(start - g.gas, k); prev = k; } }
